import type { CustomerEntity } from '../../domain/commands/define.ts'
import { customerFacts } from '../../domain/customer-facts.ts'
import { internationalNumber } from '../../domain/numbers/international-number.ts'
import { openMatters } from '../../domain/open-matters.ts'
import { calendarDate } from '../../domain/zoned-time.ts'
import type { Order, OrderReturn, Row, Shipment } from '../../protocol/entities.ts'
import { RECORD_LIST_LIMIT, type CustomerRecord } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import { unconfirmedOf } from '../apply/server-rows.ts'
import type { ReadableDb } from '../handles.ts'
import { historyFrom } from '../history/held-history.ts'
import { readOfCustomer, readRow } from '../rows/store.ts'
import { latinTown } from '../search/latin-town.ts'
import { tables } from '../schema/tables.ts'
import { creditOf } from './credit.ts'
import { buyerOf, readOfOthers } from './one-buyer.ts'
import { lastContactAt } from './last-contact.ts'
import { personNames } from './people.ts'
import { productNames } from './product-names.ts'
import { firstPage } from './timeline.ts'

/** The time and time zone of a query: no code in this folder reads a clock. */
export interface QueryContext {
  readonly now: number
  readonly timeZone: string
}

/**
 * Everything that the record screen shows about a customer, read in one piece; `one-buyer.ts` says whose rows these
 * are. null: this cache does not know the customer.
 */
export function customerRecord(
  db: ReadableDb,
  customerId: CustomerId,
  { now, timeZone }: QueryContext,
): CustomerRecord | null {
  const customer = readRow(db, 'customer', customerId)
  if (!customer) return null
  const buyer = buyerOf(db, customer)
  const { organisation, contacts } = buyer
  const today = calendarDate(now, timeZone)
  const own = <E extends CustomerEntity>(entity: E) => readOfCustomer(db, entity, customerId, RECORD_LIST_LIMIT)
  const withOthers = <E extends CustomerEntity>(entity: E, rows = own(entity)) =>
    newestOfBoth(entity, rows, readOfOthers(db, entity, buyer))
  const ownOrders = own('order')
  const ownInvoices = own('invoice')
  const ownStays = own('stay')
  const orders = withOthers('order', ownOrders)
  const shipments = withOthers('shipment')
  const returns = withOthers('orderReturn')
  const invoices = withOthers('invoice', ownInvoices)
  const payments = withOthers('payment')
  const quotes = withOthers('quote')
  const complaints = withOthers('complaint')
  const interactions = withOthers('interaction')
  const stays = withOthers('stay', ownStays)
  const tasks = withOthers('task').toSorted((a, b) => b.createdAt - a.createdAt)
  const preferences = withOthers('preference')
  const contactPoints = own('contactPoint')
  const all = () => [
    customer,
    ...orders,
    ...shipments,
    ...returns,
    ...invoices,
    ...payments,
    ...quotes,
    ...complaints,
    ...interactions,
    ...stays,
    ...tasks,
    ...preferences,
    ...contactPoints,
  ]
  const cityLatin = latinTown(customer.city)
  return {
    customer,
    ...(cityLatin === null ? {} : { cityLatin }),
    products: productNames(db, [...orders.slice(0, RECORD_LIST_LIMIT), ...quotes.slice(0, RECORD_LIST_LIMIT)]),
    organisation,
    contacts: [...contacts],
    contactPoints,
    shownNumbers: Object.fromEntries(
      contactPoints.flatMap(({ id, e164 }) => (e164 === null ? [] : [[id, internationalNumber(e164)]])),
    ),
    people: personNames(db, [
      customer.ownerUserId,
      customer.changedBy,
      ...contactPoints.map((row) => row.changedBy),
      ...interactions.flatMap((row) => [row.userId, row.revisedBy, ...row.additions.map(({ by }) => by)]),
      ...quotes.flatMap((row) => [row.issuedBy, row.decidedBy, row.answeredBy]),
      ...complaints.flatMap((row) => [
        row.ownerUserId,
        row.openedBy,
        ...row.steps.flatMap((step) => [step.by, step.takenBackBy]),
      ]),
      ...tasks.flatMap((row) => [row.ownerUserId, row.createdBy, row.doneBy, row.changedBy]),
      ...preferences.flatMap((row) => [
        row.notedBy,
        row.confirmedBy,
        row.retiredBy,
        ...row.earlier.map((one) => one.notedBy),
      ]),
    ]),
    openMatters: openMatters({ complaints, orders, shipments, invoices, quotes, tasks, stays }, now, timeZone),
    timeline: firstPage({
      interaction: interactions,
      order: orders,
      shipment: shipments,
      orderReturn: returns,
      invoice: invoices,
      payment: payments,
      quote: quotes,
      complaint: complaints,
      stay: stays,
      task: tasks,
    }),
    orders: withParcels(orders.slice(0, RECORD_LIST_LIMIT), shipments, returns),
    invoices: invoices.slice(0, RECORD_LIST_LIMIT),
    payments: payments.slice(0, RECORD_LIST_LIMIT),
    credit: creditOf(db, customer, ownInvoices, today),
    organisationCredit:
      organisation &&
      creditOf(
        db,
        organisation,
        invoices.filter((row) => row.customerId === organisation.id),
        today,
      ),
    quotes: quotes.slice(0, RECORD_LIST_LIMIT),
    complaints: complaints.slice(0, RECORD_LIST_LIMIT),
    preferences: preferences.slice(0, RECORD_LIST_LIMIT),
    stays: stays.slice(0, RECORD_LIST_LIMIT),
    tasks: tasks.slice(0, RECORD_LIST_LIMIT),
    facts: customerFacts(
      {
        orders: ownOrders.length < RECORD_LIST_LIMIT ? ownOrders : allOrders(db, customerId),
        currency: customer.currency,
        lastContactAt: Math.max(lastContactAt(db, customerId) ?? 0, contacts[0]?.lastContactAt ?? 0) || null,
        stayCount:
          ownStays.length < RECORD_LIST_LIMIT
            ? ownStays.filter(({ status }) => status === 'departed' || status === 'inHouse').length
            : countStays(db, customerId),
        birthday: customer.birthday,
      },
      now,
      timeZone,
    ),
    historyFrom: historyFrom(db, customerId) ?? (organisation && historyFrom(db, organisation.id)),
    unconfirmed: unconfirmedOf(db, () => new Set(all().map((row) => row.id))),
  }
}

