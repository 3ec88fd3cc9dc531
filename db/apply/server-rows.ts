import type { EntityName } from '../../protocol/entities.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { placeOf, putRow, readRow, removeRow, type RowPlace } from '../rows/store.ts'
import type { TouchLog } from './touched.ts'

interface Kept {
  readonly row: string | null
}

/** The server's last state of a row that pending commands changed here; undefined: no pending command changed it. */
const kept = (db: ReadableDb, entity: EntityName, id: string) =>
  db.get<Kept>('SELECT "row" FROM "confirmed" WHERE "entity" = ? AND "id" = ?', entity, id)

/**
 * The version of the server's row that this cache holds, below any pending change; 0: it holds none. A deleted row has
 * the version of its tombstone.
 */
export function serverVersion(db: ReadableDb, entity: EntityName, id: string): number {
  const under = kept(db, entity, id)
  return versionOf(db, entity, id, under ? under.row : undefined, under ? undefined : placeOf(db, entity, id))
}

function versionOf(
  db: ReadableDb,
  entity: EntityName,
  id: string,
  underPending: string | null | undefined,
  there: RowPlace | undefined,
): number {
  const version =
    typeof underPending === 'string' ? (JSON.parse(underPending) as { version: number }).version : (there?.version ?? 0)
  if (version > 0) return version
  return (
    db.get<{ version: number }>('SELECT "version" FROM "tombstone" WHERE "entity" = ? AND "id" = ?', entity, id)
      ?.version ?? 0
  )
}

export interface ServerRow {
  readonly entity: EntityName
  readonly id: string
  readonly version: number
  /** null: the row is gone, or this workstation may no longer have it. */
  readonly row: AnyRow | null
}

/**
 * The rows that pending commands changed, as `entity/id`. They are read once for each transaction: there are few of
 * them, and a page has thousands of rows.
 */
export const confirmedKeys = (db: ReadableDb): ReadonlySet<string> =>
  new Set(
    db
      .all<{ entity: string; id: string }>('SELECT "entity", "id" FROM "confirmed"')
      .map(({ entity, id }) => `${entity}/${id}`),
  )

/**
 * Stores a row from the server. If a pending command changed the row, the new one goes to `confirmed` and the function
 * returns true, because the pending commands have to run again over it. A row older than the one that the cache holds
 * (a late lookup, a page that came twice) changes nothing.
 */
export function putServerRow(
  db: WritableDb,
  change: ServerRow,
  confirmed: ReadonlySet<string>,
  touched: TouchLog,
): boolean {
  const { entity, id, version, row } = change
  const pending = confirmed.size > 0 && confirmed.has(`${entity}/${id}`)
  const there = pending ? undefined : placeOf(db, entity, id)
  if (version < versionOf(db, entity, id, pending ? kept(db, entity, id)?.row : undefined, there)) return false
  if (row === null) {
    db.run('INSERT OR REPLACE INTO "tombstone" ("entity", "id", "version") VALUES (?, ?, ?)', entity, id, version)
  }
  if (pending) {
    db.run(
      'UPDATE "confirmed" SET "row" = ? WHERE "entity" = ? AND "id" = ?',
      row === null ? null : JSON.stringify(row),
      entity,
      id,
    )
    return true
  }
  // The row may have moved from one customer to another: both records change.
  if (there?.customerId && there.customerId !== row?.['customerId'])
    touched.row(entity, { customerId: there.customerId })
  if (entity === 'customer' && there) touched.row(entity, readRow(db, entity, id))
  touched.row(entity, row ?? { id })
  if (row === null) removeRow(db, entity, id)
  else putRow(db, entity, row, there)
  return false
}

/** Keeps the server's state of a row before a pending command changes it. */
export function keepConfirmed(db: WritableDb, entity: EntityName, id: string): void {
  if (kept(db, entity, id)) return
  const row = readRow(db, entity, id)
  db.run(
    'INSERT INTO "confirmed" ("entity", "id", "row") VALUES (?, ?, ?)',
    entity,
    id,
    row ? JSON.stringify(row) : null,
  )
}

/** Puts every row back to the server's state. */
export function restoreConfirmed(db: WritableDb, touched: TouchLog): void {
  for (const { entity, id, row } of db.all<{ entity: EntityName; id: string; row: string | null }>(
    'SELECT * FROM "confirmed"',
  )) {
    touched.row(entity, readRow(db, entity, id))
    if (row === null) removeRow(db, entity, id)
    else {
      const confirmed = JSON.parse(row) as AnyRow
      putRow(db, entity, confirmed)
      touched.row(entity, confirmed)
    }
  }
  db.run('DELETE FROM "confirmed"')
}

/** Those of the given ids whose rows were changed here and that the server has not confirmed yet. */
export function unconfirmedOf(db: ReadableDb, ids: () => ReadonlySet<string>): string[] {
  const changed = db.all<{ id: string }>('SELECT "id" FROM "confirmed"')
  // Usually no row is unconfirmed, so the hundreds of ids of a record need not be collected.
  if (changed.length === 0) return []
  const wanted = ids()
  return changed.map((row) => row.id).filter((id) => wanted.has(id))
}
