import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useDeferredValue, useState } from 'react'
import { calendarDate } from '../../../domain/zoned-time.ts'
import { useBridge } from '../../bridge/bridge-context.ts'
import { useLeft } from '../../app/stores.ts'
import type { Result } from '../../../protocol/errors.ts'
import type { CustomerRecord, TimelineEntry, TimelinePage } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Quiet } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { ContactNote } from './ContactNote.tsx'
import { entryWords } from './timeline-words.ts'
import { Whose } from './Whose.tsx'

const List = styled('div')(({ theme }) => ({
  '& h3': {
    margin: 0,
    padding: '6px 12px 2px',
    fontSize: 11,
    lineHeight: '16px',
    fontWeight: 600,
    color: theme.vars.palette.text.secondary,
  },
  '& ol': { listStyle: 'none', margin: 0, padding: 0 },
  '& li': {
    display: 'grid',
    gridTemplateColumns: '84px 72px minmax(0, 1fr) 104px minmax(104px, max-content)',
    columnGap: 8,
    padding: '2px 12px',
    lineHeight: '20px',
  },
  '& .quiet': { color: theme.vars.palette.text.secondary },
  '& .who': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& .text': { gridColumn: '3 / 6', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  '& .number': { textAlign: 'right' },
  // In a narrow record the entry's line has its own row, below the time, kind, person and amount.
  '@container (max-width: 640px)': {
    '& li': { gridTemplateColumns: '84px 72px minmax(0, 1fr) max-content' },
    '& .line': { gridArea: '2 / 1 / 2 / 5' },
    '& .who': { gridArea: '1 / 3' },
    '& .number': { gridArea: '1 / 4' },
    '& .text': { gridColumn: '1 / 5' },
  },
  '& .kind': {
    font: 'inherit',
    fontSize: 12,
    fontWeight: 600,
    lineHeight: '18px',
    color: theme.vars.palette.primary.main,
    background: 'none',
    border: '1px solid transparent',
    borderRadius: 4,
    padding: '0 8px',
    marginRight: 4,
    cursor: 'pointer',
  },
  '& .kind[aria-pressed=true]': { borderColor: theme.vars.palette.primary.main },
}))

/** The day is in the heading above; a fresh entry also says how long ago it was. */
const RECENT_MS = 12 * 3_600_000

const FIRST_PAINTED = 14

type Kind = TimelineEntry['kind']
/** The filters have the same order for every customer, so that agents learn where each one is. */
const kindsInOrder = [
  'interaction',
  'order',
  'shipment',
  'orderReturn',
  'invoice',
  'payment',
  'quote',
  'complaint',
  'stay',
  'task',
] as const satisfies readonly Kind[]

/** Everything that happened, by day, newest first. */
export function Timeline({ record, now }: { record: CustomerRecord; now: number }) {
  const words = useWords()
  const { say, formats } = words
  const bridge = useBridge()
  const [only, setOnly] = useLeft<Kind | null>(`${record.customer.id} kind`, null)
  const [earlier, setEarlier] = useState<readonly TimelinePage[]>([])
  const first = record.timeline
  const known = new Set<string>()
  const entries = [first, ...earlier]
    .flatMap((page) => page.entries)
    .filter((entry) => !known.has(entry.row.id) && known.add(entry.row.id))
  const present = new Set(entries.map((entry) => entry.kind))
  const kinds = kindsInOrder.filter((kind) => present.has(kind))
  const ofKind = only === null ? entries : entries.filter((entry) => entry.kind === only)
  // The entries that fit on the screen are painted with the pop, the rest right after.
  const shown = ofKind.slice(0, useDeferredValue(ofKind.length, FIRST_PAINTED))
  const before = (earlier.at(-1) ?? first).before

  const loadMore = (): void => {
    const stop = bridge.watch(
      'customer.timeline',
      { customerId: record.customer.id, before },
      (page: Result<TimelinePage>) => {
        if (page.ok) setEarlier((pages) => [...pages, page.value])
        queueMicrotask(() => stop())
      },
    )
  }

  const older =
    record.historyFrom === null
      ? null
      : say('record/olderAtCenter', { date: formats.date(calendarDate(record.historyFrom, formats.timeZone)) })
  if (entries.length === 0) return <Quiet>{older ?? say('record/noHistory')}</Quiet>
  const days = Map.groupBy(shown, (entry) => formats.day(entry.at, now))
  return (
    <List>
      <div role="group" aria-label={say('record/filter')} style={{ padding: '4px 8px 0' }}>
        {[null, ...kinds].map((kind) => (
          <button
            key={kind ?? 'all'}
            type="button"
            className="kind"
            aria-pressed={only === kind}
            onClick={() => setOnly(kind)}
          >
            {kind === null ? say('record/allKinds') : say(`record/kind/${kind}`)}
          </button>
        ))}
      </div>
      {shown.length === 0 && <Quiet>{say('record/noneOfKind')}</Quiet>}
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h3>{day}</h3>
          <ol>
            {ofDay.map((entry) => {
              const { line, text, who, amount } = entryWords(entry, record, words, now)
              return (
                <li key={entry.row.id}>
                  <span className="quiet">
                    <time dateTime={formats.iso(entry.at)} title={formats.exact(entry.at)}>
                      {entry.at > now - RECENT_MS ? formats.relative(entry.at, now) : formats.clock(entry.at)}
                    </time>
                  </span>
                  <span className="quiet">{say(`record/kind/${entry.kind}`)}</span>
                  <span className="line">
                    <Whose record={record} customerId={entry.row.customerId} />
                    {line}
                    {record.unconfirmed.includes(entry.row.id) && (
                      <>
                        {' '}
                        <State meaning="warning">{say('record/unconfirmed')}</State>
                      </>
                    )}
                  </span>
                  <span className="quiet who" title={who}>
                    {who}
                  </span>
                  <span className="number">{amount}</span>
                  {text !== '' && <span className="text">{text}</span>}
                  {entry.kind === 'interaction' && <ContactNote row={entry.row} people={record.people} now={now} />}
                </li>
              )
            })}
          </ol>
        </section>
      ))}
      {before !== null ? (
        <Button onClick={loadMore} sx={{ m: 2 }}>
          {say('record/loadMore')}
        </Button>
      ) : (
        <Quiet>{older ?? say('record/endOfHistory')}</Quiet>
      )}
    </List>
  )
}
