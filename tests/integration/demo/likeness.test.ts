import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { classOfCount, fitBookings, fitCalls, fitPurchases, quantilesOf } from '../../../demo/shape/fit.ts'
import { generateSource, missingDataFiles, readSource } from '../../../demo/source.ts'

const folder = process.env.RINGSIDE_DATA_SETS ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))
const absent = !existsSync(folder) || missingDataFiles(folder).length > 0

/**
 * The largest gap between two distributions' quantiles, relative to the range of the real one from its 5th to its 95th
 * percentile.
 */
const distance = (real: readonly number[], made: readonly number[]): number => {
  const a = quantilesOf(real, 100)
  const b = quantilesOf(made, 100)
  const spread = a[95]! - a[5]! || 1
  return Math.max(...a.slice(5, 96).map((value, i) => Math.abs(value - b[i + 5]!) / spread))
}

describe.skipIf(absent)(
  `the generated demo beside the published data${absent ? ' (skipped: the data sets are not beside the project)' : ''}`,
  async () => {
    const real = absent ? generateSource('none') : await readSource(folder)
    const made = generateSource('likeness')

    test('all rows of the three files are read', () => {
      expect([
        real.purchases.length,
        new Set(real.purchases.map((p) => p.customer)).size,
        real.bookings.length,
        real.calls.length,
      ]).toEqual([69_659, 23_570, 10_198, 33_344])
    })

    test('customers buy as often, spend as much and wait as long between purchases', () => {
      const a = fitPurchases(real.purchases)
      const b = fitPurchases(made.purchases)
      expect(b.customers).toBe(a.customers)
      expect(Math.abs(made.purchases.length / real.purchases.length - 1)).toBeLessThan(0.03)
      for (const [i, share] of a.counts.entries()) expect(Math.abs(b.counts[i]! - share)).toBeLessThan(0.01)
      expect(
        distance(
          real.purchases.map((p) => p.cents),
          made.purchases.map((p) => p.cents),
        ),
      ).toBeLessThan(0.05)
      for (const group of [0, 1, 2, 3])
        expect(distance(gaps(real.purchases, group), gaps(made.purchases, group))).toBeLessThan(0.2)
    })

    test('calls arrive in the same hours of the same weekdays, wait, give up and are served as long', () => {
      const a = fitCalls(real.calls)
      const b = fitCalls(made.calls)
      expect(b.arrivals).toEqual(a.arrivals)
      for (const outcome of ['AGENT', 'HANG']) {
        expect(Math.abs(b.outcome[outcome]! - a.outcome[outcome]!)).toBeLessThan(0.01)
        const waits = (calls: typeof real.calls) =>
          calls.filter((c) => c.outcome === outcome && c.queueSeconds > 0).map((c) => c.queueSeconds)
        expect(distance(waits(real.calls), waits(made.calls))).toBeLessThan(0.08)
      }
      const service = (calls: typeof real.calls) => calls.filter((c) => c.server !== null).map((c) => c.serviceSeconds)
      expect(distance(service(real.calls), service(made.calls))).toBeLessThan(0.05)
    })

    test('guests book the same rooms for as long, at the same rates', () => {
      const a = fitBookings(real.bookings)
      const b = fitBookings(made.bookings)
      for (const part of ['reservedRoom', 'meal', 'country', 'status', 'specialRequests'] as const) {
        for (const [key, share] of Object.entries(a[part]))
          expect(Math.abs((b[part][key] ?? 0) - share), `${part} ${key}`).toBeLessThan(0.02)
      }
      expect(
        distance(
          real.bookings.map((x) => x.nights),
          made.bookings.map((x) => x.nights),
        ),
      ).toBeLessThan(0.2)
      expect(
        distance(
          real.bookings.map((x) => x.rateCents),
          made.bookings.map((x) => x.rateCents),
        ),
      ).toBeLessThan(0.06)
      expect(
        distance(
          real.bookings.map((x) => x.arrivalDay),
          made.bookings.map((x) => x.arrivalDay),
        ),
      ).toBeLessThan(0.03)
    })
  },
)

function gaps(purchases: readonly { customer: number; day: number }[], group: number): number[] {
  const days = new Map<number, number[]>()
  for (const p of purchases) days.set(p.customer, [...(days.get(p.customer) ?? []), p.day])
  return [...days.values()]
    .filter((list) => list.length > 1 && classOfCount(list.length) === group)
    .flatMap((list) => {
      const sorted = list.toSorted((a, b) => a - b)
      return sorted.slice(1).map((day, i) => day - sorted[i]!)
    })
}
