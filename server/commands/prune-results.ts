import type { Queryable } from '../db/connect.ts'

const A_DAY = 24 * 60 * 60_000
/**
 * A journal keeps acknowledged commands for 14 days and may send them again. The extra days allow for clocks that
 * differ.
 */
const RESULTS_KEPT_MS = 21 * A_DAY
/** The most commands that a journal can have sent without an answer: one batch (`CommandBatch`). */
const MAYBE_UNHEARD = 200
/**
 * A device may replace its journal by a new incarnation. Long before this time it has sent again, from the new one,
 * every command whose outcome it did not know.
 */
const INCARNATIONS_KEPT_MS = 365 * A_DAY

/** Results that no person has to look at any more. */
const IS_SETTLED = "(r.kind in ('applied', 'altered') or r.dealt_with_at < $1)"

/**
 * One step of the clean-up: deletes at most `limit` results of commands that were done. A refused or parked one stays
 * until a person has dealt with it. The newest results of each journal stay however old they are: a workstation that
 * was off for months sends those commands once more, and they must not be done twice.
 */
export async function pruneResults(db: Queryable, now: number, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from command_result where ctid = any(array(
       select r.ctid from command_result r join device_incarnation i on i.device_id = r.device_id and i.incarnation = r.incarnation
       where r.received_at < $1 and ${IS_SETTLED} and r.seq < i.next_seq - ${MAYBE_UNHEARD} limit $2))`,
    [now - RESULTS_KEPT_MS, limit],
  )
  return rowCount ?? 0
}

/**
 * One step of the clean-up: deletes journals that were not used for a year, where their device has used a newer
 * incarnation since.
 */
export async function pruneIncarnations(db: Queryable, now: number, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `with gone as (
       delete from device_incarnation where ctid = any(array(
         select i.ctid from device_incarnation i where i.seen_at < $2
           and exists (select 1 from device_incarnation newer where newer.device_id = i.device_id and newer.seen_at > i.seen_at + ${RESULTS_KEPT_MS})
         limit $3))
       returning device_id, incarnation),
     results as (
       delete from command_result r using gone where r.device_id = gone.device_id and r.incarnation = gone.incarnation and ${IS_SETTLED})
     select 1 from gone`,
    [now - RESULTS_KEPT_MS, now - INCARNATIONS_KEPT_MS, limit],
  )
  return rowCount ?? 0
}
