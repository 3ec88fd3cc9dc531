import { styled } from '@mui/material/styles'
import { memo, useRef, type ReactNode } from 'react'
import { FailureFence } from '../../app/FailureFence.tsx'
import { useLeft } from '../../app/stores.ts'
import { useKeys } from '../../app/use-keys.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Key, shortcut } from '../key/Key.tsx'
import type { FoundRow } from '../list-table/ListTable.tsx'
import { ComplaintList } from './ComplaintList.tsx'
import { Contacts } from './Contacts.tsx'
import { Finance } from './Finance.tsx'
import { Orders } from './Orders.tsx'
import { Preferences } from './Preferences.tsx'
import { Quotes } from './Quotes.tsx'
import { foundLeft, viewLeft, type FoundNumber, type RecordView } from './record-view.ts'
import { Stays } from './Stays.tsx'
import { Timeline } from './Timeline.tsx'
import { ViewTabs } from './ViewTabs.tsx'

const Frame = styled('section')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gridTemplateRows: 'auto minmax(0, 1fr)',
  minHeight: 0,
  backgroundColor: theme.vars.palette.background.paper,
  '& .bar': {
    display: 'flex',
    alignItems: 'center',
    gap: 4,
    minWidth: 0,
    '& kbd': { flexShrink: 0 },
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
    paddingRight: 12,
  },
  '& .view': { overflowY: 'auto', minHeight: 0, minWidth: 0, containerType: 'inline-size' },
  // The keys are shown where there is room for them beside all views.
  containerType: 'inline-size',
  '@container (max-width: 760px)': { '& .bar > kbd': { display: 'none' }, '& .bar [role=tab]': { padding: '0 6px' } },
}))

/** For a hotel's guest, stays and preferences come first. */
const hotelViews: readonly RecordView[] = [
  'stays',
  'preferences',
  'timeline',
  'orders',
  'finance',
  'quotes',
  'complaints',
]
const tradeViews: readonly RecordView[] = ['timeline', 'orders', 'finance', 'quotes', 'complaints', 'preferences']

/** An organisation also has its people's view; stays are shown where there are any. */
function viewsOf({ customer, stays }: CustomerRecord): readonly RecordView[] {
  if (customer.profile === 'hotel') return hotelViews
  const [first = 'timeline', ...rest] = tradeViews
  return [
    first,
    ...(customer.kind === 'organisation' ? ['contacts' as const] : []),
    ...rest,
    ...(stays.length > 0 ? ['stays' as const] : []),
  ]
}

/** The views of the record; each keeps its state while another one is open. */
export const RecordViews = memo(function RecordViews({ record, now }: { record: CustomerRecord; now: number }) {
  const { say } = useWords()
  const hotel = record.customer.profile === 'hotel'
  const views = viewsOf(record)
  const [view, showView] = useLeft<RecordView>(viewLeft(record.customer.id), hotel ? 'stays' : 'timeline')
  const [found, setFound] = useLeft<FoundNumber | null>(foundLeft(record.customer.id), null)
  const setView = (next: RecordView): void => {
    showView(next)
    setFound(null)
  }
  const foundRow: FoundRow | null = found && { ...found, onReached: () => setFound({ ...found, reached: true }) }
  const step = (by: number): void =>
    setView(views[(views.indexOf(view) + by + views.length) % views.length] ?? 'timeline')
  const panel = useRef<HTMLDivElement>(null)
  useKeys({ previousView: () => step(-1), nextView: () => step(1), intoView: () => panel.current?.focus() })
  const counts: Partial<Record<RecordView, number>> = {
    contacts: record.contacts.length,
    orders: record.orders.length,
    quotes: record.quotes.length,
    complaints: record.complaints.length,
    preferences: record.preferences.length,
    stays: record.stays.length,
  }
  return (
    <Frame>
      <div className="bar">
        <ViewTabs
          views={views}
          view={view}
          onView={setView}
          label={say('record/viewsLabel')}
          panelId="record-view"
          nameOf={(name) => `${say(`record/views/${name}`)}${counts[name] ? ` ${counts[name]}` : ''}`}
        />
        <Key of="previousView" />
        <Key of="nextView" />
        <Key of="intoView" />
      </div>
      {/* The list can take the focus, so that it scrolls by keyboard. */}
      <div
        ref={panel}
        className="view"
        role="tabpanel"
        aria-keyshortcuts={shortcut('intoView')}
        id="record-view"
        aria-labelledby={`view-${view}`}
        tabIndex={0}
      >
        <FailureFence key={view} part={`record/${view}`} name={say(`record/views/${view}`)} of={record}>
          <View view={view} record={record} now={now} found={foundRow} />
        </FailureFence>
      </div>
    </Frame>
  )
})

/** A component of its own, so that the view's fence catches an error in it. */
function View({
  view,
  record,
  now,
  found,
}: {
  view: RecordView
  record: CustomerRecord
  now: number
  found: FoundRow | null
}): ReactNode {
  switch (view) {
    case 'timeline':
      return <Timeline record={record} now={now} />
    case 'contacts':
      return <Contacts record={record} now={now} />
    case 'orders':
      return <Orders record={record} now={now} found={found} />
    case 'finance':
      return <Finance record={record} now={now} found={found} />
    case 'quotes':
      return <Quotes record={record} now={now} found={found} />
    case 'complaints':
      return <ComplaintList record={record} now={now} found={found} />
    case 'preferences':
      return <Preferences record={record} now={now} />
    case 'stays':
      return <Stays record={record} />
  }
}
