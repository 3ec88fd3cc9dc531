import type { CustomerId } from '../../../protocol/scalars.ts'
import type { ReadableDb } from '../../handles.ts'
import { after, type Hit } from './hit.ts'

/** The numbers that a caller may read out, and the columns that hold them. */
const sources: readonly (readonly [foundBy: Hit['foundBy'], table: string, column: string, owner: string])[] = [
  ['account', 'customer', 'number', 'id'],
  ['order', 'order', 'number', 'customerId'],
  ['invoice', 'invoice', 'number', 'customerId'],
  ['quote', 'quote', 'number', 'customerId'],
  ['complaint', 'complaint', 'number', 'customerId'],
  ['tracking', 'shipment', 'trackingNumber', 'customerId'],
]

/**
 * Finds numbers of accounts, orders, invoices, quotes, complaints and parcels. `whole` are the numbers that equal what
 * was typed, `begun` those that begin with it. Such numbers are written in capitals and without spaces; a text without
 * a digit is not one.
 */
export function paperNumbers(db: ReadableDb, typed: string, limit: number): { whole: Hit[]; begun: Hit[] } {
  const start = typed.toUpperCase().replaceAll(/\s|^#/g, '')
  if (start.length < 2 || !/\d/.test(start)) return { whole: [], begun: [] }
  const hits = sources.flatMap(([foundBy, table, column, owner]) =>
    db
      .all<{ customerId: CustomerId; found: string }>(
        `SELECT "${owner}" AS "customerId", "${column}" AS "found" FROM "${table}" WHERE "${column}" >= ? AND "${column}" < ? ORDER BY "${column}" LIMIT ${limit}`,
        start,
        after(start),
      )
      .map((row): Hit => ({ ...row, foundBy })),
  )
  return { whole: hits.filter(({ found }) => found === start), begun: hits.filter(({ found }) => found !== start) }
}
