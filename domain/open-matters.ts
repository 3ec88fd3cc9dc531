import type { Complaint, Invoice, Order, Quote, Shipment, Stay, Task } from '../protocol/entities.ts'
import type { OpenMatter } from '../protocol/record.ts'
import { addDays, calendarDate, daysBetween, instantAt } from './zoned-time.ts'

export interface MatterRows {
  readonly complaints: readonly Complaint[]
  readonly orders: readonly Order[]
  readonly shipments: readonly Shipment[]
  readonly invoices: readonly Invoice[]
  readonly quotes: readonly Quote[]
  readonly tasks: readonly Task[]
  readonly stays: readonly Stay[]
}

const A_DAY = 86_400_000
/** An invoice that is due within this many days is worth mentioning while the customer is on the line. */
const DUE_SOON_DAYS = 3
/** A stay that begins within this many days is an open matter. */
const ARRIVAL_DAYS = 14

const kindOrder: readonly OpenMatter['kind'][] = ['complaint', 'task', 'invoice', 'order', 'quote', 'stay']
const urgencyOrder: readonly OpenMatter['urgency'][] = ['breach', 'soon', 'normal']

/**
 * The matters that are not finished between us and a customer, the most urgent first: first those past due, then those
 * due within a day, then the others.
 */
export function openMatters(rows: MatterRows, now: number, timeZone: string): OpenMatter[] {
  const today = calendarDate(now, timeZone)
  const dueSoonOn = addDays(today, DUE_SOON_DAYS)
  const arrivesSoonOn = addDays(today, ARRIVAL_DAYS)
  const matters: OpenMatter[] = [
    ...rows.complaints
      .filter((c) => c.closedAt === null)
      .map((row): OpenMatter => ({ kind: 'complaint', row, dueAt: row.dueAt, urgency: byInstant(row.dueAt, now) })),
    ...rows.tasks
      .filter((t) => t.status === 'open')
      .map((row): OpenMatter => ({ kind: 'task', row, dueAt: row.dueAt, urgency: byInstant(row.dueAt, now) })),
    ...rows.invoices
      .filter((i) => i.status === 'open' && i.dueOn <= dueSoonOn)
      .map((row): OpenMatter => ({
        kind: 'invoice',
        row,
        dueAt: endOfDay(row.dueOn, timeZone),
        urgency: byDate(row.dueOn, today),
        daysOverdue: Math.max(0, daysBetween(row.dueOn, today)),
      })),
    ...rows.orders
      .filter((o) => o.status === 'new' || o.status === 'confirmed' || o.status === 'shipped')
      .map((row): OpenMatter => {
        const shipment = rows.shipments.find((s) => s.orderId === row.id && s.status !== 'delivered') ?? null
        const expectedOn = shipment?.expectedOn ?? row.expectedOn
        return {
          kind: 'order',
          row,
          shipment,
          dueAt: expectedOn ? endOfDay(expectedOn, timeZone) : null,
          urgency: expectedOn ? byDate(expectedOn, today) : 'normal',
        }
      }),
    ...rows.quotes
      .filter((q) => q.status === 'issued' && q.validUntil >= now)
      .map((row): OpenMatter => ({
        kind: 'quote',
        row,
        dueAt: row.validUntil,
        urgency: row.validUntil - now < 2 * A_DAY || row.approval === 'needed' ? 'soon' : 'normal',
      })),
    ...rows.stays
      .filter(
        (s) => s.status === 'inHouse' || (s.status === 'booked' && s.arriveOn >= today && s.arriveOn <= arrivesSoonOn),
      )
      .map((row): OpenMatter => ({
        kind: 'stay',
        row,
        dueAt: row.arriveAt,
        urgency: row.status === 'inHouse' || row.arriveOn <= addDays(today, 1) ? 'soon' : 'normal',
      })),
  ]
  return matters.toSorted(
    (a, b) =>
      urgencyOrder.indexOf(a.urgency) - urgencyOrder.indexOf(b.urgency) ||
      kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) ||
      (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) ||
      (a.row.id < b.row.id ? -1 : 1),
  )
}

const byInstant = (dueAt: number | null, now: number): OpenMatter['urgency'] =>
  dueAt === null ? 'normal' : dueAt < now ? 'breach' : dueAt - now < A_DAY ? 'soon' : 'normal'

const byDate = (date: string, today: string): OpenMatter['urgency'] =>
  date < today ? 'breach' : date <= addDays(today, 1) ? 'soon' : 'normal'

function endOfDay(date: string, timeZone: string): number {
  const [year = 0, month = 1, day = 1] = addDays(date, 1).split('-').map(Number)
  return instantAt({ year, month, day }, timeZone) - 1
}
