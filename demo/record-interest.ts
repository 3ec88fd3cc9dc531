import type { RowSet } from './build/build-context.ts'

/**
 * How much there is to see in a customer's record. Many rows of one kind count no more than a few: a customer who calls
 * ten times a day does not have the best record to show.
 */
export function recordInterest(rows: RowSet): Map<string, number> {
  const interest = new Map<string, number>()
  const add = (customerId: string | null, points: number) =>
    customerId && interest.set(customerId, (interest.get(customerId) ?? 0) + points)
  const addUpTo = (most: number, points: number, ids: readonly (string | null)[]) => {
    for (const [id, same] of Map.groupBy(ids, (id) => id)) add(id, Math.min(most, same.length) * points)
  }
  for (const c of rows.complaint ?? []) if (c.closedAt === null) add(c.customerId, 5)
  addUpTo(
    2,
    4,
    (rows.order ?? [])
      .filter((o) => o.status === 'shipped' || o.status === 'confirmed' || o.status === 'new')
      .map((o) => o.customerId),
  )
  addUpTo(
    20,
    0.15,
    (rows.order ?? []).map((o) => o.customerId),
  )
  addUpTo(
    2,
    3,
    (rows.invoice ?? []).filter((i) => i.status === 'open').map((i) => i.customerId),
  )
  addUpTo(
    2,
    3,
    (rows.quote ?? []).filter((q) => q.status === 'issued').map((q) => q.customerId),
  )
  addUpTo(
    6,
    0.3,
    (rows.interaction ?? []).map((i) => i.customerId),
  )
  addUpTo(
    3,
    0.7,
    (rows.preference ?? []).map((p) => p.customerId),
  )
  for (const s of rows.stay ?? [])
    add(s.customerId, s.status === 'booked' || s.status === 'inHouse' ? 4 : s.status === 'departed' ? 1 : 0)
  return interest
}
