import Button from '@mui/material/Button'
import { useState } from 'react'
import { styled } from '@mui/material/styles'
import { nameIn, type OpenedCustomer } from '../../app/workspace.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useDigitChoice } from '../../parts/caller/use-digit-choice.ts'
import { Cap, Key } from '../../parts/key/Key.tsx'
import { useNow } from '../../parts/time/use-now.ts'
import { atHand } from './at-hand.ts'

const Frame = styled('div')(({ theme }) => ({
  padding: 32,
  color: theme.vars.palette.text.secondary,
  '& h1': { fontSize: 18, margin: '0 0 8px', color: theme.vars.palette.text.primary },
  '& h2': { fontSize: 12, margin: '24px 0 4px' },
  '& .stopped': {
    display: 'inline-block',
    margin: '0 0 12px',
    padding: '8px 12px',
    borderRadius: 4,
    fontSize: 15,
    color: theme.vars.palette.warning.main,
    backgroundColor: theme.vars.palette.warning.light,
    border: `1px solid ${theme.vars.palette.warning.main}`,
  },
  '& ol': { listStyle: 'none', margin: 0, padding: 0, maxWidth: 860 },
  '& li': { display: 'grid', gridTemplateColumns: '220px minmax(0, 1fr) 120px', columnGap: 12, alignItems: 'center' },
  '& li button': { justifyContent: 'flex-start', minWidth: 0 },
  '& .about': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
}))

const DEAF_MS = 1200
const groups = ['begun', 'due', 'recent'] as const

/** Shown when no tab is open: what comes next, and the work to go on with until then, with a digit for each line. */
export function NothingOpen({
  recent,
  onOpen,
}: {
  recent: readonly OpenedCustomer[]
  onOpen: (customer: OpenedCustomer) => void
}) {
  const words = useWords()
  const { say, language } = words
  const now = useNow(30_000)
  const agent = useWatch('agent.state', {}).value
  const begun = useWatch('drafts.open', {}).value ?? []
  const tasks = useWatch('tasks.open', {}).value ?? []
  const lines = atHand({ begun, tasks, recent, now }, words)
  // Digits are ignored for a moment: one that was meant for the candidates in a tab that has just closed must not open
  // a customer.
  const [from] = useState(() => Date.now() + DEAF_MS)
  useDigitChoice(lines.length, (index) => {
    const line = Date.now() < from ? undefined : lines[index]
    if (line) onOpen(line.customer)
  })
  return (
    <Frame>
      <h1>{say('call/empty/title')}</h1>
      {agent?.state === 'NOT_READY' ? (
        <p className="stopped">
          <strong>{say('shell/notReadyNote')}</strong> <Key of="ready" /> {say('shell/beReady')}
        </p>
      ) : (
        <p>{say('call/empty/text')}</p>
      )}
      <p>
        <Key of="search" /> {say('record/search/title')} · <Key of="callbacks" /> {say('record/callbacks/title')} ·{' '}
        <Key of="complaints" /> {say('record/complaintsList/title')}
      </p>
      {groups
        .filter((group) => lines.some((line) => line.group === group))
        .map((group) => (
          <section key={group} aria-label={say(`call/empty/${group}`)}>
            <h2>{say(`call/empty/${group}`)}</h2>
            <ol>
              {lines.map(
                (line, n) =>
                  line.group === group && (
                    <li key={line.key}>
                      <Button
                        startIcon={<Cap>{n + 1}</Cap>}
                        aria-keyshortcuts={String(n + 1)}
                        onClick={() => onOpen(line.customer)}
                      >
                        {nameIn(line.customer, language)}
                      </Button>
                      <span className="about" title={line.about}>
                        {line.about}
                      </span>
                      <span>{line.when}</span>
                    </li>
                  ),
              )}
            </ol>
          </section>
        ))}
    </Frame>
  )
}
