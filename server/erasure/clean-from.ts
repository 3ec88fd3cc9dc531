import type { Queryable } from '../db/connect.ts'

/** The number of the log from which on a snapshot holds nobody who was erased. */
export async function cleanFrom(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ seq: number | null }>({ name: 'erasures.clean', text: 'select max(seq) as seq from erasure' })
  return rows[0]?.seq ?? 0
}
