import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { AmountMinor, Currency, CustomerId, Id, Instant, ShortText } from '../scalars.ts'

/** Goods that a customer sends back. */
export const orderReturn = defineEntity(
  'orderReturn',
  { by: 'customer', time: 'requestedAt' },
  {
    id: Id,
    customerId: CustomerId,
    orderId: Id,
    requestedAt: Instant,
    reason: ShortText,
    status: z.enum(['requested', 'received', 'refunded', 'rejected']),
    currency: Currency,
    refundMinor: AmountMinor,
    closedAt: Instant.nullable(),
  },
)
