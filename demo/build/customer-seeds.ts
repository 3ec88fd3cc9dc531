import { Random } from '../random.ts'
import type { BankCall } from '../readers/bank-call.ts'
import type { Booking } from '../readers/booking.ts'
import type { Purchase } from '../readers/purchase.ts'
import type { DemoSource } from '../source.ts'
import type { CustomerSeed } from './customer-seed.ts'

/**
 * The share of bookings by guests who have been here before: the first part of the published file has no repeat guests
 * at all.
 */
const REPEAT_SHARE = 0.22

/**
 * Ties the three sources together: every buyer is a customer, every booking has a guest, and each caller of the bank is
 * one of these customers. Calls of people who did not identify themselves are spread over all customers. The same
 * source and seed give the same result.
 */
export function customerSeeds(source: DemoSource, seed: string): CustomerSeed[] {
  const random = new Random(seed, 'ties')
  const purchases = new Map<number, Purchase[]>()
  for (const p of source.purchases) push(purchases, p.customer, p)
  const guests = guestsOf(source.bookings, random)
  const count = purchases.size + guests.length
  const calls = new Map<number, BankCall[]>()
  const customerOfCaller = new Map<number, number>()
  for (const call of source.calls) {
    let index = customerOfCaller.get(call.customer)
    if (index === undefined || call.customer === 0) {
      index = random.int(0, count - 1)
      customerOfCaller.set(call.customer, index)
    }
    push(calls, index, call)
  }
  const shop = [...purchases.values()].map((list, index): CustomerSeed => ({
    index,
    kind: 'shop',
    purchases: list.toSorted((a, b) => a.day - b.day),
    bookings: [],
    calls: calls.get(index) ?? [],
  }))
  const hotel = guests.map((bookings, i): CustomerSeed => {
    const index = shop.length + i
    return { index, kind: 'guest', purchases: [], bookings, calls: calls.get(index) ?? [] }
  })
  return [...shop, ...hotel]
}

/** Groups bookings by guest: most are a guest's first, some belong to an earlier guest from the same country. */
function guestsOf(bookings: readonly Booking[], random: Random): Booking[][] {
  const guests: Booking[][] = []
  const byCountry = new Map<string, Booking[][]>()
  for (const booking of bookings.toSorted((a, b) => a.arrivalDay - b.arrivalDay)) {
    const known = byCountry.get(booking.country)
    if (known && (booking.repeatGuest || random.chance(REPEAT_SHARE))) {
      random.pick(known).push(booking)
      continue
    }
    const guest = [booking]
    guests.push(guest)
    if (known) known.push(guest)
    else byCountry.set(booking.country, [guest])
  }
  return guests
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
