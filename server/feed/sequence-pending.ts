import type { Pool } from '../db/connect.ts'
import { inTransaction } from '../db/transaction.ts'

/** The node that gives out numbers of the feed holds this lock. */
export const SEQUENCER_LOCK = 7_246_745
/** Transactions this far behind the newest numbered one are left to the full scan. */
const HOT_WINDOW = 5_000
const TRANSACTIONS_AT_ONCE = 2_000

export const FEED_CHANNEL = 'ringside_feed'

export interface Sequenced {
  /** False: another node was numbering. Ask again shortly. */
  readonly mine: boolean
  readonly moved: number
}

/**
 * Moves the committed pending rows into the feed with gapless numbers, the rows of a transaction together. Transactions
 * are ordered by their newest pending row. A transaction that waited for another's row lock wrote its pending rows
 * after it, so the versions of every row rise in the feed. The hot scan looks only near the newest rows: while some
 * transaction stays open, PostgreSQL cannot remove the deleted rows before them, and every scan would have to read
 * through them. It becomes a full scan where an older change of one of its rows waits before its window.
 */
export function sequencePending(pool: Pool, scan: 'hot' | 'full'): Promise<Sequenced> {
  return inTransaction(pool, async (client) => {
    const {
      rows: [lock],
    } = await client.query<{ mine: boolean }>({
      name: 'feed.lock',
      // Use indexes only. The table is empty whenever PostgreSQL notes its size, and a plan based on that would read
      // the whole table for every row.
      text: `select pg_try_advisory_xact_lock($1) as mine, set_config('enable_seqscan', 'off', true)`,
      values: [SEQUENCER_LOCK],
    })
    if (!lock?.mine) return { mine: false, moved: 0 }
    const {
      rows: [tail],
    } = await client.query<{ seq: number; pendingId: number }>({
      name: 'feed.tail',
      text: `select greatest(l.seq, s.floor) as seq, coalesce(l.pending_id, 0) as "pendingId"
             from site s left join lateral (select seq, pending_id from feed_log order by seq desc limit 1) l on true`,
    })
    if (!tail) return { mine: true, moved: 0 }
    const { rowCount } = await client.query({
      name: 'feed.sequence',
      // "older" is looked up by its row, because reading through the entries before the window is what must be avoided.
      // Each is a subquery of its own, because a join planned for an empty table would read the whole table for every
      // row.
      text: `
        with window_start as (
          select case when $1::bigint > 0 and exists (
            select 1 from feed_pending newer cross join lateral (
              select 1 from feed_pending older where older.row_id = newer.row_id and older.id + 0 <= $1 limit 1
            ) waiting where newer.id > $1
          ) then 0 else $1::bigint end as id
        ), reach as (
          select p."transaction" from feed_pending p where p.id > (select id from window_start)
          group by p."transaction" order by max(p.id) limit $3
        ), taken as (
          delete from feed_pending where "transaction" = any(array(select "transaction" from reach)) returning *
        ), placed as (
          select t.*, max(id) over (partition by "transaction") as last_id from taken t
        ), numbered as (
          select *, $2 + row_number() over (order by last_id, id) as seq from placed
        ), logged as (
          insert into feed_log (seq, pending_id, ends_transaction, entity, row_id, version, scope, left_scope, row)
          select seq, greatest(last_id, $4), id = last_id, entity, row_id, version, scope, left_scope, row from numbered
          returning seq, entity, row_id, scope
        )
        insert into feed_head (entity, row_id, seq, scope)
        select distinct on (entity, row_id) entity, row_id, seq, scope from logged order by entity, row_id, seq desc
        on conflict (entity, row_id) do update set seq = excluded.seq, scope = excluded.scope`,
      values: [
        scan === 'hot' ? Math.max(0, tail.pendingId - HOT_WINDOW) : 0,
        tail.seq,
        TRANSACTIONS_AT_ONCE,
        tail.pendingId,
      ],
    })
    const moved = rowCount ?? 0
    if (moved > 0) await client.query(`select pg_notify('${FEED_CHANNEL}', '')`)
    return { mine: true, moved }
  })
}
