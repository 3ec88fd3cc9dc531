import { z } from 'zod'
import { Matter, NextStep, Outcome } from './entities/interaction.ts'
import { CallId, CustomerId, Id, ClockInstant } from './scalars.ts'

/**
 * The longest text that a draft keeps in one field. It is longer than any field of a command, so that a pasted text
 * which is too long stays whole until somebody shortens it; two such fields in Chinese still fit into one frame of the
 * bridge.
 */
export const LONGEST_TYPED = 60_000
const Typed = z.string().max(LONGEST_TYPED)

/**
 * The id of the thing that a form creates, given when the form opens. So a form that is submitted twice, or in two
 * windows, creates one thing only. Drafts of older versions have no such id.
 */
const made = { id: Id.optional() }

/**
 * What the agent has typed and not yet wrapped up, for each call or customer tab. It is on disk within a quarter of a
 * second.
 */
export const DraftContent = z.strictObject({
  note: Typed,
  matter: Matter.nullable(),
  outcome: Outcome.nullable(),
  nextStep: NextStep.nullable(),
  /** The callback time as the agent typed it, and the instant it means. */
  callbackText: Typed,
  callbackAt: ClockInstant.nullable(),
  /**
   * The form for a caller who is not known yet. `organisationId`: the company is already known, and the agent chose it.
   */
  capture: z
    .strictObject({
      ...made,
      name: Typed,
      nativeName: Typed,
      company: Typed,
      organisationId: CustomerId.nullable().default(null),
      city: Typed,
      phone: Typed,
    })
    .nullable(),
  /**
   * The agent said that the caller is none of the customers to whom the number may belong, so nobody has to be chosen
   * any more.
   */
  noneOfThem: z.boolean().default(false),
  /** The quote that the agent is writing. It is kept as text, so that nothing is lost that cannot be parsed yet. */
  quote: z
    .strictObject({
      ...made,
      productId: Id.nullable(),
      productSku: Typed.default(''),
      price: Typed,
      quantity: Typed,
      reason: Typed,
    })
    .nullable(),
  /** The complaint that the agent is logging. */
  complaint: z
    .strictObject({
      ...made,
      subject: Typed,
      description: Typed,
      severity: z.enum(['low', 'normal', 'high']),
      orderId: Id.nullable().default(null),
    })
    .nullable(),
  /**
   * The form that edits the customer's data: each field as typed, its value when the form opened, and a number to be
   * added.
   */
  edit: z
    .strictObject({
      /** False: the agent closed the form with something in it, and that stays for later. */
      open: z.boolean().default(true),
      ...made,
      was: z.strictObject({ displayName: Typed, nativeName: Typed, city: Typed, birthday: Typed, remark: Typed }),
      displayName: Typed,
      nativeName: Typed,
      city: Typed,
      birthday: Typed,
      remark: Typed,
      phone: Typed,
      label: z.enum(['mobile', 'office', 'home', 'fax', 'other']),
    })
    .nullable()
    .default(null),
  /** The preference that the agent is noting. Drafts of older versions have none. */
  preference: z
    .strictObject({ ...made, key: Typed, value: Typed, source: z.enum(['said', 'observed']) })
    .nullable()
    .default(null),
})
export type DraftContent = z.infer<typeof DraftContent>

export const emptyDraft: DraftContent = {
  note: '',
  matter: null,
  outcome: null,
  nextStep: null,
  callbackText: '',
  callbackAt: null,
  capture: null,
  noneOfThem: false,
  quote: null,
  complaint: null,
  edit: null,
  preference: null,
}

/**
 * `key` is the call's id, or `customer:<id>` for work without a call. `interactionId` is given when the draft is
 * opened, so that wrapping up twice makes one interaction.
 */
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
