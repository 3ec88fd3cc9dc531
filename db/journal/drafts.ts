import type { Draft, DraftContent } from '../../protocol/draft.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'

type Stored = Omit<Draft, 'content'> & { content: string }
const read = (row: Stored): Draft => ({ ...row, content: JSON.parse(row.content) as DraftContent })

export function readDraft(db: ReadableDb, key: string): Draft | null {
  const row = db.get<Stored>('SELECT * FROM "draft" WHERE "key" = ?', key)
  return row ? read(row) : null
}

/** Opens a draft; one that is there under its key stays as it is and is returned. */
export function openDraft(db: WritableDb, draft: Draft): Draft {
  db.run(
    `INSERT OR IGNORE INTO "draft" ("key", "interactionId", "callId", "customerId", "openedAt", "savedAt", "content") VALUES (?, ?, ?, ?, ?, ?, ?)`,
    draft.key, draft.interactionId, draft.callId, draft.customerId, draft.openedAt, draft.savedAt, JSON.stringify(draft.content),
  )
  return readDraft(db, draft.key)!
}

/** Writes what was typed. False: there is no such draft (any more). */
export const saveDraft = (db: WritableDb, key: string, content: DraftContent, savedAt: number): boolean =>
  db.run('UPDATE "draft" SET "content" = ?, "savedAt" = ? WHERE "key" = ?', JSON.stringify(content), savedAt, key) > 0

/** Whom the work is with, once that is known. */
export const assignDraft = (db: WritableDb, key: string, customerId: string): boolean =>
  db.run('UPDATE "draft" SET "customerId" = ? WHERE "key" = ?', customerId, key) > 0

export const discardDraft = (db: WritableDb, key: string): boolean => db.run('DELETE FROM "draft" WHERE "key" = ?', key) > 0
