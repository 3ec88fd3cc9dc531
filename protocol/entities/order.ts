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

/** An order comes from other systems; the desk reads it and turns a wish into a task. */
export const order = defineEntity('order', { by: 'customer', time: 'placedAt' }, {
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
})
