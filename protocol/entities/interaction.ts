import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CallId, CustomerId, Duration, Id, Instant, LongText, ShortText, UserId } from '../scalars.ts'

export const Matter = z.enum([
  'order',
  'delivery',
  'invoice',
  'quote',
  'complaint',
  'product',
  'account',
  'booking',
  'other',
])
export type Matter = z.infer<typeof Matter>

export const Outcome = z.enum(['resolved', 'answered', 'promised', 'forwarded', 'noAnswer', 'wrongNumber', 'abandoned'])
export type Outcome = z.infer<typeof Outcome>

export const NextStep = z.enum(['none', 'callback', 'sendQuote', 'sendInvoice', 'checkOrder', 'informColleague'])
export type NextStep = z.infer<typeof NextStep>

/** Text that a colleague added to a contact that they did not write. */
const Addition = z.strictObject({ by: UserId, at: Instant, text: z.string().min(1).max(4000) })

/** The most additions that one contact can have. */
export const ADDITIONS_AT_MOST = 50

/**
 * One contact with a customer on any channel. All legs of a call are one interaction with one owner. `customerId` is
 * null while nobody knows who the caller was (the number was withheld, or the agent did not ask).
 */
export const interaction = defineEntity(
  'interaction',
  { by: 'customer', time: 'startedAt' },
  {
    id: Id,
    customerId: CustomerId.nullable(),
    channel: z.enum(['phone', 'email', 'chat', 'visit', 'web']),
    direction: z.enum(['in', 'out']),
    startedAt: Instant,
    endedAt: Instant.nullable(),
    callId: CallId.nullable(),
    userId: UserId.nullable(),
    queue: ShortText.nullable(),
    waitMs: Duration.nullable(),
    talkMs: Duration.nullable(),
    matter: Matter.nullable(),
    outcome: Outcome.nullable(),
    nextStep: NextStep.nullable(),
    note: LongText,
    /**
     * 1 for the first text. An edit is the next revision of the same row, and an `interactionRevision` keeps the text
     * before it.
     */
    revision: z.int().min(1),
    /** The user who wrote the present revision, and when; null for the first revision, which `userId` wrote. */
    revisedBy: UserId.nullable().default(null),
    revisedAt: Instant.nullable().default(null),
    additions: z.array(Addition).max(ADDITIONS_AT_MOST).default([]),
  },
)

/** The text of a contact before it was revised: one row for each revision that was replaced. */
export const interactionRevision = defineEntity(
  'interactionRevision',
  { by: 'id' },
  {
    id: Id,
    interactionId: Id,
    customerId: CustomerId.nullable(),
    revision: z.int().min(1),
    note: LongText,
    matter: Matter.nullable(),
    outcome: Outcome.nullable(),
    writtenBy: UserId.nullable(),
    writtenAt: Instant,
  },
)
