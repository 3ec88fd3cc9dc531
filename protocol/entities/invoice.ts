import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { AmountMinor, CalendarDate, Currency, CustomerId, Id, Instant } from '../scalars.ts'

/**
 * What a customer owes. Whether an invoice is overdue is not stored: it is overdue when it is `open` and `dueOn` is
 * before the site's today.
 */
export const invoice = defineEntity(
  'invoice',
  { by: 'customer', time: 'issuedAt' },
  {
    id: Id,
    customerId: CustomerId,
    orderId: Id.nullable(),
    number: z.string().min(1).max(32),
    issuedAt: Instant,
    dueOn: CalendarDate,
    currency: Currency,
    totalMinor: AmountMinor,
    paidMinor: AmountMinor,
    status: z.enum(['open', 'paid', 'void']),
  },
)
