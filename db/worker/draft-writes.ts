import { RefusalError } from '../../protocol/errors.ts'
import type { Draft, DraftContent } from '../../protocol/draft.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import type { WritableDb } from '../handles.ts'
import { readDeskCalls, removeDeskCall, storeDeskCall, takeOwnerless } from '../journal/desk-calls.ts'
import { namesErased } from '../journal/erasures.ts'
import { discardDraft, openDraft, pruneUntouchedDrafts, readDraft, saveDraft } from '../journal/drafts.ts'
import type { JournalRoom } from './journal-room.ts'

/** What people type and have open at this desk, each under who it is. */
export const draftWrites = (journal: WritableDb, room: JournalRoom) => ({
  /** The calls that this user has not wrapped up. */
  deskCalls: (userId: UserId): DeskCall[] => {
    room.write(() => takeOwnerless(journal, userId))
    return readDeskCalls(journal, userId)
  },
  storeDeskCall: (desk: DeskCall) => room.write(() => storeDeskCall(journal, desk)),
  removeDeskCall: (userId: UserId, callId: string) => room.write(() => removeDeskCall(journal, userId, callId)),

  /** Throws CUSTOMER_ERASED for work on somebody who was erased. */
  openDraft: (userId: UserId, draft: Draft) => {
    if (namesErased(journal, draft.customerId)) throw new RefusalError('CUSTOMER_ERASED')
    return room.write(() => openDraft(journal, userId, draft))
  },
  /** What was typed is on disk; `diskFull`: on what the ballast left free. */
  saveDraft: (userId: UserId, key: string, content: DraftContent, at: number) => {
    const saved = room.write(() => saveDraft(journal, userId, key, content, at))
    return { saved, diskFull: room.isTight() }
  },
  pruneUntouchedDrafts: (openedBefore: number) => room.write(() => pruneUntouchedDrafts(journal, openedBefore)),
  discardDraft: (userId: UserId, key: string) => room.write(() => discardDraft(journal, userId, key)),
  draft: (userId: UserId, key: string) => readDraft(journal, userId, key),
})
