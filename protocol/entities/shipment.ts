import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CalendarDate, CustomerId, Id, Instant, ShortText } from '../scalars.ts'

/** One parcel of an order, with its carrier and the tracking number that callers ask for. */
export const shipment = defineEntity(
  'shipment',
  { by: 'customer', time: 'shippedAt' },
  {
    id: Id,
    customerId: CustomerId,
    orderId: Id,
    carrier: ShortText,
    trackingNumber: z.string().max(60),
    shippedAt: Instant,
    expectedOn: CalendarDate.nullable(),
    deliveredAt: Instant.nullable(),
    status: z.enum(['inTransit', 'delivered', 'delayed', 'lost']),
  },
)
