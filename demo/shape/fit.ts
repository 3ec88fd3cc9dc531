import type { BankCall } from '../readers/bank-call.ts'
import type { Booking } from '../readers/booking.ts'
import type { Purchase } from '../readers/purchase.ts'

/** Everything that the generator knows about the real data: shares and quantiles, never a row. */
export interface Shape {
  readonly purchases: {
    readonly customers: number
    readonly days: number
    /**
     * The share of customers by number of purchases; the last class is "that many or more", drawn from `manyPurchases`.
     */
    readonly counts: readonly number[]
    readonly manyPurchases: readonly number[]
    readonly firstDay: readonly number[]
    /** Days between purchases, by number of purchases: 2, 3–5, 6–10, 11 and more. */
    readonly gaps: readonly (readonly number[])[]
    /**
     * Where the last purchase lies, as a share of the time left after the first one, by number of purchases: 2 to 10,
     * 11 and more.
     */
    readonly spans: readonly (readonly number[])[]
    /** The amount of one purchase in cents, by the same classes and a first class for "1". */
    readonly cents: readonly (readonly number[])[]
    /** The units by amount: quantiles of cents per unit. */
    readonly centsPerUnit: readonly number[]
  }
  readonly bookings: {
    readonly count: number
    readonly arrivalDay: readonly number[]
    readonly nights: readonly number[]
    readonly leadDays: readonly number[]
    readonly rateCents: Readonly<Record<string, readonly number[]>>
    readonly reservedRoom: Readonly<Record<string, number>>
    /** The share of stays that get another room type than the reserved one, and which type. */
    readonly assignedRoom: Readonly<Record<string, Readonly<Record<string, number>>>>
    readonly meal: Readonly<Record<string, number>>
    readonly country: Readonly<Record<string, number>>
    readonly segment: Readonly<Record<string, number>>
    readonly status: Readonly<Record<string, number>>
    readonly specialRequests: Readonly<Record<string, number>>
    readonly adults: Readonly<Record<string, number>>
    readonly children: Readonly<Record<string, number>>
    readonly parking: Readonly<Record<string, number>>
  }
  readonly calls: {
    readonly count: number
    readonly days: number
    readonly servers: number
    /** Arrivals by weekday (0 Monday) and hour. */
    readonly arrivals: readonly (readonly number[])[]
    readonly type: Readonly<Record<string, number>>
    readonly priority: Readonly<Record<string, number>>
    readonly identified: number
    /** Calls a month for each identified customer. */
    readonly callsPerCustomer: readonly number[]
    readonly outcome: Readonly<Record<string, number>>
    /** The share of calls that queued, by outcome. */
    readonly queued: Readonly<Record<string, number>>
    readonly waitSeconds: Readonly<Record<string, readonly number[]>>
    readonly serviceSeconds: Readonly<Record<string, readonly number[]>>
    readonly menuSeconds: readonly number[]
    readonly serverShare: readonly number[]
  }
}

const STEPS = 60
const round = (value: number): number => Math.round(value * 100) / 100

/** Quantiles at equal steps from 0 to 1, both ends included. */
export function quantilesOf(values: readonly number[], steps = STEPS): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  if (sorted.length === 0) return [0, 0]
  return Array.from({ length: steps + 1 }, (_, i) =>
    round(sorted[Math.min(sorted.length - 1, Math.round((i / steps) * (sorted.length - 1)))]!),
  )
}

