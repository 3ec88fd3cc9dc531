import type { Queryable } from '../db/connect.ts'

/** How much of the feed is kept: all lines younger than `ms`, and the newest `lines` whatever their age. */
export interface FeedKept {
  readonly ms: number
  readonly lines: number
}

/**
 * A workstation that was away for up to two weeks catches up from the feed; after a longer time it takes a snapshot. A
 * call center with few changes keeps more than two weeks need: a snapshot is made anew only when it is 50,000 lines
 * behind, and the feed must reach back to every snapshot.
 */
export const FEED_KEPT: FeedKept = { ms: 14 * 24 * 60 * 60_000, lines: 200_000 }

const MARK_EVERY_MS = 60 * 60_000

/** Notes once an hour how far the feed has come. From these marks the age of its lines is known. */
async function markLog(db: Queryable, now: number): Promise<void> {
  await db.query(
    `insert into feed_mark (seq, at) select max(seq), $1 from feed_log
     having max(seq) is not null and not exists (select 1 from feed_mark where at > $1::bigint - ${MARK_EVERY_MS}) on conflict do nothing`,
    [now],
  )
}

/**
 * Raises the floor to where the feed need not be kept. The lines themselves are deleted afterwards, in steps; readers
 * look only at the floor.
 */
async function raiseFloor(db: Queryable, kept: FeedKept, now: number): Promise<void> {
  await db.query(
    `with may_go as (
       select least((select max(seq) from feed_mark where at <= $1), (select max(seq) from feed_log) - $2::bigint) as seq
       where exists (select 1 from feed_mark where at <= $1) and exists (select 1 from feed_log))
     update site set floor = greatest(floor, may_go.seq) from may_go where may_go.seq > floor`,
    [now - kept.ms, kept.lines],
  )
  await db.query('delete from feed_mark where seq < (select floor from site)')
}

/**
 * One step of the clean-up: deletes at most `limit` lines and `limit` heads below the floor. Gives the larger number of
 * the two.
 */
export async function pruneFeed(db: Queryable, kept: FeedKept, now: number, limit: number): Promise<number> {
  await markLog(db, now)
  await raiseFloor(db, kept, now)
  const take = async (table: string) => {
    const { rowCount } = await db.query(
      `delete from ${table} where ctid = any(array(select ctid from ${table} where seq <= (select floor from site) order by seq limit $1))`,
      [limit],
    )
    return rowCount ?? 0
  }
  return Math.max(await take('feed_log'), await take('feed_head'))
}
