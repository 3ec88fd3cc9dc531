import { beforeAll, describe, expect, it } from 'vitest'
import type { RowSet } from '../../../demo/build/build-context.ts'
import { demoOf } from '../../../demo/build-demo.ts'
import { purchasesOf } from '../../../demo/generate/purchases.ts'
import { Random } from '../../../demo/random.ts'
import type { Complaint, Customer, Quote, Task } from '../../../protocol/entities.ts'

const SEED = 'calm-test'
const NOW = Date.UTC(2026, 10, 20, 4)
const DAY = 86_400_000

const rows: { task: Task[]; complaint: Complaint[]; quote: Quote[]; customer: Customer[] } = {
  task: [],
  complaint: [],
  quote: [],
  customer: [],
}
/** The open tasks of each owner. */
let perAgent: ReadonlyMap<string | null, readonly Task[]>

beforeAll(() => {
  const seeds = Array.from({ length: 6000 }, (_, index) => ({
    index,
    kind: 'shop' as const,
    purchases: purchasesOf(index, new Random(SEED, index)),
    bookings: [],
    calls: [],
  }))
  for (const chunk of demoOf(seeds, { seed: SEED, asOf: NOW, timeZone: 'Asia/Shanghai' }).chunks(1000)) {
    const made: RowSet = chunk.rows
    rows.task.push(...(made.task ?? []))
    rows.complaint.push(...(made.complaint ?? []))
    rows.quote.push(...(made.quote ?? []))
    rows.customer.push(...(made.customer ?? []))
  }
  perAgent = Map.groupBy(
    rows.task.filter((task) => task.status === 'open'),
    (task) => task.ownerUserId,
  )
})

const share = <T>(of: readonly T[], which: (one: T) => boolean) => of.filter(which).length / of.length

describe('in the demo, as in a calm call center,', () => {
  it('nearly every promise is kept, and most of them in time', () => {
    const past = rows.task.filter((task) => task.dueAt < NOW)
    expect(share(past, (task) => task.status === 'done')).toBeGreaterThan(0.97)
    expect(share(past, (task) => task.doneAt !== null && task.doneAt > task.dueAt)).toBeGreaterThan(0.1)
    expect(share(past, (task) => task.doneAt !== null && task.doneAt > task.dueAt)).toBeLessThan(0.3)
    for (const { status, doneAt, createdAt } of rows.task) {
      expect(doneAt !== null, 'done, and since when').toBe(status === 'done')
      expect(doneAt === null || (doneAt >= createdAt && doneAt <= NOW)).toBe(true)
    }
  })

  it('a minority of the open tasks is late, by a few days at most; the rest is due today and in the next days', () => {
    const open = rows.task.filter((task) => task.status === 'open')
    expect(open.length).toBeGreaterThan(10)
    expect(share(open, (task) => task.dueAt < NOW)).toBeLessThan(0.35)
    expect(open.some((task) => task.dueAt < NOW)).toBe(true)
    for (const task of open) expect(Math.abs(task.dueAt - NOW)).toBeLessThan(7 * DAY)
    // This is a fifth of the demo's customers: no owner has more than a handful of tasks.
    for (const tasks of perAgent.values()) expect(tasks.length).toBeLessThan(8)
  })

  it('complaints are with every department and at every step, and few of them are late', () => {
    const open = rows.complaint.filter((complaint) => complaint.closedAt === null)
    expect(share(rows.complaint, (complaint) => complaint.closedAt === null)).toBeLessThan(0.12)
    expect(new Set(open.map((complaint) => complaint.department)).size).toBeGreaterThanOrEqual(3)
    expect(new Set(open.map((complaint) => complaint.step)).size).toBeGreaterThanOrEqual(3)
    expect(share(open, (complaint) => complaint.dueAt! < NOW)).toBeLessThan(0.4)
    for (const { step, closedAt } of rows.complaint) expect(closedAt !== null).toBe(step === 'told')
  })

  it('an open quote was issued within the last two weeks, and no quote was answered before it was issued', () => {
    const issued = rows.quote.filter((quote) => quote.status === 'issued')
    expect(issued.length).toBeGreaterThan(10)
    for (const quote of issued) expect(quote.validUntil > NOW && quote.issuedAt < NOW).toBe(true)
  })

  it('a town is written as the people there write it, and no name has letters that a Chinese font draws wide', () => {
    for (const { country, city } of rows.customer) expect(/\p{Script=Han}/u.test(city!)).toBe(country === 'CN')
    expect(rows.customer.some(({ displayName }) => displayName.includes("Xi'an"))).toBe(true)
    for (const { displayName } of rows.customer) expect(displayName).not.toContain('’')
  })
})
