import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { memo, type ReactNode } from 'react'
import { FailureFence } from '../../app/FailureFence.tsx'
import { useKeys } from '../../app/use-keys.ts'
import { useLeft } from '../../app/stores.ts'
import type { CustomerRecord, OpenMatter } from '../../../protocol/record.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { Key, shortcut } from '../key/Key.tsx'
import { Quiet } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { dueWords } from '../time/due-words.ts'
import { personName } from './people.ts'
import { quoteStanding } from './quote-words.ts'
import { times } from './timeline-words.ts'
import { productName } from './product-name.ts'
import { Whose } from './Whose.tsx'

/** So many are shown at once; a key shows the rest. */
const SHOWN = 5

const List = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  minHeight: 0,
  overflowY: 'auto',
  overflowX: 'hidden',
  containerType: 'inline-size',
  '& li': {
    display: 'grid',
    gridTemplateColumns: 'minmax(72px, 116px) minmax(0, 1fr) auto',
    columnGap: 8,
    padding: '1px 12px',
    lineHeight: '22px',
    borderLeft: '3px solid transparent',
  },
  '& li.breach': { borderLeftColor: theme.vars.palette.error.main },
  '& li.soon': { borderLeftColor: theme.vars.palette.warning.main },
  '& .what': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& .kind': { color: theme.vars.palette.text.secondary },
  // In a narrow column a matter has two lines: what it is and until when, then its text.
  '@container (max-width: 480px)': {
    '& li': { gridTemplateColumns: 'minmax(0, 1fr) auto', lineHeight: '18px' },
    '& li > :nth-of-type(2)': { gridArea: '2 / 1 / 2 / 3' },
  },
}))

/** Says what one matter is, and until when, in the order in which a caller asks for it. */
function describe(
  matter: OpenMatter,
  record: CustomerRecord,
  now: number,
  words: Words,
): { what: ReactNode; when: string } {
  const { say, formats, language } = words
  const due =
    matter.dueAt === null
      ? ''
      : matter.dueAt < now
        ? dueWords(matter.dueAt, now, words)
        : say('record/due', { time: formats.promised(matter.dueAt, now) })
  switch (matter.kind) {
    case 'complaint': {
      const { row } = matter
      return {
        what: `${row.number ?? ''} ${row.subject} · ${say(`record/department/${row.department}`)} · ${say(`record/step/${row.step}`)}`,
        when: due,
      }
    }
    case 'order': {
      const { row, shipment } = matter
      const way = shipment
        ? `${say(`record/shipmentStatus/${shipment.status}`)} · ${shipment.carrier} ${shipment.trackingNumber}`
        : row.lines
            .map((l) => productName(l, record.products, language))
            .slice(0, 2)
            .join(', ')
      const expected = shipment?.expectedOn ?? row.expectedOn
      return {
        what: `${row.number} ${say(`record/orderStatus/${row.status}`)} · ${way}`,
        when: expected === null ? '' : say('record/expected', { time: formats.dayFromNow(expected, now) }),
      }
    }
    case 'invoice':
      return {
        what: (
          <>
            {matter.row.number} ·{' '}
            <strong>{formats.money(matter.row.totalMinor - matter.row.paidMinor, matter.row.currency)}</strong>
          </>
        ),
        when:
          matter.daysOverdue > 0
            ? say('record/daysOverdue', { count: matter.daysOverdue })
            : say('record/due', { time: formats.dayFromNow(matter.row.dueOn, now) }),
      }
    case 'quote': {
      const line = matter.row.lines[0]
      return {
        what: (
          <>
            {matter.row.number ?? ''} {line ? times(line.quantity) : ''}
            {line && `${line.sku} ${productName(line, record.products, language)}`}{' '}
            <strong>{line ? formats.money(line.unitPriceMinor, matter.row.currency) : ''}</strong> ·{' '}
            {say('record/by', { name: personName(record.people, matter.row.issuedBy, language) })} ·{' '}
            {quoteStanding(matter.row, words).word}
            {matter.row.approval === 'granted' ? ` · ${say('record/approval/granted')}` : ''}
          </>
        ),
        when:
          matter.row.approval === 'needed'
            ? ''
            : say('record/validUntil', { time: formats.relative(matter.row.validUntil, now) }),
      }
    }
    case 'task':
      return {
        what: `${matter.row.title} · ${personName(record.people, matter.row.ownerUserId, language) || say('record/free')}`,
        when: due,
      }
    case 'stay':
      return {
        what: `${matter.row.number} ${matter.row.roomTypeAssigned ?? matter.row.roomTypeReserved}${matter.row.room === null ? '' : ` · ${matter.row.room}`}${matter.row.specialRequests.length === 0 ? '' : ` · ${matter.row.specialRequests.join(', ')}`}`,
        when: say('record/arrives', { time: formats.dayFromNow(matter.row.arriveOn, now) }),
      }
    default:
      return unhandled(matter)
  }
}

function unhandled(matter: never): never {
  throw new Error(`unhandled matter ${String((matter as { kind?: unknown }).kind)}`)
}

/** One open matter, in its line. */
function Matter({ matter, record, now }: { matter: OpenMatter; record: CustomerRecord; now: number }) {
  const words = useWords()
  const { say, formats } = words
  const { what, when } = describe(matter, record, now, words)
  const kind = matter.kind === 'task' ? say(`record/taskKind/${matter.row.kind}`) : say(`record/kind/${matter.kind}`)
  return (
    <>
      <span className="kind what" title={kind}>
        {kind}
      </span>
      <span className="what" title={typeof what === 'string' ? what : undefined}>
        <Whose record={record} customerId={matter.row.customerId} />
        {what}
      </span>
      <span title={matter.dueAt === null ? undefined : formats.exact(matter.dueAt)}>
        {matter.kind === 'quote' && matter.row.approval === 'needed' ? (
          <State meaning="warning">{when}</State>
        ) : matter.urgency === 'normal' ? (
          when
        ) : (
          <State meaning={matter.urgency === 'breach' ? 'error' : 'warning'}>{when}</State>
        )}
      </span>
    </>
  )
}

/** What is still open between us and the customer and their organisation, the most urgent first. */
export const OpenMatters = memo(function OpenMatters({ record, now }: { record: CustomerRecord; now: number }) {
  const { say } = useWords()
  const [all, setAll] = useLeft(`${record.customer.id} matters`, false)
  const hidden = record.openMatters.length - SHOWN
  useKeys(hidden > 0 ? { moreMatters: () => setAll(!all) } : {})
  if (record.openMatters.length === 0) return <Quiet>{say('record/noMatters')}</Quiet>
  return (
    <>
      {/* The list scrolls when all are shown, also by keyboard. */}
      <List aria-label={say('record/matters')} tabIndex={all ? 0 : undefined}>
        {record.openMatters.slice(0, all ? undefined : SHOWN).map((matter) => (
          <li key={matter.row.id} className={matter.urgency}>
            <FailureFence part="record/matter" name={say('shell/failed/matter')} of={matter}>
              <Matter matter={matter} record={record} now={now} />
            </FailureFence>
          </li>
        ))}
      </List>
      {hidden > 0 && (
        <Button
          aria-expanded={all}
          aria-keyshortcuts={shortcut('moreMatters')}
          onClick={() => setAll(!all)}
          sx={{ alignSelf: 'start', flexShrink: 0, ml: 3.75, py: 0 }}
          endIcon={<Key of="moreMatters" />}
        >
          {all ? say('record/fewerMatters') : say('record/moreMatters', { count: hidden })}
        </Button>
      )}
    </>
  )
})
