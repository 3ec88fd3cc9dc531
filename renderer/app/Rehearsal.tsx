import { Activity, useEffect, useState } from 'react'
import { useWatch } from '../bridge/use-watch.ts'
import { ContactPanel } from '../parts/contact/ContactPanel.tsx'
import { RecordPane } from '../screens/calls/RecordPane.tsx'
import { WorkFrame } from '../screens/calls/WorkFrame.tsx'

/** Wait until the window's own start is over. */
const BEGIN_AFTER_MS = 1200
const NEXT_AFTER_MS = 200
/**
 * A JavaScript engine optimises code only after it has run several times, in the window and in the core: one record is
 * not enough.
 */
const RECORDS = 6
/** Give up where no customer has an open complaint, or the customers are not loaded yet. */
const GIVE_UP_AFTER_MS = 10_000

/**
 * Reads a few records and renders them hidden before the first call of the day, so that the files are read, the code is
 * compiled and the styles exist when the telephone rings. It takes customers with an open complaint, because their
 * records hold much. After the first call there is nothing left to rehearse.
 */
export function Rehearsal({ called }: { called: boolean }) {
  const [act, setAct] = useState<'not yet' | 'now' | 'over'>('not yet')
  const [turn, setTurn] = useState(0)
  const { value: complaints } = useWatch('complaints.open', act === 'now' ? {} : null)
  const customerId = [...new Set(complaints?.map(({ complaint }) => complaint.customerId))][turn]
  const { value: record } = useWatch(
    'customer.record',
    act === 'now' && customerId !== undefined ? { customerId } : null,
  )
  const read = record?.customer.id
  if (act === 'now' && turn === RECORDS) setAct('over')
  if (called && act !== 'over') setAct('over')
  useEffect(() => {
    const begin = setTimeout(() => setAct((was) => (was === 'over' ? was : 'now')), BEGIN_AFTER_MS)
    const giveUp = setTimeout(() => setAct('over'), GIVE_UP_AFTER_MS)
    return () => {
      clearTimeout(begin)
      clearTimeout(giveUp)
    }
  }, [])
  useEffect(() => {
    if (read === undefined) return
    const timer = setTimeout(() => setTurn((before) => before + 1), NEXT_AFTER_MS)
    return () => clearTimeout(timer)
  }, [read])
  if (act !== 'now' || !record) return null
  // While it is hidden its effects do not run: no key is bound, no draft is begun, nothing is asked.
  return (
    <Activity key={record.customer.id} mode="hidden">
      <WorkFrame>
        <RecordPane record={record} draftKey="rehearsal" />
        <ContactPanel draftKey="rehearsal" title="" isCall ended={false} record={record} onWrapped={() => {}} />
      </WorkFrame>
    </Activity>
  )
}
