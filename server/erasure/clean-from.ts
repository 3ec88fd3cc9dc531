import type { Queryable } from '../db/connect.ts'

/** A snapshot holds no erased customer if its number in the feed is at least this one. */
export async function cleanFrom(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ seq: number | null }>({
    name: 'erasures.clean',
    text: 'select max(seq) as seq from erasure',
  })
  return rows[0]?.seq ?? 0
}
