import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import type { ApprovalItem } from '../../../protocol/workstation.ts'
import type { OpenCustomer } from '../../app/open-customer.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { NamedDialog } from '../dialog/NamedDialog.tsx'
import { State } from '../list-table/State.tsx'
import { useRun } from '../notice/use-act.ts'
import { bothNames } from '../record/customer-name.ts'
import { useNow } from '../time/use-now.ts'
import { askedWords } from './approval-words.ts'
import { isolated } from '../../i18n/isolated.ts'

const Items = styled('ol')(({ theme }) => ({
  listStyle: 'none',
  margin: '8px 0',
  padding: 0,
  overflowY: 'auto',
  '& li': { display: 'grid', gap: 2, padding: '8px 0', borderTop: `1px solid ${theme.vars.palette.divider}` },
  '& .quiet': { color: theme.vars.palette.text.secondary, fontSize: 12 },
}))

/**
 * Tells the agent who asked for a price, in their strip, that it was approved or refused. It stays until they confirm
 * that they have seen it.
 */
export function DecisionNotice({ onOpen }: { onOpen: OpenCustomer }) {
  const words = useWords()
  const { say } = words
  const items = useWatch('approvals.decided', {}).value ?? []
  const [open, setOpen] = useState(false)
  const [first] = items
  if (!first) return null
  const one = say(first.quote.approval === 'granted' ? 'work/approval/granted' : 'work/approval/refused', {
    what: askedWords(first, words),
  })
  const text = items.length === 1 ? one : say('work/approval/decisions', { count: items.length })
  return (
    <>
      <Button
        color={first.quote.approval === 'granted' ? 'success' : 'warning'}
        variant="outlined"
        aria-haspopup="dialog"
        title={text}
        onClick={() => setOpen(true)}
        sx={{
          maxWidth: 260,
          flexShrink: 1,
          minWidth: 90,
          '& > span': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
        }}
      >
        {/* A screen reader reads it out when it arrives, and only once. */}
        <span role="status">{text}</span>
      </Button>
      {open && (
        <NamedDialog label={say('work/approval/decisionsTitle')} width={560} onClose={() => setOpen(false)}>
          <h2 style={{ margin: 0, fontSize: 15 }}>{say('work/approval/decisionsTitle')}</h2>
          <Items>
            {items.map((item) => (
              <DecisionLine
                key={item.quote.id}
                item={item}
                onOpen={(customer, view) => {
                  setOpen(false)
                  onOpen(customer, view)
                }}
              />
            ))}
          </Items>
          <Button variant="outlined" sx={{ justifySelf: 'end' }} onClick={() => setOpen(false)}>
            {say('shell/close')}
          </Button>
        </NamedDialog>
      )}
    </>
  )
}

function DecisionLine({ item, onOpen }: { item: ApprovalItem; onOpen: OpenCustomer }) {
  const words = useWords()
  const { say, formats, language } = words
  const run = useRun()
  const now = useNow(60_000)
  const { quote, customer, decider } = item
  const granted = quote.approval === 'granted'
  const seen = (): void =>
    void run('quote.seen', { quoteId: quote.id, customerId: quote.customerId }, say('work/approval/seen'))
  return (
    <li>
      <span>
        <State meaning={granted ? 'success' : 'warning'}>{say(`record/approval/${quote.approval}`)}</State>{' '}
        <strong>{askedWords(item, words)}</strong> · {bothNames(customer, language)}
      </span>
      <span>{quote.decisionReason}</span>
      <span className="quiet">
        {isolated((language === 'zh' ? decider?.nativeName : null) ?? decider?.displayName ?? '')}
        {quote.decidedAt === null ? '' : ` · ${formats.relative(quote.decidedAt, now)}`}
      </span>
      <span>
        <Button
          autoFocus
          onClick={() => {
            seen()
            onOpen(customer, 'quotes')
          }}
        >
          {say('work/approval/openQuote')}
        </Button>
        <Button color="inherit" onClick={seen}>
          {say('work/approval/gotIt')}
        </Button>
      </span>
    </li>
  )
}
