import type { BankCall } from '../readers/bank-call.ts'
import type { Booking } from '../readers/booking.ts'
import type { Purchase } from '../readers/purchase.ts'

/**
 * Everything that the source says about one customer; names, phones, quotes and the rest are drawn from the seed and
 * `index`.
 */
export interface CustomerSeed {
  /** Counts from 0 without gaps; account numbers follow it. */
  readonly index: number
  readonly kind: 'shop' | 'guest'
  readonly purchases: readonly Purchase[]
  readonly bookings: readonly Booking[]
  readonly calls: readonly BankCall[]
}