/** Shares of the values, the most frequent first; values rarer than one in a thousand are left out. */
export function sharesOf(values: readonly (string | number)[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  const kept = [...counts].filter(([, n]) => n >= values.length / 1000).toSorted(([, a], [, b]) => b - a)
  return Object.fromEntries(kept.map(([key, n]) => [key, Math.round((n / values.length) * 10_000) / 10_000]))
}

/** Customers with this many purchases or more form one class. */
const MANY = 11
export const classOfCount = (count: number): number => (count <= 2 ? 0 : count <= 5 ? 1 : count <= 10 ? 2 : 3)

const groupBy = <T>(rows: readonly T[], key: (row: T) => string | number): Map<string | number, T[]> => {
  const groups = new Map<string | number, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}

/** Fits the purchases: counts, gaps and amounts, by how often a customer buys. */
export function fitPurchases(rows: readonly Purchase[]): Shape['purchases'] {
  const customers = [...groupBy(rows, (p) => p.customer).values()].map((list) => list.toSorted((a, b) => a.day - b.day))
  const counts = Array.from({ length: MANY }, () => 0)
  for (const list of customers) counts[Math.min(list.length, MANY) - 1]! += 1
  const days = Math.max(...rows.map((p) => p.day)) + 1
  const gaps: number[][] = [[], [], [], []]
  const spans: number[][] = Array.from({ length: MANY - 1 }, () => [])
  const cents: number[][] = [[], [], [], [], []]
  for (const list of customers) {
    const group = classOfCount(list.length)
    const [first, last] = [list[0]!.day, list.at(-1)!.day]
    if (list.length > 1) spans[Math.min(list.length, MANY) - 2]!.push((last - first) / (days - 1 - first))
    for (const [i, p] of list.entries()) {
      if (i > 0) gaps[group]!.push(p.day - list[i - 1]!.day)
      cents[list.length === 1 ? 0 : group + 1]!.push(p.cents)
    }
  }
  return {
    customers: customers.length,
    days,
    counts: counts.map((n) => Math.round((n / customers.length) * 10_000) / 10_000),
    manyPurchases: quantilesOf(
      customers.filter((l) => l.length >= MANY).map((l) => l.length),
      200,
    ),
    firstDay: quantilesOf(customers.map((l) => l[0]!.day)),
    gaps: gaps.map((g) => quantilesOf(g)),
    spans: spans.map((g) => quantilesOf(g, 30)),
    cents: cents.map((c) => quantilesOf(c)),
    centsPerUnit: quantilesOf(rows.filter((p) => p.units > 0).map((p) => p.cents / p.units)),
  }
}

/** Fits the bookings: the shares of each column, and the rate and the assigned room by reserved room. */
export function fitBookings(rows: readonly Booking[]): Shape['bookings'] {
  const byRoom = [...groupBy(rows, (b) => b.reservedRoom)].filter(([, list]) => list.length >= rows.length / 1000)
  return {
    count: rows.length,
    arrivalDay: quantilesOf(
      rows.map((b) => b.arrivalDay),
      200,
    ),
    nights: quantilesOf(rows.map((b) => b.nights)),
    leadDays: quantilesOf(rows.map((b) => b.leadDays)),
    rateCents: Object.fromEntries(
      byRoom.map(([room, list]) => [
        room,
        quantilesOf(
          list.map((b) => b.rateCents),
          30,
        ),
      ]),
    ),
    reservedRoom: sharesOf(rows.map((b) => b.reservedRoom)),
    assignedRoom: Object.fromEntries(byRoom.map(([room, list]) => [room, sharesOf(list.map((b) => b.assignedRoom))])),
    meal: sharesOf(rows.map((b) => b.meal)),
    country: sharesOf(rows.map((b) => b.country)),
    segment: sharesOf(rows.map((b) => b.segment)),
    status: sharesOf(rows.map((b) => b.status)),
    specialRequests: sharesOf(rows.map((b) => b.specialRequests)),
    adults: sharesOf(rows.map((b) => b.adults)),
    children: sharesOf(rows.map((b) => b.children)),
    parking: sharesOf(rows.map((b) => b.parking)),
  }
}

/** Fits the calls: arrivals by weekday and hour, waits and patience by outcome, service times by type. */
export function fitCalls(rows: readonly BankCall[]): Shape['calls'] {
  const arrivals = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0))
  for (const call of rows) arrivals[call.day % 7]![Math.floor(call.entrySecond / 3600) % 24]! += 1
  const identified = rows.filter((c) => c.customer !== 0)
  const outcomes = [...groupBy(rows, (c) => c.outcome)]
  const served = rows.filter((c) => c.outcome === 'AGENT' && c.server !== null)
  return {
    count: rows.length,
    days: Math.max(...rows.map((c) => c.day)) + 1,
    servers: new Set(served.map((c) => c.server)).size,
    arrivals,
    type: sharesOf(rows.map((c) => c.type)),
    priority: sharesOf(rows.map((c) => c.priority)),
    identified: round(identified.length / rows.length),
    callsPerCustomer: quantilesOf(
      [...groupBy(identified, (c) => c.customer).values()].map((l) => l.length),
      200,
    ),
    outcome: sharesOf(rows.map((c) => c.outcome)),
    queued: Object.fromEntries(
      outcomes.map(([k, list]) => [k, round(list.filter((c) => c.queueSeconds > 0).length / list.length)]),
    ),
    waitSeconds: Object.fromEntries(
      outcomes.map(([k, list]) => [k, quantilesOf(list.filter((c) => c.queueSeconds > 0).map((c) => c.queueSeconds))]),
    ),
    serviceSeconds: Object.fromEntries(
      [...groupBy(served, (c) => c.type)].map(([k, list]) => [k, quantilesOf(list.map((c) => c.serviceSeconds))]),
    ),
    menuSeconds: quantilesOf(rows.map((c) => c.menuSeconds)),
    serverShare: [...groupBy(served, (c) => c.server!).values()]
      .map((l) => Math.round((l.length / served.length) * 10_000) / 10_000)
      .toSorted((a, b) => b - a),
  }
}
