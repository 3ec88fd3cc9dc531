import type { CustomerId } from '../../protocol/scalars.ts'
import { untouched } from '../../domain/untouched-rows.ts'
import { addDays } from '../../domain/zoned-time.ts'
import type { Preference, Stay } from '../../protocol/entities.ts'
import { Random } from '../random.ts'
import type { Booking } from '../readers/booking.ts'
import { stored, type BuildContext } from './build-context.ts'
import type { CustomerSeed } from './customer-seed.ts'

const requests = [
  'quiet floor',
  'high floor',
  'late arrival',
  'extra pillow',
  'baby cot',
  'feather-free bedding',
  'twin beds',
  'near the lift',
] as const
const tastes: readonly (readonly [key: string, values: readonly string[]])[] = [
  ['seat', ['window table at the edge', 'terrace, shaded', 'away from the kitchen', 'by the piano']],
  ['drink', ['green tea', 'sparkling water, no ice', 'espresso after dinner', 'oolong tea']],
  ['diet', ['vegetarian', 'no shellfish', 'gluten free', 'low salt']],
  ['room', ['same room as last time', 'corner room', 'not beside the lift', 'sea view']],
]
const meals: Readonly<Record<string, string>> = { BB: 'breakfast', HB: 'half board', FB: 'full board', SC: 'no meal' }
const CHECK_IN_SECOND = 15 * 3600

/** A guest's bookings as stays, and the preferences that follow from them: meal, requests, and what the staff noted. */
export function stayRows(
  context: BuildContext,
  seed: CustomerSeed,
  customerId: CustomerId,
): { stays: Stay[]; preferences: Preference[] } {
  const random = new Random(context.seed, 'stays', seed.index)
  const stays = seed.bookings.map((booking, i) => stayOf(context, customerId, booking, seed.index * 40 + i, random))
  for (const stay of stays) {
    stay.repeatGuest ||= stays.some((other) => other.status === 'departed' && other.departOn < stay.arriveOn)
  }
  const last = stays.at(-1)
  const preferences: Preference[] = []
  const note = (key: string, value: string, source: Preference['source'], notedAt: number) =>
    preferences.push({
      id: random.uuid(notedAt),
      customerId,
      key,
      value,
      source,
      notedBy: source === 'booking' ? null : random.pick(context.staff.users).id,
      notedAt,
      confirmedAt: random.chance(0.3) ? Math.min(notedAt + 40 * 86_400_000, context.calendar.asOf) : null,
      ...untouched.preference,
      ...stored,
    })
  if (last) {
    const bookedAt = Math.min(last.arriveAt, context.calendar.asOf) - 5 * 86_400_000
    if (meals[last.meal] && last.meal !== 'BB') note('meal', meals[last.meal]!, 'booking', bookedAt)
    for (const request of last.specialRequests.slice(0, 1)) note('floor', request, 'booking', bookedAt)
    if (stays.length > 1 || random.chance(0.3)) {
      for (const [key, values] of tastes)
        if (random.chance(0.5))
          note(
            key,
            random.pick(values),
            random.chance(0.7) ? 'said' : 'observed',
            bookedAt - random.int(1, 200) * 86_400_000,
          )
    }
  }
  return { stays, preferences }
}

function stayOf(context: BuildContext, customerId: CustomerId, booking: Booking, serial: number, random: Random): Stay {
  const { calendar } = context
  const arriveOn = calendar.arrivalDate(booking.arrivalDay)
  const departOn = addDays(arriveOn, booking.nights)
  const past = departOn < calendar.today
  const status: Stay['status'] =
    booking.status === 'Canceled'
      ? 'cancelled'
      : arriveOn > calendar.today
        ? 'booked'
        : booking.status === 'No-Show'
          ? 'noShow'
          : past
            ? 'departed'
            : arriveOn === calendar.today && random.chance(0.5)
              ? 'booked'
              : 'inHouse'
  const assigned = status === 'departed' || status === 'inHouse'
  return {
    id: random.uuid(calendar.at(arriveOn, 0)),
    customerId,
    number: `H${400_000 + serial}`,
    arriveAt: calendar.at(arriveOn, CHECK_IN_SECOND),
    arriveOn,
    departOn,
    roomTypeReserved: booking.reservedRoom,
    roomTypeAssigned: assigned ? booking.assignedRoom : null,
    room: assigned ? `${random.int(1, 7)}${String(random.int(1, 40)).padStart(2, '0')}` : null,
    meal: booking.meal === 'Undefined' ? 'SC' : booking.meal,
    adults: booking.adults,
    children: booking.children,
    specialRequests: [...new Set(Array.from({ length: booking.specialRequests }, () => random.pick(requests)))],
    currency: 'EUR',
    dailyRateMinor: Math.max(0, booking.rateCents),
    status,
    repeatGuest: booking.repeatGuest,
    ...stored,
  }
}
