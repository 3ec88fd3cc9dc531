import type { Erased } from '../../protocol/wire.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'
import { readMeta } from '../schema/meta.ts'

/** An erasure as this device keeps it: enough to know late work and late rows by. */
export type KeptErasure = Pick<Erased, 'erasureId' | 'customerId' | 'seq'>

/** The erasures up to here are done on this device and the center knows it; 0: none of this epoch. */
export function erasurePlace(db: ReadableDb, epoch: string): number {
  return db.get<{ place: number }>(
    `SELECT coalesce((SELECT min("number") - 1 FROM "erasure" WHERE "epoch" = ? AND "state" = 'told'), (SELECT max("number") FROM "erasure" WHERE "epoch" = ?), 0) AS "place"`, epoch, epoch)!.place
}

/** Notes erasures before anything is done about them. After a restore of the center only those of its new epoch count. */
export function noteErasures(db: WritableDb, epoch: string, erasures: readonly Erased[]): void {
  db.run('DELETE FROM "erasure" WHERE "epoch" <> ?', epoch)
  for (const { erasureId, number, customerId, seq } of erasures) {
    db.run(`INSERT OR REPLACE INTO "erasure" ("erasureId", "epoch", "number", "customerId", "seq", "state") VALUES (?, ?, ?, ?, ?, 'told')`, erasureId, epoch, number, customerId, seq)
  }
}

export function markConfirmed(db: WritableDb, erasureIds: readonly string[]): void {
  for (const erasureId of erasureIds) db.run(`UPDATE "erasure" SET "state" = 'confirmed' WHERE "erasureId" = ?`, erasureId)
}

/** Erasures of an epoch that a file of this place in the log does not know of. */
export const erasedSince = (db: ReadableDb, epoch: string, cursor: number): KeptErasure[] =>
  db.all<KeptErasure>('SELECT "erasureId", "customerId", "seq" FROM "erasure" WHERE "epoch" = ? AND "seq" > ?', epoch, cursor)

/** They have to be done and confirmed once more. */
export function tellAgain(db: WritableDb, erasures: readonly KeptErasure[]): void {
  for (const { erasureId } of erasures) db.run(`UPDATE "erasure" SET "state" = 'told' WHERE "erasureId" = ?`, erasureId)
}

/** Whether a value names, anywhere, a customer who was erased. */
export function namesErased(db: ReadableDb, value: unknown): boolean {
  const erased = db.all<{ customerId: string }>('SELECT "customerId" FROM "erasure" WHERE "epoch" = ?', readMeta(db, 'serverEpoch'))
  if (erased.length === 0) return false
  const text = JSON.stringify(value)
  return erased.some(({ customerId }) => text.includes(customerId))
}
