import { z } from 'zod'
import { Matter, NextStep, Outcome } from './entities/interaction.ts'
import { CallId, ClockInstant, CustomerId, Id, LongText, ShortText } from './scalars.ts'

/** What the agent has typed and not yet wrapped up, per call or per customer tab. Kept on disk within a quarter second. */
export const DraftContent = z.strictObject({
  note: LongText,
  matter: Matter.nullable(),
  outcome: Outcome.nullable(),
  nextStep: NextStep.nullable(),
  /** What was typed as the callback time, and the instant it means. */
  callbackText: ShortText,
  callbackAt: ClockInstant.nullable(),
  /** The capture form of an unknown caller. */
  capture: z.strictObject({ name: ShortText, nativeName: ShortText, company: ShortText, city: ShortText, phone: ShortText }).nullable(),
  /** The quote being made: text as typed, so that nothing is lost that does not parse yet. */
  quote: z.strictObject({ productId: Id.nullable(), productSku: ShortText.default(''), price: ShortText, quantity: ShortText, reason: ShortText }).nullable(),
  /** A complaint being logged. */
  complaint: z.strictObject({ subject: ShortText, description: LongText, severity: z.enum(['low', 'normal', 'high']) }).nullable(),
  /** A preference being noted. Drafts of older versions have none. */
  preference: z.strictObject({ key: ShortText, value: ShortText, source: z.enum(['said', 'observed']) }).nullable().default(null),
})
export type DraftContent = z.infer<typeof DraftContent>

export const emptyDraft: DraftContent = {
  note: '', matter: null, outcome: null, nextStep: null, callbackText: '', callbackAt: null, capture: null, quote: null, complaint: null, preference: null,
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
