import type { DraftContent } from '../protocol/draft.ts'
import type { ErrorCode, Refusal } from '../protocol/errors.ts'
import type { Match } from '../protocol/match.ts'
import { LONG_TEXT, type CustomerId } from '../protocol/scalars.ts'
import { editBegun } from './customer-edit.ts'
import { captureBegun, unfinishedForms } from './unfinished-forms.ts'

/** The draft that is wrapped up. `match` null: it is work without a call. */
export interface WrappedUp {
  readonly content: DraftContent
  readonly match: Match | null
  readonly customerId: CustomerId | null
  readonly now: number
  /** The agent gives up the forms that were begun. */
  readonly leaveForms: boolean
}

/**
 * Why a draft cannot be wrapped up yet: something that was typed would reach no command, or nobody has said who called.
 * Null: everything goes into the contact. The screen checks this before it asks the core, and the core checks it before
 * it wraps up.
 */
export function wrapUpProblem({ content, match, customerId, now, leaveForms }: WrappedUp): Refusal | null {
  const { note, callbackText, callbackAt, nextStep } = content
  if (note.length > LONG_TEXT)
    return problem('TEXT_TOO_LONG', { field: 'note', limit: LONG_TEXT, over: note.length - LONG_TEXT })
  if (callbackText.trim() !== '' && callbackAt === null) return problem('CALLBACK_UNREADABLE')
  if (nextStep === 'callback' && callbackAt === null) return problem('CALLBACK_WITHOUT_TIME')
  if (callbackAt !== null && callbackAt <= now) return problem('DUE_IN_THE_PAST')
  if (match?.kind === 'several' && customerId === null && !content.noneOfThem) return problem('CALLER_NOT_CHOSEN')
  if (leaveForms) return null
  // Once the customer is known, the text in the capture form is only what they were found by.
  if (customerId === null && captureBegun(content)) return problem('FORM_UNFINISHED', { form: 'capture' })
  if (editBegun(content)) return problem('FORM_UNFINISHED', { form: 'edit' })
  const [form] = unfinishedForms(content)
  return form === undefined ? null : problem('FORM_UNFINISHED', { form })
}

const problem = (code: ErrorCode, params: Refusal['params'] = {}): Refusal => ({ code, params })
