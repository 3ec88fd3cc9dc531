import { untouched } from '../../domain/untouched-rows.ts'
import type { Customer, Quote } from '../../protocol/entities.ts'
import { Random } from '../random.ts'
import { stored, type BuildContext } from './build-context.ts'
import { nameOnPaper } from './catalogue.ts'
import type { CustomerSeed } from './customer-seed.ts'
import { spokenIn } from './interaction-rows.ts'

const A_MINUTE = 60_000
const VALID_DAYS = 14
/**
 * The customers (by their place in the build) for whom an agent asked for a price below the floor, and how many minutes
 * ago.
 */
const asked: ReadonlyMap<number, number> = new Map([
  [3, 38],
  [11, 155],
])

/**
 * A price below the floor that waits for a supervisor; null for all but the few customers who were promised an answer.
 */
export function waitingPrice(
  { seed, calendar, catalogue, staff }: BuildContext,
  { index }: CustomerSeed,
  customer: Customer,
): Quote | null {
  const minutes = asked.get(index)
  if (minutes === undefined) return null
  const random = new Random(seed, 'waiting', index)
  const askedAt = calendar.asOf - minutes * A_MINUTE
  const product = random.pick(catalogue.products)
  const quantity = random.int(40, 200)
  const unitPriceMinor = Math.round((product.floorPriceMinor * 0.96) / 100) * 100
  return {
    id: random.uuid(askedAt),
    customerId: customer.id,
    number: `Q-${1000 + index * 4 + 3}`,
    issuedAt: askedAt,
    issuedBy: staff.agents[index === 3 ? 0 : 1]!.id,
    validUntil: askedAt + VALID_DAYS * 24 * 60 * A_MINUTE,
    status: 'issued',
    approval: 'needed',
    supersedes: null,
    currency: product.currency,
    totalMinor: quantity * unitPriceMinor,
    lines: [
      {
        productId: product.id,
        sku: product.sku,
        name: nameOnPaper(product, customer.country),
        quantity,
        unitPriceMinor,
        listPriceMinor: product.listPriceMinor,
        floorPriceMinor: product.floorPriceMinor,
        reason: random.pick(
          spokenIn(customer.country, [
            'a competitor offers 5 % less',
            'takes twice as much from now on',
            '老客户，要求与去年同价',
          ]),
        ),
      },
    ],
    ...untouched.quote,
    askedAt,
    ...stored,
  }
}
