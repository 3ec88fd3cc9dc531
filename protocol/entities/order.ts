import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { AmountMinor, CalendarDate, Currency, CustomerId, Id, Instant, Quantity, ShortText } from '../scalars.ts'

export const OrderLine = z.strictObject({
  productId: Id.nullable(),
  sku: z.string().max(40),
  name: ShortText,
  quantity: Quantity,
  unitPriceMinor: AmountMinor,
})
export type OrderLine = z.infer<typeof OrderLine>

/**
 * Orders come from other systems. A workstation only reads them; where a customer wants a change, the agent makes a
 * task of it.
 */
export const order = defineEntity(
  'order',
  { by: 'customer', time: 'placedAt' },
  {
    id: Id,
    customerId: CustomerId,
    number: z.string().min(1).max(32),
    placedAt: Instant,
    status: z.enum(['new', 'confirmed', 'shipped', 'delivered', 'cancelled', 'returned']),
    channel: z.enum(['phone', 'web', 'field', 'shop']),
    currency: Currency,
    totalMinor: AmountMinor,
    expectedOn: CalendarDate.nullable(),
    lines: z.array(OrderLine).max(500),
  },
)
