import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import { emptyDraft } from '../../protocol/draft.ts'
import { callRefused, ok, refuse } from '../../protocol/errors.ts'
import type { Desk } from '../calls/desk.ts'
import type { ActionAnswers } from './action-answers.ts'
import { notSignedIn, type SessionService } from './session.ts'
import type { Topic } from './topics.ts'

export interface DraftActionsOptions {
  readonly session: SessionService
  readonly desk: Desk
  readonly writer: Remote<WriterCalls>
  readonly newId: () => string
  readonly touch: (topics: readonly Topic[]) => void
  readonly onUnsentChanged: () => Promise<void>
  /** The agent is typing. */
  readonly onTyped: () => void
}

/** Saves what the agent types on disk while they type. */
export const draftActions = ({ session, desk, writer, newId, touch, onUnsentChanged, onTyped }: DraftActionsOptions) =>
  ({
    'draft.save': async ({ key, content }) => {
      const author = session.author()
      if (!author) return notSignedIn()
      onTyped()
      const savedAt = session.siteNow()
      const { saved, diskFull } = await writer.saveDraft(author, key, content, savedAt)
      if (!saved) return refuse('ROW_UNKNOWN')
      if (diskFull) await onUnsentChanged()
      const draft = await writer.draft(author, key)
      if (draft) desk.noteDraft(draft)
      touch([`draft:${key}`, 'drafts'])
      return ok({ savedAt })
    },
    'draft.open': async ({ customerId }) => {
      const identity = session.identity()
      if (!identity) return notSignedIn()
      const key = `customer:${customerId}`
      const draft = await writer.openDraft(identity.userId, {
        key,
        interactionId: newId(),
        callId: null,
        customerId,
        openedAt: session.siteNow(),
        savedAt: null,
        content: emptyDraft,
      })
      // A screen may have been watching this draft before it existed.
      touch([`draft:${key}`, 'drafts'])
      return ok(draft)
    },
    'draft.discard': async ({ key }) => {
      const identity = session.identity()
      if (!identity) return notSignedIn()
      if (desk.calls().some((call) => call.draft.key === key)) return callRefused('draftOfCall')
      await writer.discardDraft(identity.userId, key)
      touch([`draft:${key}`, 'drafts'])
      return ok(null)
    },
  }) satisfies Partial<ActionAnswers>
