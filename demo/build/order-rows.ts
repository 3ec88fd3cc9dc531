import type { CustomerId } from '../../protocol/scalars.ts'
import { addDays } from '../../domain/zoned-time.ts'
import type { Invoice, Order, OrderReturn, Payment, Product, Shipment } from '../../protocol/entities.ts'
import { Random } from '../random.ts'
import type { Purchase } from '../readers/purchase.ts'
import { fenOfCents, stored, type BuildContext } from './build-context.ts'
import { nameOnPaper } from './catalogue.ts'
import type { CustomerSeed } from './customer-seed.ts'
import { nameOf } from './identity.ts'

export interface OrderRows {
  readonly orders: Order[]
  readonly shipments: Shipment[]
  readonly returns: OrderReturn[]
  readonly invoices: Invoice[]
  readonly payments: Payment[]
}

const A_DAY = 86_400_000
/** The order numbers of one customer lie in a block, which is larger than the number of orders that anyone has. */
const ORDERS_PER_CUSTOMER = 250
const carriers = ['SF Express', 'DHL', 'EMS', 'JD Logistics', 'UPS'] as const
const returnReasons = [
  'arrived damaged',
  'wrong colour',
  'ordered twice',
  'does not fit',
  'later than promised',
] as const

/**
 * A customer's purchases as orders, with parcels, invoices, payments and an occasional return. The progress of each
 * follows from its age.
 */
export function orderRows(context: BuildContext, seed: CustomerSeed, customerId: CustomerId): OrderRows {
  const { country } = nameOf(context, seed)
  const rows: OrderRows = { orders: [], shipments: [], returns: [], invoices: [], payments: [] }
  for (const [i, purchase] of seed.purchases.entries()) {
    const random = new Random(context.seed, 'order', seed.index, i)
    addOrder(rows, context, { customerId, country }, purchase, seed.index * ORDERS_PER_CUSTOMER + i, random)
  }
  return rows
}

function addOrder(
  rows: OrderRows,
  context: BuildContext,
  { customerId, country }: { customerId: CustomerId; country: string | null },
  purchase: Purchase,
  serial: number,
  random: Random,
): void {
  const { calendar } = context
  const placedOn = calendar.purchaseDate(purchase.day)
  const placedAt = Math.min(calendar.at(placedOn, random.int(9 * 3600, 21 * 3600)), calendar.asOf - 60_000)
  const age = (calendar.asOf - placedAt) / A_DAY
  const late = random.chance(age < 30 ? 0.04 : 0.0005)
  const cancelled = random.chance(0.012)
  const status: Order['status'] = cancelled
    ? 'cancelled'
    : late
      ? 'shipped'
      : age < 0.4
        ? 'new'
        : age < 1.2
          ? 'confirmed'
          : age < 5
            ? 'shipped'
            : random.chance(0.012)
              ? 'returned'
              : 'delivered'
  const number = String(8_000_000 + serial)
  const lines = orderLines(purchase, context.catalogue.products, country, random)
  const totalMinor = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0)
  const expectedOn = addDays(placedOn, late ? Math.max(2, Math.floor(age) - random.int(0, 2)) : 5)
  const order: Order = {
    id: random.uuid(placedAt),
    customerId,
    number,
    placedAt,
    status,
    channel: random.weighted({ web: 6, phone: 3, field: 1 }),
    currency: 'CNY',
    totalMinor,
    expectedOn: status === 'cancelled' ? null : expectedOn,
    lines,
    ...stored,
  }
  rows.orders.push(order)
  if (cancelled) return
  if (age >= 1.2) {
    const shippedAt = placedAt + Math.round((0.6 + random.next() * 0.5) * A_DAY)
    const delivered = status === 'delivered' || status === 'returned'
    rows.shipments.push({
      id: random.uuid(shippedAt),
      customerId,
      orderId: order.id,
      carrier: random.pick(carriers),
      trackingNumber: `${random.pick(['SF', 'DH', 'EM', 'JD'])}${random.digits(10)}`,
      shippedAt,
      expectedOn,
      deliveredAt: delivered ? shippedAt + Math.round((1 + random.next() * 3) * A_DAY) : null,
      status: delivered ? 'delivered' : late ? 'delayed' : 'inTransit',
      ...stored,
    })
  }
  if (status === 'returned') {
    const requestedAt = placedAt + random.int(6, 12) * A_DAY
    const closed = requestedAt + 8 * A_DAY < calendar.asOf
    rows.returns.push({
      id: random.uuid(requestedAt),
      customerId,
      orderId: order.id,
      requestedAt,
      reason: random.pick(returnReasons),
      status: closed ? 'refunded' : 'requested',
      currency: 'CNY',
      refundMinor: totalMinor,
      closedAt: closed ? requestedAt + 7 * A_DAY : null,
      ...stored,
    })
  }
  addInvoice(rows, context, order, random)
}

function addInvoice(rows: OrderRows, context: BuildContext, order: Order, random: Random): void {
  if (order.totalMinor === 0) return
  const issuedAt = Math.min(order.placedAt + 3_600_000, context.calendar.asOf)
  const termDays = random.weighted({ 0: 6, 14: 2, 30: 2 })
  const dueOn = addDays(
    context.calendar.today,
    Math.round((issuedAt - context.calendar.asOf) / A_DAY) + Number(termDays),
  )
  const age = (context.calendar.asOf - issuedAt) / A_DAY - Number(termDays)
  const unpaid = termDays !== '0' && (age < 0 ? random.chance(0.7) : random.chance(age < 60 ? 0.12 : 0.001))
  const invoice: Invoice = {
    id: random.uuid(issuedAt),
    customerId: order.customerId,
    orderId: order.id,
    number: `I${order.number}`,
    issuedAt,
    dueOn,
    currency: 'CNY',
    totalMinor: order.totalMinor,
    paidMinor: unpaid ? 0 : order.totalMinor,
    status: unpaid ? 'open' : 'paid',
    ...stored,
  }
  rows.invoices.push(invoice)
  if (unpaid) return
  const receivedAt = Math.min(
    issuedAt + Math.round(random.next() * (Number(termDays) + 1) * A_DAY),
    context.calendar.asOf,
  )
  rows.payments.push({
    id: random.uuid(receivedAt),
    customerId: order.customerId,
    invoiceId: invoice.id,
    receivedAt,
    currency: 'CNY',
    amountMinor: order.totalMinor,
    method:
      termDays === '0' ? random.weighted({ wallet: 5, card: 4 }) : random.weighted({ transfer: 6, directDebit: 2 }),
    ...stored,
  })
}

/** One to three lines that share the units and the price of a purchase; the products cost about as much. */
function orderLines(
  purchase: Purchase,
  products: readonly Product[],
  country: string | null,
  random: Random,
): Order['lines'] {
  const units = Math.max(1, purchase.units)
  const parts = Math.min(units, random.int(1, 3))
  const unitPriceMinor = Math.round(fenOfCents(purchase.cents) / units)
  return Array.from({ length: parts }, (_, i) => {
    const quantity = i === 0 ? units - Math.floor(units / parts) * (parts - 1) : Math.floor(units / parts)
    const near = Array.from({ length: 6 }, () => random.pick(products)).toSorted(
      (a, b) => Math.abs(a.listPriceMinor - unitPriceMinor) - Math.abs(b.listPriceMinor - unitPriceMinor),
    )[0]!
    return { productId: near.id, sku: near.sku, name: nameOnPaper(near, country), quantity, unitPriceMinor }
  })
}
