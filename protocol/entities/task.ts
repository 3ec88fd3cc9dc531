import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CustomerId, Id, Instant, LongText, ShortText, UserId } from '../scalars.ts'

/** Something somebody promised or must do: a callback, a quote to follow up. `ownerUserId` null: whoever claims it. */
export const task = defineEntity('task', { by: 'id' }, {
  id: Id,
  customerId: CustomerId.nullable(),
  kind: z.enum(['callback', 'quoteFollowUp', 'sendQuote', 'sendInvoice', 'checkOrder', 'informColleague', 'birthday']),
  title: ShortText,
  detail: LongText,
  dueAt: Instant,
  status: z.enum(['open', 'done', 'dropped']),
  ownerUserId: UserId.nullable(),
  createdBy: UserId.nullable(),
  createdAt: Instant,
  /** When it was done or dropped, and by whom. */
  doneAt: Instant.nullable(),
  doneBy: UserId.nullable().default(null),
  /** Why it was dropped. */
  dropReason: ShortText.nullable().default(null),
  /** Who last gave it to somebody, put it off or took its end back, and when. */
  changedBy: UserId.nullable().default(null),
  changedAt: Instant.nullable().default(null),
  /** The number to call back on, where it was promised to one: what they called from. Else the customer's main number. */
  callbackNumber: z.string().min(1).max(40).nullable().default(null),
  /** What it came from: an interaction, a quote. */
  sourceId: Id.nullable(),
})
