import type { UserId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'
import { assignDraft, discardDraft, openDraft, readDraft } from './drafts.ts'

/**
 * A call on this workstation without its draft. The draft has a table of its own, because it changes with every key
 * press.
 */
export type StoredDeskCall = Omit<DeskCall, 'draft'>

/** Stores a call under its user and opens its draft, so that both survive a crash. */
export function storeDeskCall(db: WritableDb, desk: DeskCall): void {
  const { draft, ...stored } = desk
  const { userId, callId } = desk.call
  db.transaction(() => {
    openDraft(db, userId, draft)
    if (draft.customerId) assignDraft(db, userId, draft.key, draft.customerId)
    db.run(
      'INSERT OR REPLACE INTO "deskCall" ("userId", "callId", "openedAt", "desk") VALUES (?, ?, ?, ?)',
      userId,
      callId,
      draft.openedAt,
      JSON.stringify(stored),
    )
  })
}

/** The user's calls that are not wrapped up, oldest first, each with what was typed. */
export function readDeskCalls(db: ReadableDb, userId: UserId): DeskCall[] {
  return db
    .all<{ desk: string }>('SELECT "desk" FROM "deskCall" WHERE "userId" = ? ORDER BY "openedAt", "callId"', userId)
    .flatMap(({ desk }) => {
      const stored = JSON.parse(desk) as StoredDeskCall
      const draft = readDraft(db, userId, stored.call.callId)
      return draft ? [{ ...stored, draft }] : []
    })
}

/** The call is finished: deletes it and its draft. */
export function removeDeskCall(db: WritableDb, userId: UserId, callId: string): void {
  db.transaction(() => {
    db.run('DELETE FROM "deskCall" WHERE "userId" = ? AND "callId" = ?', userId, callId)
    discardDraft(db, userId, callId)
  })
}

/**
 * Gives calls and drafts whose author is not known (they were saved from a damaged file of an older version) to the
 * present user.
 */
export function takeOwnerless(db: WritableDb, userId: UserId): void {
  db.run(
    `UPDATE OR IGNORE "deskCall" SET "userId" = coalesce(json_extract("desk", '$.call.userId'), ?) WHERE "userId" = ''`,
    userId,
  )
  db.run(
    `UPDATE OR IGNORE "draft" SET "userId" = coalesce((SELECT c."userId" FROM "deskCall" c WHERE c."callId" = "draft"."callId"), ?) WHERE "userId" = ''`,
    userId,
  )
}
