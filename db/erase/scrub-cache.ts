import type { EntityName } from '../../protocol/entities.ts'
import { createTouchLog, type Touched } from '../apply/touched.ts'
import type { WritableDb } from '../handles.ts'
import { readRow, removeRow } from '../rows/store.ts'
import { allTables } from '../schema/tables.ts'

/**
 * Removes everything about these customers from the cache: their rows, the index entries that find them, the kept
 * server rows and the open prices. Tombstones hold only ids and stay.
 */
export function scrubCache(db: WritableDb, erased: readonly { readonly customerId: string }[]): Touched {
  const touched = createTouchLog(db)
  const remove = (entity: EntityName, id: string) => {
    touched.row(entity, readRow(db, entity, id))
    removeRow(db, entity, id)
  }
  db.transaction(() => {
    for (const { customerId } of erased) {
      for (const { entity, name, hasCustomer } of allTables) {
        if (!hasCustomer) continue
        for (const { id } of db.all<{ id: string }>(`SELECT "id" FROM ${name} WHERE "customerId" = ?`, customerId))
          remove(entity, id)
      }
      remove('customer', customerId)
      touched.row('customer', { id: customerId })
      for (const table of ['openPrice', 'heldHistory'])
        db.run(`DELETE FROM "${table}" WHERE "customerId" = ?`, customerId)
      db.run(
        `DELETE FROM "confirmed" WHERE "id" = ? OR json_extract("row", '$.customerId') = ?`,
        customerId,
        customerId,
      )
    }
  })
  return touched.result()
}
