import { hasTyped } from '../../domain/typed-content.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { OpenDraft } from '../../protocol/workstation.ts'
import type { ReadableDb } from '../handles.ts'
import { draftsWithoutCall } from '../journal/drafts.ts'
import { customerBrief } from './people.ts'

/**
 * Work without a call that a user began and neither finished nor threw away, the last written first. An empty draft
 * does not count.
 */
export const openDrafts = (journal: ReadableDb, cache: ReadableDb, userId: UserId): OpenDraft[] =>
  draftsWithoutCall(journal, userId)
    .filter(({ content }) => hasTyped(content))
    .map((draft) => ({
      draft,
      customer: draft.customerId ? customerBrief(cache, draft.customerId) : null,
    }))
