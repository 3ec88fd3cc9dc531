import { z } from 'zod'
import { isReason, reasons, type ReasonName } from './reasons.ts'

/**
 * Every refusal that can cross a boundary. The sentence is English for logs and command lines and says what to do;
 * screens show the same code from their language file (`errors.CODE`), with the same `{parameters}`.
 */
export const errorSentences = {
  BAD_ARGUMENT: 'The value of "{field}" cannot be used: {problem}.',
  UNKNOWN_NAME: '"{name}" is not something this version can do. Update Ringside on this machine.',
  NOT_SIGNED_IN: 'Sign in first. What was written here is kept.',
  SIGN_IN_REFUSED: 'The name or the password is not right. Try again, or ask a supervisor to reset it.',
  SIGN_IN_PAUSED: 'Too many tries. Wait {seconds} seconds and try again.',
  SESSION_EXPIRED: 'Your sign-in has expired. Sign in again; what is unsent is kept and goes out then.',
  DEVICE_REVOKED: 'This machine is barred from the center, as one that was lost is. Bring it to whoever looks after the center; what is unsent is kept here and goes out when it is let in again.',
  NOT_ALLOWED: 'Your role may not do this. Ask a supervisor.',
  CENTER_NOT_REACHED: 'The center is not reached, so this was not done: try again when it is back. What you wrote is kept here and goes out by itself.',
  CENTER_BUSY: 'The center is busy. Ringside tries again in {seconds} seconds by itself.',
  CUSTOMER_UNKNOWN: 'This customer is not known here (any more). Search again.',
  CUSTOMER_ERASED: 'This customer was erased on demand, and with them what was written about them. Nothing is left to do.',
  ERASURE_NEEDS_CENTER: 'The center did not answer, and only it can erase. Look whether the record is still there, and try again then.',
  ROW_UNKNOWN: 'What this refers to is not there (any more). Look at the record again.',
  CHANGED_MEANWHILE: 'A colleague changed "{field}" meanwhile to "{value}". Take theirs or write yours again.',
  STEP_NO_LONGER_FITS: 'This is no longer open, so the step does not fit. Your text is kept.',
  PRICE_NEEDS_REASON: 'This price differs from {reference}. Write the reason beside it.',
  PRICE_BELOW_FLOOR: "This price is below the floor of {floor}. It needs a supervisor's approval.",
  PRODUCT_UNKNOWN: 'This product is not in the list (any more). Choose another.',
  NUMBER_UNUSABLE: 'This is not a phone number that can be called: {raw}. Correct it, or keep it as a remark.',
  NUMBER_NEEDS_COUNTRY: 'This desk does not know its country yet. Write the number with its own, as in +86 138 0013 8000.',
  RECORD_UNREADABLE: 'The record could not be read just now. The call and what you type are kept; the record comes by itself.',
  NAME_MISSING: 'Write at least a name or a company.',
  DUE_IN_THE_PAST: 'The callback time has passed already. Choose a later one.',
  CALL_UNKNOWN: 'This call has ended or belongs to somebody else.',
  CALL_ACTION_REFUSED: 'The telephone system refused: {reason}.',
  STATE_NOT_POSSIBLE: 'From "{from}" one cannot go to "{to}".',
  REASON_MISSING: 'Choose a reason for the pause.',
  JOURNAL_FULL: 'The disk is full: free at least {megabytes} MB. What you type is still saved for now.',
  JOURNAL_COPIED: 'Another copy of this journal has sent something else under this number. It goes out again under a new one.',
  JOURNAL_DAMAGED: 'The journal file was damaged. It was set aside as {file}; {saved} entries were saved from it.',
  FILE_NEWER: 'The file {file} was written by a newer Ringside. It was not touched. Install that version or a later one.',
  PROTOCOL_TOO_OLD: 'This Ringside is too old for the center. Update it; what is unsent is kept.',
  PROTOCOL_TOO_NEW: 'The center is older than this Ringside. Ask for the center to be updated; what is unsent is kept.',
  LOCAL_CALLS_FULL: 'There are {count} calls open already that only this desk knows of. Wrap one up, then open this one again.',
  DEEP_LINK_UNUSABLE: 'The link could not be used: {problem}.',
  TOO_LARGE: 'This is too large to be sent: {kilobytes} KB. Shorten it.',
  CORE_GONE: 'Ringside on this machine does not answer. What you type stays here and is saved when it is back.',
  INTERNAL: 'Something failed here that should not. What you typed is kept. The log has the details under {reference}.',
} as const

export type ErrorCode = keyof typeof errorSentences
export const ErrorCode = z.enum(Object.keys(errorSentences) as [ErrorCode, ...ErrorCode[]])

/** A refusal as it crosses a boundary. `params` fill the sentence; they never hold a phone number or a note. */
export const Refusal = z.strictObject({
  code: ErrorCode,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Refusal = z.infer<typeof Refusal>

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Refusal }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const refuse = (code: ErrorCode, params: Refusal['params'] = {}): { ok: false; error: Refusal } => ({
  ok: false,
  error: { code, params },
})

/** The schema of a `Result` whose value is `value`. */
export const resultOf = <S extends z.ZodType>(value: S) =>
  z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), error: Refusal }),
  ])

/** A refusal thrown inside; boundaries turn it back into a `Result`. */
export class RefusalError extends Error {
  readonly refusal: Refusal
  constructor(code: ErrorCode, params: Refusal['params'] = {}) {
    super(sentence({ code, params }))
    this.name = 'RefusalError'
    this.refusal = { code, params }
  }
}

/** The English sentence of a refusal. */
export const sentence = (refusal: Refusal): string => fill(errorSentences[refusal.code], spelled(refusal).params)

/** The refusal with its reasons in English words in place of their names, as it was before they had names. */
export const spelled = (refusal: Refusal): Refusal => ({
  ...refusal,
  params: Object.fromEntries(Object.entries(refusal.params).map(([name, value]) => [name, isWhy(name) && isReason(value) ? fill(reasons[value], refusal.params) : value])),
})

const fill = (text: string, params: Refusal['params']): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '?'))

/** The parameters that say why: a name of `reasons` where it is ours. */
export const isWhy = (parameter: string) => parameter === 'problem' || parameter === 'reason'

/** A value that cannot be used, and why. */
export const badArgument = (field: string, problem: ReasonName) => refuse('BAD_ARGUMENT', { field, problem })

/** What the telephones cannot do now, and why; `params` fill the reason. */
export const callRefused = (reason: ReasonName, params: Refusal['params'] = {}) => refuse('CALL_ACTION_REFUSED', { reason, ...params })
