import { FOLLOW_UP_WORKING_DAYS } from '../../domain/commands/quote-commands.ts'
import { closeOfWorkingDay, officeHours } from '../../domain/working-time.ts'
import { untouched } from '../../domain/untouched-rows.ts'
import { addDays } from '../../domain/zoned-time.ts'
import type { Complaint, Customer, Order, Preference, Quote, Task } from '../../protocol/entities.ts'
import { Random } from '../random.ts'
import { stored, type BuildContext } from './build-context.ts'
import { complaintRow } from './complaint-rows.ts'
import { nameOnPaper } from './catalogue.ts'
import type { CustomerSeed } from './customer-seed.ts'
import { spokenIn } from './interaction-rows.ts'
import { doneAfter } from './pace.ts'
import { waitingPrice } from './waiting-price.ts'

const A_DAY = 86_400_000
/** How many days of quotes and callbacks there are: some of the last week's are still open, the others are history. */
const QUOTE_DAYS = 240
const CALLBACK_DAYS = 60
const QUOTE_VALID_DAYS = 14
const retailTastes: readonly (readonly [key: string, values: readonly string[]])[] = [
  ['contactTime', ['never before 10:00', 'after 18:00', 'mornings only']],
  ['invoice', ['e-invoice', 'paper invoice to accounting', '增值税专用发票']],
  ['channel', ['WeChat before a call', 'e-mail first']],
  ['delivery', ['to the back gate', 'call the driver first', '送货前请先电话']],
]

export interface CareRows {
  readonly quotes: Quote[]
  readonly complaints: Complaint[]
  readonly preferences: Preference[]
  readonly tasks: Task[]
}

/**
 * The open and past matters with a buyer: quotes, complaints, preferences and promises. A buyer with more business has
 * more of them.
 */
export function careRows(
  context: BuildContext,
  seed: CustomerSeed,
  customer: Customer,
  orders: readonly Order[],
): CareRows {
  const random = new Random(context.seed, 'care', seed.index)
  const busy = customer.kind === 'organisation' ? 3 : Math.min(3, orders.length / 4)
  const rows: CareRows = { quotes: [], complaints: [], preferences: [], tasks: [] }
  const quotes = random.chance(0.08 + busy * 0.22) ? random.int(1, 1 + Math.round(busy)) : 0
  for (let i = 0; i < quotes; i++) addQuote(rows, context, seed, customer, i, random)
  const waiting = waitingPrice(context, seed, customer)
  if (waiting) rows.quotes.push(waiting)
  if (random.chance(0.015 + busy * 0.03))
    rows.complaints.push(complaintRow(context, seed, customer, orders.at(-1) ?? null, random))
  for (const [key, values] of retailTastes) {
    if (!random.chance(0.06 + busy * 0.15)) continue
    const notedAt = context.calendar.asOf - random.int(3, 400) * A_DAY
    rows.preferences.push({
      id: random.uuid(notedAt),
      customerId: customer.id,
      key,
      value: random.pick(spokenIn(customer.country, values)),
      source: 'said',
      notedBy: random.pick(context.staff.agents).id,
      notedAt,
      confirmedAt: null,
      ...untouched.preference,
      ...stored,
    })
  }
  if (random.chance(0.006 + busy * 0.01)) rows.tasks.push(callback(context, customer, random))
  return rows
}

/**
 * A promise to call back within a few days. The first agent, as whom the demo is shown, gave more of them than the
 * others.
 */
