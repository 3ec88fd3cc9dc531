import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { AmountMinor, Currency, CustomerId, Id, Instant, Quantity, ShortText, UserId } from '../scalars.ts'

/**
 * A price that a customer was told. `listPriceMinor` and `floorPriceMinor` are those of that day, so that the history
 * explains itself.
 */
export const QuoteLine = z.strictObject({
  productId: Id,
  sku: z.string().max(40),
  name: ShortText,
  quantity: Quantity.min(1),
  unitPriceMinor: AmountMinor.min(0),
  listPriceMinor: AmountMinor.min(0),
  floorPriceMinor: AmountMinor.min(0),
  /** Why the price differs from the list price or from an earlier price. */
  reason: ShortText.nullable(),
})
export type QuoteLine = z.infer<typeof QuoteLine>

/**
 * An issued quote never changes; a change is a new revision that supersedes it. While `approval` is `needed`, no
 * customer was told the price: the quote waits, and is issued when the price is granted. A quote that was not approved
 * has `status` `rejected` and `approval` `refused`.
 */
export const quote = defineEntity(
  'quote',
  { by: 'customer', time: 'issuedAt' },
  {
    id: Id,
    customerId: CustomerId,
    /** The server gives the number; null until the server has seen the quote. */
    number: z.string().max(32).nullable(),
    issuedAt: Instant,
    issuedBy: UserId,
    validUntil: Instant,
    status: z.enum(['issued', 'accepted', 'rejected', 'expired', 'superseded']),
    approval: z.enum(['none', 'needed', 'granted', 'refused']),
    supersedes: Id.nullable(),
    currency: Currency,
    totalMinor: AmountMinor,
    lines: z.array(QuoteLine).min(1).max(200),
    /**
     * When a price below the floor was asked for; null where no approval was asked for. `issuedAt` has the same value
     * until the price is granted.
     */
    askedAt: Instant.nullable().default(null),
    /** The user who granted or refused the price, when, and the sentence they gave. */
    decidedBy: UserId.nullable().default(null),
    decidedAt: Instant.nullable().default(null),
    decisionReason: ShortText.nullable().default(null),
    /** When the user who asked saw the decision; until then it stays on their screen. */
    decisionSeenAt: Instant.nullable().default(null),
    /** The user who took the customer's answer, when, and what the customer said. */
    answeredBy: UserId.nullable().default(null),
    answeredAt: Instant.nullable().default(null),
    answerReason: ShortText.nullable().default(null),
  },
)
