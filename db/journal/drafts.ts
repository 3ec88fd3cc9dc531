import type { Draft, DraftContent } from '../../protocol/draft.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'

type Stored = Omit<Draft, 'content'> & { content: string }
const read = (row: Stored): Draft => ({ ...row, content: JSON.parse(row.content) as DraftContent })

const columns = '"key", "interactionId", "callId", "customerId", "openedAt", "savedAt", "content"'

/** A draft of this user. A draft that another user of this workstation has under the same key belongs to that user. */
export function readDraft(db: ReadableDb, userId: UserId, key: string): Draft | null {
  const row = db.get<Stored>(`SELECT ${columns} FROM "draft" WHERE "userId" = ? AND "key" = ?`, userId, key)
  return row ? read(row) : null
}

/** The user's drafts of work without a call, the last written first. */
export const draftsWithoutCall = (db: ReadableDb, userId: UserId): Draft[] =>
  db
    .all<Stored>(
      `SELECT ${columns} FROM "draft" WHERE "userId" = ? AND "callId" IS NULL ORDER BY coalesce("savedAt", "openedAt") DESC, "interactionId" DESC`,
      userId,
    )
    .map(read)

/** Opens a draft. If one with this key already exists, it stays as it is and is returned. */
export function openDraft(db: WritableDb, userId: UserId, draft: Draft): Draft {
  db.run(
    `INSERT OR IGNORE INTO "draft" ("userId", ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    userId,
    draft.key,
    draft.interactionId,
    draft.callId,
    draft.customerId,
    draft.openedAt,
    draft.savedAt,
    JSON.stringify(draft.content),
  )
  return readDraft(db, userId, draft.key)!
}

/** Writes what was typed. Returns false if this user has no such draft (any more). */
export const saveDraft = (
  db: WritableDb,
  userId: UserId,
  key: string,
  content: DraftContent,
  savedAt: number,
): boolean =>
  db.run(
    'UPDATE "draft" SET "content" = ?, "savedAt" = ? WHERE "userId" = ? AND "key" = ?',
    JSON.stringify(content),
    savedAt,
    userId,
    key,
  ) > 0

/** Sets the customer of a draft, once the customer is known. */
export const assignDraft = (db: WritableDb, userId: UserId, key: string, customerId: string): boolean =>
  db.run('UPDATE "draft" SET "customerId" = ? WHERE "userId" = ? AND "key" = ?', customerId, userId, key) > 0

/** Deletes drafts of work without a call that nobody ever wrote into: opening a record opens such a draft. */
export const pruneUntouchedDrafts = (db: WritableDb, openedBefore: number): number =>
  db.run('DELETE FROM "draft" WHERE "callId" IS NULL AND "savedAt" IS NULL AND "openedAt" < ?', openedBefore)

export const discardDraft = (db: WritableDb, userId: UserId, key: string): boolean =>
  db.run('DELETE FROM "draft" WHERE "userId" = ? AND "key" = ?', userId, key) > 0
