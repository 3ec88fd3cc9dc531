import { z } from 'zod'
import { entities } from '../../protocol/entities.ts'
import type { Change } from '../../protocol/wire.ts'
import type { WritableDb } from '../handles.ts'
import { writeMeta } from '../schema/meta.ts'
import { rebase, type PendingCommand } from './optimistic.ts'
import { confirmedKeys, putServerRow, type ServerRow } from './server-rows.ts'
import { createTouchLog, type Touched } from './touched.ts'

/** A change from the server whose row does not fit the contract. The cursor must not pass such a change. */
export class UnfitRowError extends Error {}

/**
 * Checks changes against the form in which their entity is read. The error has only names and paths, because a value
 * may be a customer's.
 */
export function checkedRows(changes: readonly Omit<Change, 'seq'>[]): ServerRow[] {
  return changes.map(({ entity, id, version, row }) => {
    if (row === null) return { entity, id, version, row: null }
    const parsed = z.safeParse(entities[entity].stored, row)
    if (!parsed.success)
      throw new UnfitRowError(
        `A ${entity} from the server does not fit at ${parsed.error.issues[0]?.path.join('.') ?? '?'}.`,
      )
    return { entity, id, version, row: parsed.data }
  })
}

/**
 * Applies a part of the feed: rows and cursor in one transaction. If a pending command changed one of these rows, all
 * pending commands run again.
 */
export function applyChanges(
  db: WritableDb,
  rows: readonly ServerRow[],
  cursor: number | null,
  pending: readonly PendingCommand[],
): Touched {
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
