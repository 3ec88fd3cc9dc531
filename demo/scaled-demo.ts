import type { CustomerSeed } from './build/customer-seed.ts'
import { demoOf, type Demo } from './build-demo.ts'
import { purchasesOf } from './generate/purchases.ts'
import { Random } from './random.ts'
import type { BankCall } from './readers/bank-call.ts'

/**
 * The share of customers who have bought. With their parcels, invoices and payments this makes about five rows of
 * history for each customer.
 */
const BUYER_SHARE = 0.38
const CALLER_SHARE = 0.25

/**
 * A demo of any number of customers for benchmarks, made one customer at a time, so that it is never held in memory as
 * a whole.
 */
export function scaledDemo(seed: string, customers: number, asOf: number): Demo {
  return demoOf(
    {
      length: customers,
      *[Symbol.iterator]() {
        for (let index = 0; index < customers; index++) yield scaledSeed(seed, index)
      },
    },
    { seed, asOf, timeZone: 'Asia/Shanghai' },
  )
}

function scaledSeed(seed: string, index: number): CustomerSeed {
  const random = new Random(seed, 'scaled', index)
  const purchases = random.chance(BUYER_SHARE) ? purchasesOf(index, random) : []
  const calls: BankCall[] = random.chance(CALLER_SHARE)
    ? [
        {
          id: index + 1,
          customer: index,
          priority: 0,
          type: 'PS',
          day: random.int(0, 27),
          entrySecond: random.int(8 * 3600, 22 * 3600),
          menuSeconds: 8,
          queueSeconds: random.int(0, 90),
          outcome: 'AGENT',
          serviceSeconds: random.int(20, 400),
          server: `S${random.int(1, 20)}`,
        },
      ]
    : []
  return { index, kind: 'shop', purchases, bookings: [], calls }
}
