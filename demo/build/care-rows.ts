import { complaintDueAt, owedBy } from '../../domain/complaint-chain.ts'
import { closeOfWorkingDay, officeHours } from '../../domain/working-time.ts'
import type { Complaint, Customer, Order, Preference, Quote, Task } from '../../protocol/entities.ts'
import type { ComplaintStep } from '../../protocol/entities/complaint.ts'
import { Random } from '../random.ts'
import { stored, type BuildContext } from './build-context.ts'
import type { CustomerSeed } from './customer-seed.ts'
import { spokenIn } from './interaction-rows.ts'

const A_DAY = 86_400_000
const steps: readonly ComplaintStep[] = ['logged', 'informed', 'assigned', 'investigated', 'confirmed', 'told']
const subjects = ['scratches on the front', 'benzene smell in moulding', 'two pieces missing', 'colour differs from the sample', 'late for the third time', '包装破损', '尺寸与样品不符', 'invoice charged twice'] as const
const retailTastes: readonly (readonly [key: string, values: readonly string[]])[] = [
  ['contactTime', ['never before 10:00', 'after 18:00', 'mornings only']], ['invoice', ['e-invoice', 'paper invoice to accounting', '增值税专用发票']],
  ['channel', ['WeChat before a call', 'e-mail first']], ['delivery', ['to the back gate', 'call the driver first', '送货前请先电话']],
]

export interface CareRows {
  readonly quotes: Quote[]
  readonly complaints: Complaint[]
  readonly preferences: Preference[]
  readonly tasks: Task[]
}

/** What sits between us and a buyer: quotes, complaints, preferences and promises, more of them where there is more business. */
export function careRows(context: BuildContext, seed: CustomerSeed, customer: Customer, orders: readonly Order[]): CareRows {
  const random = new Random(context.seed, 'care', seed.index)
  const busy = customer.kind === 'organisation' ? 3 : Math.min(3, orders.length / 4)
  const rows: CareRows = { quotes: [], complaints: [], preferences: [], tasks: [] }
  const quotes = random.chance(0.08 + busy * 0.22) ? random.int(1, 1 + Math.round(busy)) : 0
  for (let i = 0; i < quotes; i++) addQuote(rows, context, seed, customer, i, random)
  if (random.chance(0.015 + busy * 0.03)) addComplaint(rows, context, seed, customer, orders.at(-1) ?? null, random)
  for (const [key, values] of retailTastes) {
    if (!random.chance(0.06 + busy * 0.15)) continue
    const notedAt = context.calendar.asOf - random.int(3, 400) * A_DAY
    rows.preferences.push({
      id: random.uuid(notedAt), customerId: customer.id, key, value: random.pick(spokenIn(customer.country, values)), source: 'said', notedBy: random.pick(context.staff.agents).id, notedAt,
      confirmedAt: null, ...stored,
    })
  }
  if (random.chance(0.006 + busy * 0.01)) {
    const dueAt = context.calendar.asOf + random.int(-26, 60) * 3_600_000
    const createdAt = context.calendar.asOf - random.int(1, 6) * A_DAY
    rows.tasks.push({
      id: random.uuid(createdAt), customerId: customer.id, kind: 'callback', title: random.pick(spokenIn(customer.country, ['Call back about delivery', 'Ask whether the samples fit', '回访：上次投诉处理结果', 'Confirm the new address'])),
      detail: '', dueAt, status: 'open', ownerUserId: random.chance(0.4) ? context.staff.agents[0]!.id : random.chance(0.5) ? null : random.pick(context.staff.agents).id,
      createdBy: random.pick(context.staff.agents).id, createdAt, doneAt: null, sourceId: null, ...stored,
    })
  }
  return rows
}

function addQuote(rows: CareRows, context: BuildContext, seed: CustomerSeed, customer: Customer, i: number, random: Random): void {
  const issuedAt = context.calendar.asOf - Math.round((0.2 + random.next() ** 2 * 120) * A_DAY)
  const validUntil = issuedAt + 14 * A_DAY
  const by = random.pick(context.staff.agents.slice(0, 8)).id
  const products = Array.from({ length: random.int(1, 2) }, () => random.pick(context.catalogue.products))
  const lines = products.map((product) => {
    const room = product.listPriceMinor - product.floorPriceMinor
    const unitPriceMinor = random.chance(0.4) ? product.listPriceMinor : product.floorPriceMinor + Math.round((room * random.next()) / 100) * 100
    return {
      productId: product.id, sku: product.sku, name: product.name, quantity: random.int(1, 40), unitPriceMinor, listPriceMinor: product.listPriceMinor,
      floorPriceMinor: product.floorPriceMinor, reason: unitPriceMinor === product.listPriceMinor ? null : random.pick(spokenIn(customer.country, ['volume', 'competitor', 'first order', '老客户'])),
    }
  })
  const open = validUntil > context.calendar.asOf
  const quote: Quote = {
    id: random.uuid(issuedAt), customerId: customer.id, number: `Q-${1000 + seed.index * 4 + i}`, issuedAt, issuedBy: by, validUntil,
    status: open ? (random.chance(0.75) ? 'issued' : 'accepted') : random.weighted({ expired: 5, accepted: 4, rejected: 1 }), approval: 'none', supersedes: null, currency: 'CNY',
    totalMinor: lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0), lines, ...stored,
  }
  rows.quotes.push(quote)
  if (quote.status !== 'issued') return
  rows.tasks.push({
    id: random.uuid(issuedAt), customerId: customer.id, kind: 'quoteFollowUp', title: lines.map((line) => line.sku).join(', '), detail: '',
    dueAt: closeOfWorkingDay(issuedAt, 3, officeHours(context.calendar.timeZone)), status: 'open', ownerUserId: by, createdBy: by, createdAt: issuedAt, doneAt: null, sourceId: quote.id, ...stored,
  })
}

function addComplaint(rows: CareRows, context: BuildContext, seed: CustomerSeed, customer: Customer, order: Order | null, random: Random): void {
  const openedAt = context.calendar.asOf - Math.round(random.next() ** 2 * 60 * A_DAY) - 3_600_000
  const age = (context.calendar.asOf - openedAt) / A_DAY
  const step = age > 12 && random.chance(0.9) ? 'told' : steps[Math.min(4, Math.floor(age / 2))]!
  const reachedAt = Math.min(openedAt + Math.floor(age / 2) * 2 * A_DAY, context.calendar.asOf - 1_800_000)
  const by = random.pick(context.staff.agents).id
  rows.complaints.push({
    id: random.uuid(openedAt), customerId: customer.id, number: `C-${1000 + seed.index}`, subject: random.pick(spokenIn(customer.country, subjects)), description: '', severity: random.weighted({ normal: 6, low: 2, high: 2 }), step,
    department: owedBy(step, random.pick(['production', 'purchasing', 'logistics'])), ownerUserId: by, orderId: order?.id ?? null, openedAt, openedBy: by,
    dueAt: complaintDueAt(step, reachedAt, officeHours(context.calendar.timeZone)), closedAt: step === 'told' ? Math.min(openedAt + 9 * A_DAY, context.calendar.asOf) : null, ...stored,
  })
}