function callback(context: BuildContext, customer: Customer, random: Random): Task {
  const { calendar, staff } = context
  const promisedOn = addDays(calendar.today, -random.int(0, CALLBACK_DAYS))
  const createdAt = Math.min(calendar.at(promisedOn, random.int(9 * 3600, 18 * 3600)), calendar.asOf - 60_000)
  const dueAt = calendar.at(addDays(promisedOn, random.int(1, 5)), random.int(18, 35) * 1800)
  return {
    id: random.uuid(createdAt),
    customerId: customer.id,
    kind: 'callback',
    title: random.pick(
      spokenIn(customer.country, [
        'Call back about delivery',
        'Ask whether the samples fit',
        '回访：上次投诉处理结果',
        'Confirm the new address',
      ]),
    ),
    detail: '',
    dueAt,
    ...standing(createdAt, dueAt, calendar.asOf, random),
    ownerUserId: random.chance(0.1) ? staff.agents[0]!.id : random.chance(0.2) ? null : random.pick(staff.agents).id,
    createdBy: random.pick(staff.agents).id,
    createdAt,
    sourceId: null,
    ...untouched.task,
    ...stored,
  }
}

/** Whether a promise was kept by now, and since when. */
function standing(createdAt: number, dueAt: number, asOf: number, random: Random): Pick<Task, 'status' | 'doneAt'> {
  const doneAt = doneAfter(createdAt, dueAt, random)
  return doneAt > asOf ? { status: 'open', doneAt: null } : { status: 'done', doneAt }
}

function addQuote(
  rows: CareRows,
  context: BuildContext,
  seed: CustomerSeed,
  customer: Customer,
  i: number,
  random: Random,
): void {
  const { asOf, timeZone } = context.calendar
  const issuedAt = asOf - Math.round((0.05 + random.next() * QUOTE_DAYS) * A_DAY)
  const validUntil = issuedAt + QUOTE_VALID_DAYS * A_DAY
  const by = random.pick(context.staff.agents).id
  const products = Array.from({ length: random.int(1, 2) }, () => random.pick(context.catalogue.products))
  const lines = products.map((product) => {
    const room = product.listPriceMinor - product.floorPriceMinor
    const unitPriceMinor = random.chance(0.4)
      ? product.listPriceMinor
      : product.floorPriceMinor + Math.round((room * random.next()) / 100) * 100
    return {
      productId: product.id,
      sku: product.sku,
      name: nameOnPaper(product, customer.country),
      quantity: random.int(1, 40),
      unitPriceMinor,
      listPriceMinor: product.listPriceMinor,
      floorPriceMinor: product.floorPriceMinor,
      reason:
        unitPriceMinor === product.listPriceMinor
          ? null
          : random.pick(spokenIn(customer.country, ['volume', 'competitor', 'first order', '老客户'])),
    }
  })
  const open = validUntil > asOf
  const quote: Quote = {
    id: random.uuid(issuedAt),
    customerId: customer.id,
    number: `Q-${1000 + seed.index * 4 + i}`,
    issuedAt,
    issuedBy: by,
    validUntil,
    status: open
      ? random.chance(0.75)
        ? 'issued'
        : 'accepted'
      : random.weighted({ expired: 5, accepted: 4, rejected: 1 }),
    approval: 'none',
    supersedes: null,
    currency: 'CNY',
    totalMinor: lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0),
    lines,
    ...untouched.quote,
    ...stored,
  }
  rows.quotes.push(quote)
  const dueAt = closeOfWorkingDay(issuedAt, FOLLOW_UP_WORKING_DAYS, officeHours(timeZone))
  const followedUp = standing(issuedAt, dueAt, asOf, random)
  rows.tasks.push({
    id: random.uuid(issuedAt),
    customerId: customer.id,
    kind: 'quoteFollowUp',
    title: lines.map((line) => line.sku).join(', '),
    detail: '',
    dueAt,
    // A customer who has answered needs no follow-up call any more.
    ...(followedUp.status === 'open' && quote.status !== 'issued'
      ? { status: 'done' as const, doneAt: Math.round((issuedAt + asOf) / 2) }
      : followedUp),
    ownerUserId: by,
    createdBy: by,
    createdAt: issuedAt,
    sourceId: quote.id,
    ...untouched.task,
    ...stored,
  })
}
