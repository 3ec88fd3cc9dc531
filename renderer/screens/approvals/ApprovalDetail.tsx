import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { v7 as uuidv7 } from 'uuid'
import type { ApprovalItem } from '../../../protocol/workstation.ts'
import type { OpenCustomer } from '../../app/open-customer.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { AskedPrice } from '../../parts/approval/AskedPrice.tsx'
import { BuyerWorth } from '../../parts/approval/BuyerWorth.tsx'
import { SentenceForm } from '../../parts/approval/SentenceForm.tsx'
import { Cap } from '../../parts/key/Key.tsx'
import { State } from '../../parts/list-table/State.tsx'
import { useRun } from '../../parts/notice/use-act.ts'
import { bothNames } from '../../parts/record/customer-name.ts'
import { isolated } from '../../i18n/isolated.ts'

export type Decision = 'approve' | 'refuse'

const Frame = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateRows: 'minmax(0, 1fr) auto',
  minHeight: 0,
  '& .body': { overflowY: 'auto', display: 'grid', gap: 12, alignContent: 'start', padding: '0 16px 16px' },
  '& h2': { margin: 0, fontSize: 16 },
  '& .quiet': { color: theme.vars.palette.text.secondary },
  '& .foot': {
    padding: '8px 16px',
    borderTop: `1px solid ${theme.vars.palette.divider}`,
    backgroundColor: theme.vars.palette.background.paper,
  },
  '& .actions': { display: 'flex', gap: 8, alignItems: 'center' },
}))

/** Everything that is needed to decide one price, and the two buttons. */
export function ApprovalDetail({
  item,
  now,
  deciding,
  onDeciding,
  onDecided,
  onOpen,
}: {
  item: ApprovalItem
  now: number
  deciding: Decision | null
  onDeciding: (decision: Decision | null) => void
  onDecided: () => void
  onOpen: OpenCustomer
}) {
  const { say, formats, language } = useWords()
  const run = useRun()
  const online = useWatch('sync.state', {}).value?.link === 'online'
  const { quote, customer, asker } = item
  const asked = quote.askedAt ?? quote.issuedAt
  const lapsed = quote.validUntil < now
  const decide = async (decision: Decision, reason: string): Promise<boolean> => {
    const done = await run(
      'quote.decide',
      { quoteId: quote.id, customerId: quote.customerId, decision, reason, followUpTaskId: uuidv7() },
      say(`work/approval/done/${decision}`),
    )
    if (done) onDecided()
    return done
  }
  return (
    <Frame>
      <div className="body">
        <div>
          <h2>
            {bothNames(customer, language)}
            {customer.organisationName === null ? '' : ` · ${isolated(customer.organisationName)}`}
          </h2>
          <Button sx={{ px: 0 }} onClick={() => onOpen(customer, 'quotes')}>
            {say('work/approval/openRecord')}
          </Button>
        </div>
        <BuyerWorth customerId={customer.customerId} now={now} />
        <div className="quiet">
          <span title={formats.exact(asked)}>
            {say('work/approval/askedByAt', {
              name: isolated((language === 'zh' ? asker?.nativeName : null) ?? asker?.displayName ?? ''),
              time: formats.relative(asked, now),
            })}
          </span>
          {' · '}
          {say('record/validUntil', { time: formats.relative(quote.validUntil, now) })}
          {quote.supersedes !== null && <> · {say('work/approval/oldStands')}</>}
        </div>
        {lapsed && <State meaning="warning">{say('errors/APPROVAL_LAPSED')}</State>}
        {quote.lines.map((line) => (
          <AskedPrice
            key={line.productId}
            quote={quote}
            line={line}
            products={item.products}
            customerId={quote.customerId}
            now={now}
          />
        ))}
      </div>
      <div className="foot">
        {deciding === null ? (
          <div className="actions">
            <Button
              variant="contained"
              disabled={!online || lapsed}
              aria-keyshortcuts="A"
              onClick={() => onDeciding('approve')}
              endIcon={<Cap>A</Cap>}
            >
              {say('work/approval/approve')}
            </Button>
            <Button
              variant="outlined"
              disabled={!online}
              aria-keyshortcuts="R"
              onClick={() => onDeciding('refuse')}
              endIcon={<Cap>R</Cap>}
            >
              {say('work/approval/refuse')}
            </Button>
            {!online && <span className="quiet">{say('work/approval/needsServer')}</span>}
          </div>
        ) : (
          <SentenceForm
            key={deciding}
            about={quote.id}
            title={say(`work/approval/${deciding}`)}
            label={say(`work/approval/sentence/${deciding}`)}
            submit={say(`work/approval/${deciding}`)}
            disabled={!online || (deciding === 'approve' && lapsed)}
            onSubmit={(sentence) => decide(deciding, sentence)}
            onClose={() => onDeciding(null)}
          />
        )}
      </div>
    </Frame>
  )
}
