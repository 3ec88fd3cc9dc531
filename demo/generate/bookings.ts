import { Random } from '../random.ts'
import type { Booking } from '../readers/booking.ts'
import { fitted } from '../shape/fitted.ts'

/** Generates as many bookings as the real data have, in order of arrival. */
export function generateBookings(seed: string): Booking[] {
  const random = new Random(seed, 'bookings')
  const shape = fitted.bookings
  const bookings = Array.from({ length: shape.count }, (): Booking => {
    const reservedRoom = random.weighted(shape.reservedRoom)
    return {
      arrivalDay: Math.round(random.quantile(shape.arrivalDay)),
      nights: Math.round(random.quantile(shape.nights)),
      leadDays: Math.round(random.quantile(shape.leadDays)),
      adults: Number(random.weighted(shape.adults)),
      children: Number(random.weighted(shape.children)),
      meal: random.weighted(shape.meal),
      country: random.weighted(shape.country),
      segment: random.weighted(shape.segment),
      repeatGuest: false,
      reservedRoom,
      assignedRoom: random.weighted(shape.assignedRoom[reservedRoom]!),
      specialRequests: Number(random.weighted(shape.specialRequests)),
      parking: Number(random.weighted(shape.parking)),
      rateCents: Math.round(random.quantile(shape.rateCents[reservedRoom]!)),
      status: random.weighted(shape.status) as Booking['status'],
    }
  })
  return bookings.toSorted((a, b) => a.arrivalDay - b.arrivalDay)
}
