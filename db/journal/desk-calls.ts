import type { DeskCall } from '../../protocol/workstation.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'
import { assignDraft, discardDraft, openDraft, readDraft } from './drafts.ts'

/** A call on this desk without its draft, which has a table of its own and changes with every key. */
export type StoredDeskCall = Omit<DeskCall, 'draft'>

/** Keeps a call and opens its draft, so that both are there after a crash. */
export function storeDeskCall(db: WritableDb, desk: DeskCall): void {
  const { draft, ...stored } = desk
  db.transaction(() => {
    openDraft(db, draft)
    if (draft.customerId) assignDraft(db, draft.key, draft.customerId)
    db.run('INSERT OR REPLACE INTO "deskCall" ("callId", "openedAt", "desk") VALUES (?, ?, ?)', desk.call.callId, draft.openedAt, JSON.stringify(stored))
  })
}

/** The calls that were not wrapped up, oldest first, each with what was typed. */
export function readDeskCalls(db: ReadableDb): DeskCall[] {
  return db.all<{ desk: string }>('SELECT "desk" FROM "deskCall" ORDER BY "openedAt", "callId"').flatMap(({ desk }) => {
    const stored = JSON.parse(desk) as StoredDeskCall
    const draft = readDraft(db, stored.call.callId)
    return draft ? [{ ...stored, draft }] : []
  })
}

/** The call is done with: it and its draft go. */
export function removeDeskCall(db: WritableDb, callId: string): void {
  db.transaction(() => {
    db.run('DELETE FROM "deskCall" WHERE "callId" = ?', callId)
    discardDraft(db, callId)
  })
}
