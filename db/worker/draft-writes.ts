import { RefusalError } from '../../protocol/errors.ts'
import type { Draft, DraftContent } from '../../protocol/draft.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import type { WritableDb } from '../handles.ts'
import { readDeskCalls, removeDeskCall, storeDeskCall, takeOwnerless } from '../journal/desk-calls.ts'
import { namesErased } from '../journal/erasures.ts'
import { discardDraft, openDraft, pruneUntouchedDrafts, readDraft, saveDraft } from '../journal/drafts.ts'
import type { JournalRoom } from './journal-room.ts'

/** Writes what users type and have open at this workstation, each under the user it belongs to. */
export const draftWrites = (journal: WritableDb, room: JournalRoom) => ({
  /** The calls that this user has not wrapped up. */
  deskCalls: (userId: UserId): DeskCall[] => {
    room.write(() => takeOwnerless(journal, userId))
    return readDeskCalls(journal, userId)
  },
  storeDeskCall: (desk: DeskCall) => room.write(() => storeDeskCall(journal, desk)),
  removeDeskCall: (userId: UserId, callId: string) => room.write(() => removeDeskCall(journal, userId, callId)),

  /** Throws CUSTOMER_ERASED for work on a customer who was erased. */
  openDraft: (userId: UserId, draft: Draft) => {
    if (namesErased(journal, draft.customerId)) throw new RefusalError('CUSTOMER_ERASED')
    return room.write(() => openDraft(journal, userId, draft))
  },
  /**
   * Saves what was typed; when this returns it is on disk. `diskFull`: it used the space that the ballast had left
   * free.
   */
  saveDraft: (userId: UserId, key: string, content: DraftContent, at: number) => {
    const saved = room.write(() => saveDraft(journal, userId, key, content, at))
    return { saved, diskFull: room.isTight() }
  },
  pruneUntouchedDrafts: (openedBefore: number) => room.write(() => pruneUntouchedDrafts(journal, openedBefore)),
  discardDraft: (userId: UserId, key: string) => room.write(() => discardDraft(journal, userId, key)),
  draft: (userId: UserId, key: string) => readDraft(journal, userId, key),
})
