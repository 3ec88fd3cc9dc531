import type { Pool } from '../db/connect.ts'
import { inTransaction } from '../db/transaction.ts'

/** Held by whoever gives out numbers of the log. */
export const SEQUENCER_LOCK = 7_246_745
/** Transactions this far behind the newest sequenced one are left to the full scan. */
const HOT_WINDOW = 5_000
const TRANSACTIONS_AT_ONCE = 2_000

export const FEED_CHANNEL = 'ringside_feed'

export interface Sequenced {
  /** False: another node was at it, ask again shortly. */
  readonly mine: boolean
  readonly moved: number
}

/**
 * Moves the committed pending rows into the log with gapless numbers, a transaction's rows together. Transactions are
 * put in the order of their newest pending row: whoever waited for another's row lock inserted after it, so every row's
 * versions rise in the log. The hot scan looks only near the newest: under a transaction that is held open the dead
 * entries before it cannot be removed and would have to be walked through each time. It becomes a full scan where an
 * older change of one of its rows waits before its window.
 */
export function sequencePending(pool: Pool, scan: 'hot' | 'full'): Promise<Sequenced> {
  return inTransaction(pool, async (client) => {
    const { rows: [lock] } = await client.query<{ mine: boolean }>({
      name: 'feed.lock',
      // By indexes alone: the table is empty whenever its size is noted, and who believes that walks through all of it for every row.
      text: `select pg_try_advisory_xact_lock($1) as mine, set_config('enable_seqscan', 'off', true)`,
      values: [SEQUENCER_LOCK],
    })
    if (!lock?.mine) return { mine: false, moved: 0 }
    const { rows: [tail] } = await client.query<{ seq: number; pendingId: number }>({
      name: 'feed.tail',
      text: `select greatest(l.seq, s.floor) as seq, coalesce(l.pending_id, 0) as "pendingId"
             from site s left join lateral (select seq, pending_id from feed_log order by seq desc limit 1) l on true`,
    })
    if (!tail) return { mine: true, moved: 0 }
    const { rowCount } = await client.query({
      name: 'feed.sequence',
      // "older" is found by its row: the entries before the window are the very ones that are not to be walked through. A
      // subquery for each, because a join of a table that was empty when it was counted walks through all of it for every row.
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
      values: [scan === 'hot' ? Math.max(0, tail.pendingId - HOT_WINDOW) : 0, tail.seq, TRANSACTIONS_AT_ONCE, tail.pendingId],
    })
    const moved = rowCount ?? 0
    if (moved > 0) await client.query(`select pg_notify('${FEED_CHANNEL}', '')`)
    return { mine: true, moved }
  })
}
