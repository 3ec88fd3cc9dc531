import { beforeAll, describe, expect, it } from 'vitest'
import type { CustomerSeed } from '../../../demo/build/customer-seed.ts'
import type { RowSet } from '../../../demo/build/build-context.ts'
import { demoOf, type Demo } from '../../../demo/build-demo.ts'
import { CallPlan, type DemoCall } from '../../../demo/call-plan.ts'
import { generateBankCalls } from '../../../demo/generate/bank-calls.ts'
import { generateBookings } from '../../../demo/generate/bookings.ts'
import { purchasesOf } from '../../../demo/generate/purchases.ts'
import { Random } from '../../../demo/random.ts'
import { writtenIn } from '../../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../../domain/numbers/normalise-number.ts'
import type { Customer } from '../../../protocol/entities.ts'

const SEED = 'plan-test'
const SHOP = 1200

/** A few customers: shops, companies and hotel guests. */
function seeds(): CustomerSeed[] {
  const shop = Array.from({ length: SHOP }, (_, index): CustomerSeed => ({
    index,
    kind: 'shop',
    purchases: purchasesOf(index, new Random(SEED, index)),
    bookings: [],
    calls: [],
  }))
  const guests = generateBookings(SEED)
    .slice(-60)
    .map((booking, i): CustomerSeed => ({
      index: SHOP + i,
      kind: 'guest',
      purchases: [],
      bookings: [booking],
      calls: [],
    }))
  return [...shop, ...guests]
}

let demo: Demo
let rows: RowSet
let calls: DemoCall[]

beforeAll(() => {
  demo = demoOf(seeds(), { seed: SEED, asOf: Date.UTC(2026, 10, 20, 4), timeZone: 'Asia/Shanghai' })
  const plan = new CallPlan()
  rows = {}
  for (const chunk of demo.chunks(300)) {
    plan.watch(chunk.rows)
    for (const [entity, list] of Object.entries(chunk.rows))
      (rows as Record<string, unknown[]>)[entity] = [...((rows as Record<string, unknown[]>)[entity] ?? []), ...list]
  }
  calls = plan.calls(generateBankCalls(SEED).slice(0, 80), demo.context.staff.lines, SEED)
})

/** The customers to whom a call's number belongs. */
function callers({ from, line }: DemoCall): Customer[] {
  if (from.kind !== 'number') return []
  const { country } = demo.context.staff.lines.find((l) => l.number === line)!
  const { e164 } = normaliseNumber(from.raw, writtenIn(country))
  const owners = new Set(rows.contactPoint!.filter((point) => point.e164 === e164).map((point) => point.customerId))
  return rows.customer!.filter((customer) => owners.has(customer.id))
}
const named = (name: string) => calls.slice(0, 12).filter((call) => call.name === name)
const owns = (list: readonly { customerId: string | null }[] | undefined, customer: Customer) =>
  list!.some((row) => row.customerId === customer.id)

describe('the first dozen callers of a demo', () => {
  it('are of every kind that an agent deals with', () => {
    expect(named('withheld').length).toBe(1)
    expect(callers(named('unknown')[0]!)).toEqual([])
    expect(named('withheld, account number keyed')[0]).toMatchObject({
      from: { kind: 'withheld' },
      collected: expect.any(String) as string,
    })
    expect(callers(named('shared number')[0]!).length).toBeGreaterThan(1)
    expect(callers(named('guest')[0]!)[0]?.profile).toBe('hotel')
    const at = (name: string) => callers(named(name)[0]!)[0]!
    expect(
      owns(
        rows.complaint!.filter((row) => row.closedAt === null),
        at('open complaint'),
      ),
    ).toBe(true)
    expect(
      owns(
        rows.invoice!.filter((row) => row.status === 'open' && row.dueOn < demo.context.calendar.today),
        at('debts'),
      ),
    ).toBe(true)
    expect(
      owns(
        rows.quote!.filter((row) => row.status === 'issued'),
        at('open quote'),
      ),
    ).toBe(true)
  })

  it('include organisations with their business, their people, and the switchboard they share', () => {
    const [organisation] = callers(named('organisation')[0]!)
    expect(organisation).toMatchObject({ kind: 'organisation', profile: 'b2b' })
    expect(owns(rows.order, organisation!)).toBe(true)
    const [person] = callers(named('person of an organisation')[0]!)
    expect(person).toMatchObject({ kind: 'person', profile: 'b2b' })
    expect(owns(rows.preference, person!)).toBe(true)
    const shared = callers(named('switchboard')[0]!)
    expect(shared.some((customer) => customer.kind === 'organisation')).toBe(true)
    expect(shared.some((customer) => customer.kind === 'person')).toBe(true)
  })

  it('have all called within a few minutes', () => {
    expect(calls.slice(0, 12).reduce((sum, call) => sum + call.afterMs, 0)).toBeLessThan(5 * 60_000)
  })

  it('are all different customers', () => {
    const numbers = calls.slice(0, 12).flatMap(({ from }) => (from.kind === 'number' ? [from.raw] : []))
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

it('a demo has Chinese organisations under their Chinese names', () => {
  const chinese = rows.customer!.filter((customer) => customer.kind === 'organisation' && customer.country === 'CN')
  expect(chinese.length).toBeGreaterThan(5)
  for (const { nativeName } of chinese) expect(nativeName).toMatch(/\p{Script=Han}有限公司$/u)
})
