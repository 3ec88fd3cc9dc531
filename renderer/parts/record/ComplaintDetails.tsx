import { styled } from '@mui/material/styles'
import type { Complaint } from '../../../protocol/entities.ts'
import type { StepTaken } from '../../../protocol/entities/complaint.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'
import { personName } from './people.ts'

const Frame = styled('dl')(({ theme }) => ({
  margin: 0,
  display: 'grid',
  gridTemplateColumns: 'max-content minmax(0, 1fr)',
  gap: '2px 12px',
  fontSize: 13,
  lineHeight: '18px',
  maxHeight: 220,
  overflowY: 'auto',
  '& dt': { color: theme.vars.palette.text.secondary, fontSize: 12 },
  '& dd': { margin: 0, whiteSpace: 'pre-line', overflowWrap: 'anywhere' },
  '& .quiet': { color: theme.vars.palette.text.secondary },
  '& .undone': { textDecoration: 'line-through' },
}))

/**
 * The details of a complaint: what the customer said, which order it is about, and what was found and told at each step
 * so far.
 */
export function ComplaintDetails({
  complaint,
  record,
  now,
}: {
  complaint: Complaint
  record: CustomerRecord
  now: number
}) {
  const { say, formats, language } = useWords()
  const order = record.orders.find((one) => one.order.id === complaint.orderId)?.order
  const name = (userId: string | null): string => personName(record.people, userId, language)
  const when = (step: StepTaken): string => [name(step.by), formats.moment(step.at, now)].filter(Boolean).join(' · ')
  return (
    <Frame aria-label={say('work/complaint/details', { number: complaint.number ?? complaint.subject })} tabIndex={0}>
      <dt>{say('work/complaint/words')}</dt>
      <dd>{complaint.description.trim() || say('work/complaint/noWords')}</dd>
      {complaint.orderId !== null && (
        <>
          <dt>{say('work/complaint/order')}</dt>
          <dd>
            {order
              ? `${order.number} · ${say(`record/orderStatus/${order.status}`)} · ${formats.money(order.totalMinor, order.currency)} · ${order.lines
                  .map((line) => line.name)
                  .slice(0, 3)
                  .join(', ')}`
              : say('work/complaint/orderElsewhere')}
          </dd>
        </>
      )}
      {complaint.steps.map((step, n) => (
        <StepLine
          key={n}
          head={say(`record/step/${step.to}`)}
          who={when(step)}
          comment={step.comment}
          undone={
            step.takenBackAt === null
              ? null
              : say('work/complaint/undoneBy', {
                  name: name(step.takenBackBy),
                  time: formats.moment(step.takenBackAt, now),
                })
          }
        />
      ))}
    </Frame>
  )
}

function StepLine({
  head,
  who,
  comment,
  undone,
}: {
  head: string
  who: string
  comment: string
  undone: string | null
}) {
  return (
    <>
      <dt className={undone === null ? undefined : 'undone'}>{head}</dt>
      <dd>
        <span className="quiet">
          {who}
          {undone === null ? '' : ` · ${undone}`}
        </span>
        {comment !== '' && <div>{comment}</div>}
      </dd>
    </>
  )
}
