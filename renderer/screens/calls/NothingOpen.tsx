import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { OpenedCustomer } from '../../app/workspace.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useDigitChoice } from '../../parts/caller/use-digit-choice.ts'
import { Cap, Key } from '../../parts/key/Key.tsx'

const Frame = styled('div')(({ theme }) => ({
  padding: 32, color: theme.vars.palette.text.secondary,
  '& h1': { fontSize: 18, margin: '0 0 8px', color: theme.vars.palette.text.primary },
  '& h2': { fontSize: 12, margin: '24px 0 4px' },
  '& .stopped': {
    display: 'inline-block', margin: '0 0 12px', padding: '8px 12px', borderRadius: 4, fontSize: 15, color: theme.vars.palette.warning.main, backgroundColor: theme.vars.palette.warning.light, border: `1px solid ${theme.vars.palette.warning.main}`,
  },
  '& ol': { listStyle: 'none', margin: 0, padding: 0 },
}))

/** No tab is open: what comes next, and whom one was with just now, a digit each. */
export function NothingOpen({ recent, onOpen }: { recent: readonly OpenedCustomer[]; onOpen: (customer: OpenedCustomer) => void }) {
  const { say } = useWords()
  const agent = useWatch('agent.state', {}).value
  useDigitChoice(recent.length, (index) => {
    const customer = recent[index]
    if (customer) onOpen(customer)
  })
  return (
    <Frame>
      <h1>{say('call/empty/title')}</h1>
      {agent?.state === 'NOT_READY'
        ? <p className="stopped"><strong>{say('shell/notReadyNote')}</strong> <Key of="ready" /> {say('shell/beReady')}</p>
        : <p>{say('call/empty/text')}</p>}
      <p><Key of="search" /> {say('record/search/title')} · <Key of="callbacks" /> {say('record/callbacks/title')} · <Key of="complaints" /> {say('record/complaintsList/title')}</p>
      {recent.length > 0 && (
        <>
          <h2>{say('call/empty/recent')}</h2>
          <ol>
            {recent.map((customer, n) => (
              <li key={customer.customerId}><Button startIcon={<Cap>{n + 1}</Cap>} aria-keyshortcuts={String(n + 1)} onClick={() => onOpen(customer)}>{customer.name}</Button></li>
            ))}
          </ol>
        </>
      )}
    </Frame>
  )
}
