import type { BankCall } from '../readers/bank-call.ts'
import type { Booking } from '../readers/booking.ts'
import type { Purchase } from '../readers/purchase.ts'

/** All that the source says of one customer; names, phones, quotes and the rest are drawn from the seed and `index`. */
export interface CustomerSeed {
  /** From 0, without gaps: the sequence of account numbers. */
  readonly index: number
  readonly kind: 'shop' | 'guest'
  readonly purchases: readonly Purchase[]
  readonly bookings: readonly Booking[]
  readonly calls: readonly BankCall[]
}
