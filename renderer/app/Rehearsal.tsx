import { Activity, useEffect, useState } from 'react'
import { useWatch } from '../bridge/use-watch.ts'
import { RecordPane } from '../screens/calls/RecordPane.tsx'

/** The window's own start comes first. */
const BEGIN_AFTER_MS = 1200
const OVER_AFTER_MS = 400
/** Nobody has a complaint open, or the customers are not here yet. */
const GIVE_UP_AFTER_MS = 10_000

/**
 * Reads one record and renders it unseen before the first call of the day, so that the files are read, the code is
 * compiled and the styles are there when it rings. Whoever has a complaint open has a record with much in it.
 * Once there was a call there is nothing left to rehearse.
 */
export function Rehearsal({ called }: { called: boolean }) {
  const [act, setAct] = useState<'not yet' | 'now' | 'over'>('not yet')
  const { value: complaints } = useWatch('complaints.open', act === 'now' ? {} : null)
  const customerId = complaints?.[0]?.complaint.customerId
  const { value: record } = useWatch('customer.record', act === 'now' && customerId !== undefined ? { customerId } : null)
  const read = record !== undefined
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
    if (!read) return
    const timer = setTimeout(() => setAct('over'), OVER_AFTER_MS)
    return () => clearTimeout(timer)
  }, [read])
  return act === 'now' && record ? <Activity mode="hidden"><RecordPane record={record} /></Activity> : null
}
