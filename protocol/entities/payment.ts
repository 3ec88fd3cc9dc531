import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { AmountMinor, Currency, CustomerId, Id, Instant } from '../scalars.ts'

/** A payment that was received. */
export const payment = defineEntity(
  'payment',
  { by: 'customer', time: 'receivedAt' },
  {
    id: Id,
    customerId: CustomerId,
    invoiceId: Id.nullable(),
    receivedAt: Instant,
    currency: Currency,
    amountMinor: AmountMinor,
    method: z.enum(['transfer', 'card', 'cash', 'wallet', 'directDebit']),
  },
)
