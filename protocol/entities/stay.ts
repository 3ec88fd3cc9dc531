import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { AmountMinor, CalendarDate, Currency, CustomerId, Id, Instant, ShortText } from '../scalars.ts'

/** A booking or stay at a hotel. */
export const stay = defineEntity(
  'stay',
  { by: 'customer', time: 'arriveAt' },
  {
    id: Id,
    customerId: CustomerId,
    number: z.string().max(32),
    /** The arrival as an instant (15:00 at the site), by which the history is ordered. */
    arriveAt: Instant,
    arriveOn: CalendarDate,
    departOn: CalendarDate,
    roomTypeReserved: z.string().max(8),
    roomTypeAssigned: z.string().max(8).nullable(),
    room: z.string().max(12).nullable(),
    /** BB, HB, FB or SC (no meal). */
    meal: z.string().max(12),
    adults: z.int().min(0).max(1000),
    children: z.int().min(0).max(1000),
    specialRequests: z.array(ShortText).max(20),
    currency: Currency,
    dailyRateMinor: AmountMinor,
    status: z.enum(['booked', 'inHouse', 'departed', 'cancelled', 'noShow']),
    repeatGuest: z.boolean(),
  },
)
