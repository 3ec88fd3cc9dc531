import { Random } from '../random.ts'
import type { Purchase } from '../readers/purchase.ts'
import { classOfCount } from '../shape/fit.ts'
import { fitted } from '../shape/fitted.ts'

/**
 * Generates all purchases of one customer in order of day, so that they resemble CDNOW's; `customer` is only copied.
 */
export function purchasesOf(customer: number, random: Random): Purchase[] {
  const shape = fitted.purchases
  const drawn = Number(random.weighted(Object.fromEntries(shape.counts.map((share, i) => [String(i + 1), share]))))
  const count = drawn < shape.counts.length ? drawn : Math.round(random.quantile(shape.manyPurchases))
  const group = classOfCount(count)
  const first = Math.round(random.quantile(shape.firstDay))
  const days = [first, ...laterDays(first, count - 1, group, random)]
  const spend = shape.cents[count === 1 ? 0 : group + 1]!
  return days.map((day) => {
    const cents = Math.max(0, Math.round(random.quantile(spend)))
    const units = Math.max(1, Math.round(cents / Math.max(1, random.quantile(shape.centsPerUnit))))
    return { customer, day, units, cents }
  })
}

/**
 * The days of the purchases after the first: the last one follows the fitted distribution of last purchases, the others
 * divide the time until then by the gaps of similar customers.
 */
function laterDays(first: number, count: number, group: number, random: Random): number[] {
  if (count === 0) return []
  const { days, gaps, spans } = fitted.purchases
  const span = random.quantile(spans[Math.min(count + 1, spans.length + 1) - 2]!) * (days - 1 - first)
  const shares = Array.from({ length: count }, () => random.quantile(gaps[group]!) + 0.5)
  const total = shares.reduce((sum, share) => sum + share, 0)
  let walked = 0
  return shares.map((share) => first + Math.round(((walked += share) / total) * span))
}

/** Generates the purchases of as many customers as the real data have. */
export function generatePurchases(seed: string, customers = fitted.purchases.customers): Purchase[] {
  const out: Purchase[] = []
  for (let customer = 1; customer <= customers; customer++)
    out.push(...purchasesOf(customer, new Random(seed, 'purchases', customer)))
  return out
}
