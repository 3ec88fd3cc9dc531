import type { DraftContent } from '../protocol/draft.ts'
import type { ErrorCode, Refusal } from '../protocol/errors.ts'
import type { Match } from '../protocol/match.ts'
import { LONG_TEXT, type CustomerId } from '../protocol/scalars.ts'
import { editBegun } from './customer-edit.ts'
import { captureBegun, unfinishedForms } from './unfinished-forms.ts'

/** What is wrapped up. `match` null: work without a call. */
export interface WrappedUp {
  readonly content: DraftContent
  readonly match: Match | null
  readonly customerId: CustomerId | null
  readonly now: number
  /** The forms that were begun are given up. */
  readonly leaveForms: boolean
}

/**
 * Why a draft cannot be wrapped up yet: something that was typed would reach no command, or nobody has said who called. Null:
 * all of it goes into the contact. Asked by the screen before it asks, and by the core before it does.
 */
export function wrapUpProblem({ content, match, customerId, now, leaveForms }: WrappedUp): Refusal | null {
  const { note, callbackText, callbackAt, nextStep } = content
  if (note.length > LONG_TEXT) return problem('TEXT_TOO_LONG', { field: 'note', limit: LONG_TEXT, over: note.length - LONG_TEXT })
  if (callbackText.trim() !== '' && callbackAt === null) return problem('CALLBACK_UNREADABLE')
  if (nextStep === 'callback' && callbackAt === null) return problem('CALLBACK_WITHOUT_TIME')
  if (callbackAt !== null && callbackAt <= now) return problem('DUE_IN_THE_PAST')
  if (match?.kind === 'several' && customerId === null && !content.noneOfThem) return problem('CALLER_NOT_CHOSEN')
  if (leaveForms) return null
  // Once it is known who it is, what stands in the form is how they were found.
  if (customerId === null && captureBegun(content)) return problem('FORM_UNFINISHED', { form: 'capture' })
  if (editBegun(content)) return problem('FORM_UNFINISHED', { form: 'edit' })
  const [form] = unfinishedForms(content)
  return form === undefined ? null : problem('FORM_UNFINISHED', { form })
}

const problem = (code: ErrorCode, params: Refusal['params'] = {}): Refusal => ({ code, params })
