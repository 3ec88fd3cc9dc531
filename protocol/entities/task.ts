import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CustomerId, Id, Instant, LongText, ShortText, UserId } from '../scalars.ts'

/**
 * Something that a user promised or must do: a callback, a quote to follow up. `ownerUserId` null: the task is free for
 * any user to claim.
 */
export const task = defineEntity(
  'task',
  { by: 'id' },
  {
    id: Id,
    customerId: CustomerId.nullable(),
    kind: z.enum([
      'callback',
      'quoteFollowUp',
      'sendQuote',
      'sendInvoice',
      'checkOrder',
      'informColleague',
      'birthday',
    ]),
    title: ShortText,
    detail: LongText,
    dueAt: Instant,
    status: z.enum(['open', 'done', 'dropped']),
    ownerUserId: UserId.nullable(),
    createdBy: UserId.nullable(),
    createdAt: Instant,
    /** When the task was done or dropped, and by which user. */
    doneAt: Instant.nullable(),
    doneBy: UserId.nullable().default(null),
    /** Why the task was dropped. */
    dropReason: ShortText.nullable().default(null),
    /** The user who last assigned the task, put it off or opened it again, and when. */
    changedBy: UserId.nullable().default(null),
    changedAt: Instant.nullable().default(null),
    /**
     * The number to call back, where the customer was promised a call on the number they called from; null: the
     * customer's main number.
     */
    callbackNumber: z.string().min(1).max(40).nullable().default(null),
    /** The row that the task came from: an interaction or a quote. */
    sourceId: Id.nullable(),
  },
)
