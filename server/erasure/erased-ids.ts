import type { Queryable } from '../db/connect.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Every id anywhere in a value: the ids that a command names, whether or not its arguments are valid. */
export function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return UUID.test(value) ? [value.toLowerCase()] : []
  if (value === null || typeof value !== 'object') return []
  return [...new Set(Object.values(value).flatMap(idsIn))]
}

/** Whether one of these ids belongs to an erased customer or to a row that was erased with one. */
export async function erasedAmong(db: Queryable, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false
  const { rows } = await db.query({
    name: 'erased.among',
    text: 'select 1 from erased_row where row_id = any($1::uuid[]) limit 1',
    values: [ids],
  })
  return rows.length > 0
}

/** Keeps customers from being erased until the transaction ends. Waits for an erasure that is under way. */
export async function holdCustomers(db: Queryable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db.query({
    name: 'erased.hold',
    text: 'select 1 from customer where id = any($1::uuid[]) order by id for key share',
    values: [ids],
  })
}
