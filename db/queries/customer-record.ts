import { customerFacts } from '../../domain/customer-facts.ts'
import { internationalNumber } from '../../domain/numbers/international-number.ts'
import { openMatters } from '../../domain/open-matters.ts'
import { calendarDate } from '../../domain/zoned-time.ts'
import type { Customer, Invoice, Order, OrderReturn, Shipment } from '../../protocol/entities.ts'
import { RECORD_LIST_LIMIT, type Credit, type CustomerRecord } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import { unconfirmedOf } from '../apply/server-rows.ts'
import type { ReadableDb } from '../handles.ts'
import { readOfCustomer, readRow } from '../rows/store.ts'
import { personNames } from './people.ts'
import { firstPage } from './timeline.ts'

/** When and where a query is asked: nothing in here reads a clock. */
export interface QueryContext {
  readonly now: number
  readonly timeZone: string
}

/** Everything the record screen paints of a customer, in one piece; null: not known here. */
export function customerRecord(db: ReadableDb, customerId: CustomerId, { now, timeZone }: QueryContext): CustomerRecord | null {
  const customer = readRow(db, 'customer', customerId)
  if (!customer) return null
  const of = <E extends Parameters<typeof readOfCustomer>[1]>(entity: E) => readOfCustomer(db, entity, customerId, RECORD_LIST_LIMIT)
  const orders = of('order')
  const shipments = of('shipment')
  const returns = of('orderReturn')
  const invoices = of('invoice')
  const payments = of('payment')
  const quotes = of('quote')
  const complaints = of('complaint')
  const interactions = of('interaction')
  const stays = of('stay')
  const tasks = of('task').toSorted((a, b) => b.createdAt - a.createdAt)
  const preferences = of('preference')
  const contactPoints = of('contactPoint')
  const all = () => [customer, ...orders, ...shipments, ...returns, ...invoices, ...payments, ...quotes, ...complaints, ...interactions, ...stays, ...tasks, ...preferences, ...contactPoints]
  return {
    customer,
    organisation: customer.organisationId ? readRow(db, 'customer', customer.organisationId) : null,
    contactPoints,
    shownNumbers: Object.fromEntries(contactPoints.flatMap(({ id, e164 }) => (e164 === null ? [] : [[id, internationalNumber(e164)]]))),
    people: personNames(db, [
      customer.ownerUserId, ...interactions.map((row) => row.userId), ...quotes.map((row) => row.issuedBy),
      ...complaints.flatMap((row) => [row.ownerUserId, row.openedBy]), ...tasks.flatMap((row) => [row.ownerUserId, row.createdBy]),
      ...preferences.map((row) => row.notedBy),
    ]),
    openMatters: openMatters({ complaints, orders, shipments, invoices, quotes, tasks, stays }, now, timeZone),
    timeline: firstPage({
      interaction: interactions, order: orders, shipment: shipments, orderReturn: returns, invoice: invoices, payment: payments,
      quote: quotes, complaint: complaints, stay: stays, task: tasks,
    }),
    orders: withParcels(orders, shipments, returns),
    invoices,
    payments,
    credit: creditOf(customer, invoices, calendarDate(now, timeZone)),
    quotes,
    complaints,
    preferences,
    stays,
    tasks,
    facts: customerFacts({
      orders: orders.length < RECORD_LIST_LIMIT ? orders : allOrders(db, customerId),
      lastContactAt: interactions[0]?.startedAt ?? null,
      stayCount: stays.length < RECORD_LIST_LIMIT ? stays.filter(({ status }) => status === 'departed' || status === 'inHouse').length : countStays(db, customerId),
      birthday: customer.birthday,
    }, now, timeZone),
    unconfirmed: unconfirmedOf(db, () => new Set(all().map((row) => row.id))),
  }
}

/** Sums go over the whole history, also where the lists end. */
const allOrders = (db: ReadableDb, customerId: string) =>
  db.all<Pick<Order, 'placedAt' | 'totalMinor' | 'status'>>('SELECT "placedAt", "totalMinor", "status" FROM "order" WHERE "customerId" = ?', customerId)

const countStays = (db: ReadableDb, customerId: string) =>
  db.get<{ n: number }>('SELECT count(*) AS "n" FROM "stay" WHERE "customerId" = ? AND "status" IN (\'departed\', \'inHouse\')', customerId)!.n

function withParcels(orders: readonly Order[], shipments: readonly Shipment[], returns: readonly OrderReturn[]): CustomerRecord['orders'] {
  const parcels = Map.groupBy(shipments, (shipment) => shipment.orderId)
  const back = Map.groupBy(returns, (row) => row.orderId)
  return orders.map((order) => ({ order, shipments: parcels.get(order.id) ?? [], returns: back.get(order.id) ?? [] }))
}

function creditOf(customer: Customer, invoices: readonly Invoice[], today: string): Credit {
  const open = invoices.filter((invoice) => invoice.status === 'open')
  const unpaid = (rows: readonly Invoice[]) => rows.reduce((sum, row) => sum + row.totalMinor - row.paidMinor, 0)
  return {
    grade: customer.creditGrade,
    limitMinor: customer.creditLimitMinor,
    usedMinor: unpaid(open),
    overdueMinor: unpaid(open.filter((invoice) => invoice.dueOn < today)),
    currency: customer.currency,
  }
}
