import { z } from 'zod'
import { Matter, NextStep, Outcome } from './entities/interaction.ts'
import { CallId, CustomerId, Id, ClockInstant } from './scalars.ts'

/**
 * The longest text that a draft keeps in one field. It is longer than any field of a command, so that a paste which is too
 * long stays whole until somebody shortens it; two such fields in Chinese still fit into one frame of the bridge.
 */
export const LONGEST_TYPED = 60_000
const Typed = z.string().max(LONGEST_TYPED)

/**
 * The id of what a form makes, given when the form opens: pressed twice, or in two windows, it makes one thing. Drafts of
 * older versions have none.
 */
const made = { id: Id.optional() }

/** What the agent has typed and not yet wrapped up, per call or per customer tab. Kept on disk within a quarter second. */
export const DraftContent = z.strictObject({
  note: Typed,
  matter: Matter.nullable(),
  outcome: Outcome.nullable(),
  nextStep: NextStep.nullable(),
  /** What was typed as the callback time, and the instant it means. */
  callbackText: Typed,
  callbackAt: ClockInstant.nullable(),
  /** The form for somebody who is not known yet. `organisationId`: the company is one that is known, and chosen. */
  capture: z.strictObject({
    ...made, name: Typed, nativeName: Typed, company: Typed, organisationId: CustomerId.nullable().default(null), city: Typed, phone: Typed,
  }).nullable(),
  /** The caller is none of those whom the number may belong to: nobody has to be chosen any more. */
  noneOfThem: z.boolean().default(false),
  /** The quote being made: text as typed, so that nothing is lost that does not parse yet. */
  quote: z.strictObject({ ...made, productId: Id.nullable(), productSku: Typed.default(''), price: Typed, quantity: Typed, reason: Typed }).nullable(),
  /** A complaint being logged. */
  complaint: z.strictObject({ ...made, subject: Typed, description: Typed, severity: z.enum(['low', 'normal', 'high']), orderId: Id.nullable().default(null) }).nullable(),
  /** The customer's data being edited: each field as typed, what it was when the form opened, and a number to be added. */
  edit: z.strictObject({
    /** False: the form was closed with something in it, which stays for later. */
    open: z.boolean().default(true),
    ...made, was: z.strictObject({ displayName: Typed, nativeName: Typed, city: Typed, birthday: Typed, remark: Typed }),
    displayName: Typed, nativeName: Typed, city: Typed, birthday: Typed, remark: Typed, phone: Typed, label: z.enum(['mobile', 'office', 'home', 'fax', 'other']),
  }).nullable().default(null),
  /** A preference being noted. Drafts of older versions have none. */
  preference: z.strictObject({ ...made, key: Typed, value: Typed, source: z.enum(['said', 'observed']) }).nullable().default(null),
})
export type DraftContent = z.infer<typeof DraftContent>

export const emptyDraft: DraftContent = {
  note: '', matter: null, outcome: null, nextStep: null, callbackText: '', callbackAt: null, capture: null, noneOfThem: false, quote: null, complaint: null, edit: null, preference: null,
}

/** `key`: the call's id, or `customer:<id>` for work without a call. `interactionId` is given when the draft is opened, so wrapping up twice is one interaction. */
export const Draft = z.strictObject({
  key: z.string().min(1).max(160),
  interactionId: Id,
  callId: CallId.nullable(),
  customerId: CustomerId.nullable(),
  openedAt: ClockInstant,
  savedAt: ClockInstant.nullable(),
  content: DraftContent,
})
export type Draft = z.infer<typeof Draft>
