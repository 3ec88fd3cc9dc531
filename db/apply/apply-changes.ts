import { z } from 'zod'
import { entities } from '../../protocol/entities.ts'
import type { Change } from '../../protocol/wire.ts'
import type { WritableDb } from '../handles.ts'
import { writeMeta } from '../schema/meta.ts'
import { rebase, type PendingCommand } from './optimistic.ts'
import { confirmedKeys, putServerRow, type ServerRow } from './server-rows.ts'
import { createTouchLog, type Touched } from './touched.ts'

/** A change from the server whose row is not one of the contract. The cursor must not pass it. */
export class UnfitRowError extends Error {}

/** Changes held against the form in which their entity is read; names and paths only in the error, because a value may be a customer's. */
export function checkedRows(changes: readonly Omit<Change, 'seq'>[]): ServerRow[] {
  return changes.map(({ entity, id, version, row }) => {
    if (row === null) return { entity, id, version, row: null }
    const parsed = z.safeParse(entities[entity].stored, row)
    if (!parsed.success) throw new UnfitRowError(`A ${entity} from the server does not fit at ${parsed.error.issues[0]?.path.join('.') ?? '?'}.`)
    return { entity, id, version, row: parsed.data }
  })
}

/**
 * Takes a stretch of the log: rows and cursor in one transaction. Where a pending command stands on one of the rows,
 * the pending commands run again.
 */
export function applyChanges(db: WritableDb, rows: readonly ServerRow[], cursor: number | null, pending: readonly PendingCommand[]): Touched {
  const touched = createTouchLog(db)
  db.transaction(() => {
    const confirmed = confirmedKeys(db)
    let underPending = false
    for (const row of rows) underPending = putServerRow(db, row, confirmed, touched) || underPending
    if (underPending) rebase(db, pending, touched)
    if (cursor !== null) writeMeta(db, 'cursor', String(cursor))
  })
  return touched.result()
}