/**
 * Merges both lists, newest first. The lists on the screen end at `RECORD_LIST_LIMIT`; open matters are searched in all
 * rows.
 */
function newestOfBoth<E extends CustomerEntity>(
  entity: E,
  own: readonly Row<E>[],
  others: readonly Row<E>[],
): readonly Row<E>[] {
  if (others.length === 0) return own
  const time = (tables[entity].time ?? 'id') as keyof Row<E>
  return [...own, ...others].toSorted((a, b) => (a[time] < b[time] ? 1 : a[time] > b[time] ? -1 : a.id < b.id ? 1 : -1))
}

/** Sums cover the whole history, even where the lists end. */
const allOrders = (db: ReadableDb, customerId: string) =>
  db.all<Pick<Order, 'placedAt' | 'totalMinor' | 'currency' | 'status'>>(
    'SELECT "placedAt", "totalMinor", "currency", "status" FROM "order" WHERE "customerId" = ?',
    customerId,
  )

const countStays = (db: ReadableDb, customerId: string) =>
  db.get<{ n: number }>(
    'SELECT count(*) AS "n" FROM "stay" WHERE "customerId" = ? AND "status" IN (\'departed\', \'inHouse\')',
    customerId,
  )!.n

function withParcels(
  orders: readonly Order[],
  shipments: readonly Shipment[],
  returns: readonly OrderReturn[],
): CustomerRecord['orders'] {
  const parcels = Map.groupBy(shipments, (shipment) => shipment.orderId)
  const back = Map.groupBy(returns, (row) => row.orderId)
  return orders.map((order) => ({ order, shipments: parcels.get(order.id) ?? [], returns: back.get(order.id) ?? [] }))
}
