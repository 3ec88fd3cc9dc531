import { keptHistory, type Unfinished } from '../../domain/kept-history.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import { createTouchLog, type Touched } from '../apply/touched.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'
import { readRow, removeRow } from '../rows/store.ts'
import { readMeta } from '../schema/meta.ts'
import { tables } from '../schema/tables.ts'

/**
 * How many customers keep their older history in a partial cache, beside the last months. The customer whom nobody
 * looked at for the longest time is dropped first.
 */
const HELD_AT_MOST = 500

/**
 * The instant from which on this cache holds a customer's history; null: it holds all of it, because the cache is
 * complete or their older rows were fetched.
 */
export function historyFrom(db: ReadableDb, customerId: CustomerId): number | null {
  const missing = db.get<{ value: string }>(missingSql, customerId)
  return missing ? Number(missing.value) : null
}

const missingSql = `SELECT "value" FROM "meta" WHERE "key" = 'historyFrom' AND NOT EXISTS (SELECT 1 FROM "heldHistory" WHERE "customerId" = ?)`

/**
 * Notes that the older rows of these customers are all here now, and drops the history of customers beyond the limit.
 */
export function holdHistory(db: WritableDb, customerIds: readonly CustomerId[], now: number): Touched {
  const touched = createTouchLog(db)
  db.transaction(() => {
    for (const customerId of customerIds) {
      db.run('INSERT OR REPLACE INTO "heldHistory" ("customerId", "usedAt") VALUES (?, ?)', customerId, now)
      touched.row('customer', readRow(db, 'customer', customerId))
    }
    for (const { customerId } of db.all<{ customerId: CustomerId }>(tooManySql, HELD_AT_MOST)) {
      letGo(db, customerId)
      touched.row('customer', readRow(db, 'customer', customerId))
    }
  })
  return touched.result()
}

/** Notes that somebody looks at this customer. */
export const useHistory = (db: WritableDb, customerId: CustomerId, now: number): void => {
  db.run('UPDATE "heldHistory" SET "usedAt" = ? WHERE "customerId" = ?', now, customerId)
}

const tooManySql = 'SELECT "customerId" FROM "heldHistory" ORDER BY "usedAt" DESC, "customerId" LIMIT -1 OFFSET ?'

/**
 * Removes a customer's older rows again. Rows that are not finished stay, and so do rows that a pending command
 * changed.
 */
function letGo(db: WritableDb, customerId: CustomerId): void {
  const from = Number(readMeta(db, 'historyFrom') ?? 0)
  for (const { entity, time, unfinished } of keptHistory) {
    const finished = unfinished ? ` AND NOT (${conditionOf(unfinished)})` : ''
    const sql = `SELECT "id" FROM ${tables[entity].name} WHERE "customerId" = ? AND "${time}" < ?${finished} AND "id" NOT IN (SELECT "id" FROM "confirmed" WHERE "entity" = '${entity}')`
    for (const { id } of db.all<{ id: string }>(sql, customerId, from)) removeRow(db, entity, id)
  }
  db.run('DELETE FROM "heldHistory" WHERE "customerId" = ?', customerId)
}

const conditionOf = ({ field, is }: Unfinished): string =>
  is === 'empty' ? `"${field}" IS NULL` : `"${field}" IN (${is.map((value) => `'${value}'`).join(', ')})`
