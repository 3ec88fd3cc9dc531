import type { Erased } from '../../protocol/wire.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'
import { readMeta } from '../schema/meta.ts'

/** An erasure as this device keeps it: enough to recognise commands and rows that arrive late. */
export type KeptErasure = Pick<Erased, 'erasureId' | 'customerId' | 'seq'>

/** The number up to which erasures are done on this device and the server knows it; 0: none of this epoch. */
export function erasurePlace(db: ReadableDb, epoch: string): number {
  return db.get<{ place: number }>(
    `SELECT coalesce((SELECT min("number") - 1 FROM "erasure" WHERE "epoch" = ? AND "state" = 'told'), (SELECT max("number") FROM "erasure" WHERE "epoch" = ?), 0) AS "place"`,
    epoch,
    epoch,
  )!.place
}

/** Stores erasures before they are carried out. After the server was restored, only those of its new epoch count. */
export function noteErasures(db: WritableDb, epoch: string, erasures: readonly Erased[]): void {
  db.run('DELETE FROM "erasure" WHERE "epoch" <> ?', epoch)
  for (const { erasureId, number, customerId, seq } of erasures) {
    db.run(
      `INSERT OR REPLACE INTO "erasure" ("erasureId", "epoch", "number", "customerId", "seq", "state") VALUES (?, ?, ?, ?, ?, 'told')`,
      erasureId,
      epoch,
      number,
      customerId,
      seq,
    )
  }
}

export function markConfirmed(db: WritableDb, erasureIds: readonly string[]): void {
  for (const erasureId of erasureIds)
    db.run(`UPDATE "erasure" SET "state" = 'confirmed' WHERE "erasureId" = ?`, erasureId)
}

/**
 * The erasures of an epoch that came after a file's place in the feed, so that the file may still hold those customers.
 */
export const erasedSince = (db: ReadableDb, epoch: string, cursor: number): KeptErasure[] =>
  db.all<KeptErasure>(
    'SELECT "erasureId", "customerId", "seq" FROM "erasure" WHERE "epoch" = ? AND "seq" > ?',
    epoch,
    cursor,
  )

/** Marks erasures that have to be carried out and confirmed once more. */
export function tellAgain(db: WritableDb, erasures: readonly KeptErasure[]): void {
  for (const { erasureId } of erasures) db.run(`UPDATE "erasure" SET "state" = 'told' WHERE "erasureId" = ?`, erasureId)
}

/** Whether a value contains, at any depth, the id of a customer who was erased. */
export function namesErased(db: ReadableDb, value: unknown): boolean {
  const erased = db.all<{ customerId: string }>(
    'SELECT "customerId" FROM "erasure" WHERE "epoch" = ?',
    readMeta(db, 'serverEpoch'),
  )
  if (erased.length === 0) return false
  const text = JSON.stringify(value)
  return erased.some(({ customerId }) => text.includes(customerId))
}
