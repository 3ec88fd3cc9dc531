import { z } from 'zod'
import { isReason, reasons, type ReasonName } from './reasons.ts'

/**
 * Every refusal that can cross a boundary. The sentence is English for logs and command lines and says what to do;
 * screens show the same code from their language file (`errors.CODE`), with the same `{parameters}`.
 */
export const errorSentences = {
  BAD_ARGUMENT: 'The value of "{field}" cannot be used: {problem}.',
  UNKNOWN_NAME: 'This version does not know "{name}". Update Ringside on this computer.',
  NOT_SIGNED_IN: 'Sign in first. Your text is kept.',
  SIGN_IN_REFUSED: 'The name or the password is not right. Try again, or ask a supervisor to reset it.',
  SIGN_IN_PAUSED: 'Too many tries. Wait {seconds} seconds and try again.',
  SESSION_EXPIRED: 'Your sign-in has expired. Sign in again. Your unsent work is kept and is sent then.',
  DEVICE_REVOKED:
    'The server has blocked this computer, for example because it was reported lost. Ask your administrator. Unsent work is kept here and is sent when the computer is allowed again.',
  NOT_ALLOWED: 'Your role may not do this. Ask a supervisor.',
  SEAL_UNKNOWN:
    'The server does not know the sign-in in which you did this. It is kept and is sent again when you sign in again.',
  SEAL_BROKEN: 'The server cannot verify who did this. It is kept. If you did it, send it again.',
  SIGN_IN_OVER:
    'Only your role may do this, and your sign-in had ended before the server received it. It is kept. Send it again.',
  OTHER_SERVER:
    'The server at {address} is not the one that this workstation belongs to. Nothing was sent to it. Use the former server again, or choose another data folder (RINGSIDE_DATA) for this one.',
  SERVER_MOVED:
    'This workstation belongs to the server at {known}. Nothing was sent to {address}. If your server has moved there, start Ringside once with --server-moved. For another server choose another data folder (RINGSIDE_DATA).',
  CENTER_NOT_REACHED:
    'The server is offline, so this was not done. Try again when you are back online. Your text is kept here and will be sent.',
  CENTER_BUSY: 'The server is busy. Ringside tries again in {seconds} seconds.',
  CUSTOMER_UNKNOWN: 'This customer does not exist or is no longer here. Search again.',
  CUSTOMER_ERASED:
    'This customer was erased on request, together with everything written about them. You do not have to do anything.',
  ERASURE_NEEDS_CENTER:
    'The server did not answer, and only the server can erase a customer. Check whether the record is still there, then try again.',
  ROW_UNKNOWN: 'This entry does not exist or is no longer here. Check the record again.',
  CHANGED_MEANWHILE: 'A colleague changed "{field}" to "{value}" before you. Keep that value or enter yours again.',
  STEP_NO_LONGER_FITS: 'This is no longer open, so this step is not possible. Your text is kept.',
  PRICE_NEEDS_REASON: 'This price differs from {reference}. Enter a reason beside it.',
  PRICE_BELOW_FLOOR: "This price is below the floor price of {floor}. It needs a supervisor's approval.",
  APPROVAL_OWN: 'You asked for this price yourself. A colleague has to decide it.',
  APPROVAL_DECIDED: 'A colleague decided this price before you: {decision}. Nothing was changed.',
  APPROVAL_LAPSED: 'This price was asked for a time that has passed. Refuse it, and have it asked for again.',
  PRODUCT_UNKNOWN: 'This product is not in the price list. Choose another.',
  NUMBER_UNUSABLE: 'This number cannot be called: {raw}. Correct it, or write it into the note.',
  NUMBER_NEEDS_COUNTRY:
    'This workstation does not know its country yet. Enter the number with its country code, for example +86 138 0013 8000.',
  RECORD_UNREADABLE:
    'The record cannot be read right now. The call and your text are kept. The record appears as soon as it can be read.',
  NAME_MISSING: 'Enter at least a name or a company.',
  TAKE_BACK_TOO_LATE: 'This can no longer be undone. You can undo your own entries for {minutes} minutes.',
  NOT_YOURS: 'A colleague wrote this. Add to it under your own name.',
  CALLBACK_UNREADABLE:
    'The callback time is unclear or has passed. Enter it like "tomorrow 10:00" or "15:30", or clear it.',
  CALLBACK_WITHOUT_TIME: 'Enter the time of the callback.',
  CALLER_NOT_CHOSEN: 'Choose the caller, or choose "None of them".',
  FORM_UNFINISHED: 'A form is not finished. Save it or clear it first.',
  TEXT_TOO_LONG: '"{field}" is too long by {over} characters ({limit} fit). Shorten it. Nothing was cut.',
  DUE_TOO_FAR: 'This time is more than {years} years away. Choose an earlier one.',
  CALL_UNPROVEN: 'The telephone system does not know this call. The contact is kept as a direct call.',
  PRODUCT_INACTIVE: '{sku} is no longer sold. Choose another product.',
  DUE_IN_THE_PAST: 'The callback time has passed. Choose a later one.',
  CALL_UNKNOWN: 'This call has ended or belongs to another agent.',
  CALL_ACTION_REFUSED: 'The telephone system refused: {reason}.',
  STATE_NOT_POSSIBLE: 'You cannot change from "{from}" to "{to}".',
  REASON_MISSING: 'Choose a reason for "not ready".',
  JOURNAL_FULL: 'The disk is full. Free at least {megabytes} MB. For now your text is still saved.',
  DISK_TOO_SMALL:
    'Loading the customers needs {needed} MB of disk space, and {free} MB are free. Free some space: loading goes on by itself. You can work meanwhile.',
  JOURNAL_COPIED:
    'Another copy of this journal has already used this number. Ringside sends the entry again under a new number.',
  JOURNAL_DAMAGED: 'The journal file was damaged. Ringside moved it to {file} and saved {saved} entries from it.',
  FILE_NEWER:
    'The file {file} was written by a newer version of Ringside and was not changed. Install that version or a later one.',
  UPDATE_READY:
    'Version {version} of Ringside is ready. It takes its place when you close Ringside and nothing is open or unsent.',
  PROTOCOL_TOO_OLD: 'This Ringside is too old for the server. Update it. Your unsent work is kept.',
  PROTOCOL_TOO_NEW:
    'The server is older than this Ringside. Ask your administrator to update the server. Your unsent work is kept.',
  LOCAL_CALLS_FULL: '{count} direct calls are already open on this workstation. Wrap one up, then open this one again.',
  DEEP_LINK_UNUSABLE: 'The link could not be used: {problem}.',
  TOO_LARGE: 'This is too large to send: {kilobytes} KB. Shorten it.',
  CORE_GONE: 'Ringside on this computer does not answer. Your text stays here and is saved when Ringside is back.',
  INTERNAL: 'An internal error occurred. Your text is kept. The log has the details under {reference}.',
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

/** A refusal that is thrown inside the program; code at a boundary turns it back into a `Result`. */
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

/**
 * The refusal with English words in place of the names of its reasons, for readers from the time before reasons had
 * names.
 */
export const spelled = (refusal: Refusal): Refusal => ({
  ...refusal,
  params: Object.fromEntries(
    Object.entries(refusal.params).map(([name, value]) => [
      name,
      isWhy(name) && isReason(value) ? fill(reasons[value], refusal.params) : value,
    ]),
  ),
})

const fill = (text: string, params: Refusal['params']): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '?'))

/**
 * Whether a parameter says why something was refused; its value is a name of `reasons` where Ringside gave the reason.
 */
export const isWhy = (parameter: string) => parameter === 'problem' || parameter === 'reason'

/** A refusal: the value of `field` cannot be used, and `problem` says why. */
export const badArgument = (field: string, problem: ReasonName) => refuse('BAD_ARGUMENT', { field, problem })

/** A refusal: the telephone system cannot do this now, and `reason` says why; `params` fill in the reason. */
export const callRefused = (reason: ReasonName, params: Refusal['params'] = {}) =>
  refuse('CALL_ACTION_REFUSED', { reason, ...params })
