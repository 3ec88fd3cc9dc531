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
  doneAt: Instant.nullable(),
  /** What it came from: an interaction, a quote. */
  sourceId: Id.nullable(),
})
