import { z } from 'zod'
import { entities } from './entities.ts'
import { CustomerId, Id, StoredInstant, SumMinor, UserId } from './scalars.ts'

const row = {
  customer: entities.customer.stored,
  order: entities.order.stored,
  shipment: entities.shipment.stored,
  orderReturn: entities.orderReturn.stored,
  invoice: entities.invoice.stored,
  payment: entities.payment.stored,
  quote: entities.quote.stored,
  complaint: entities.complaint.stored,
  interaction: entities.interaction.stored,
  stay: entities.stay.stored,
  task: entities.task.stored,
}

/** One line of a customer's history. The lines are ordered by `at`, newest first; the row has everything else. */
export const TimelineEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('interaction'), at: StoredInstant, row: row.interaction }),
  z.strictObject({ kind: z.literal('order'), at: StoredInstant, row: row.order }),
  z.strictObject({ kind: z.literal('shipment'), at: StoredInstant, row: row.shipment }),
  z.strictObject({ kind: z.literal('orderReturn'), at: StoredInstant, row: row.orderReturn }),
  z.strictObject({ kind: z.literal('invoice'), at: StoredInstant, row: row.invoice }),
  z.strictObject({ kind: z.literal('payment'), at: StoredInstant, row: row.payment }),
  z.strictObject({ kind: z.literal('quote'), at: StoredInstant, row: row.quote }),
  z.strictObject({ kind: z.literal('complaint'), at: StoredInstant, row: row.complaint }),
  z.strictObject({ kind: z.literal('stay'), at: StoredInstant, row: row.stay }),
  z.strictObject({ kind: z.literal('task'), at: StoredInstant, row: row.task }),
])
export type TimelineEntry = z.infer<typeof TimelineEntry>

/** A page of the timeline. `before` fetches the next page: entries that are strictly older, with ties broken by id. */
export const TimelinePage = z.strictObject({
  entries: z.array(TimelineEntry),
  before: z.strictObject({ at: StoredInstant, id: Id }).nullable(),
})
export type TimelinePage = z.infer<typeof TimelinePage>

/**
 * Something that is not finished between us and the customer. `breach`: it is past due; `soon`: it is due within a day.
 */
export const OpenMatter = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('complaint'),
    urgency: z.enum(['breach', 'soon', 'normal']),
    dueAt: StoredInstant.nullable(),
    row: row.complaint,
  }),
  z.strictObject({
    kind: z.literal('order'),
    urgency: z.enum(['breach', 'soon', 'normal']),
    dueAt: StoredInstant.nullable(),
    row: row.order,
    shipment: row.shipment.nullable(),
  }),
  z.strictObject({
    kind: z.literal('invoice'),
    urgency: z.enum(['breach', 'soon', 'normal']),
    dueAt: StoredInstant.nullable(),
    row: row.invoice,
    daysOverdue: z.int(),
  }),
  z.strictObject({
    kind: z.literal('quote'),
    urgency: z.enum(['breach', 'soon', 'normal']),
    dueAt: StoredInstant.nullable(),
    row: row.quote,
  }),
  z.strictObject({
    kind: z.literal('task'),
    urgency: z.enum(['breach', 'soon', 'normal']),
    dueAt: StoredInstant.nullable(),
    row: row.task,
  }),
  z.strictObject({
    kind: z.literal('stay'),
    urgency: z.enum(['breach', 'soon', 'normal']),
    dueAt: StoredInstant.nullable(),
    row: row.stay,
  }),
])
export type OpenMatter = z.infer<typeof OpenMatter>

/**
 * The customer's credit. `usedMinor` is the sum of the unpaid amounts of open invoices and `overdueMinor` the part that
 * is past its due date, both over invoices in the customer's currency. Debts in other currencies cannot be compared
 * with the limit, so they stand apart in `others`.
 */
export const Credit = z.strictObject({
  grade: z.enum(['A', 'B', 'C', 'D']).nullable(),
  limitMinor: SumMinor.nullable(),
  usedMinor: SumMinor,
  overdueMinor: SumMinor,
  currency: z.string(),
  others: z.array(z.strictObject({ currency: z.string(), usedMinor: SumMinor, overdueMinor: SumMinor })),
})
export type Credit = z.infer<typeof Credit>

/**
 * Counts and sums over the whole history, for the header and the sparkline. Sums are in the customer's currency;
 * amounts in other currencies are listed apart.
 */
export const CustomerFacts = z.strictObject({
  orderCount: z.int(),
  revenueMinor: SumMinor,
  otherRevenue: z.array(z.strictObject({ currency: z.string(), amountMinor: SumMinor })),
  firstOrderAt: StoredInstant.nullable(),
  lastOrderAt: StoredInstant.nullable(),
  lastContactAt: StoredInstant.nullable(),
  stayCount: z.int(),
  /** Days until the next birthday in the site's time zone, 0 if it is today; null where the birthday is not known. */
  birthdayInDays: z.int().nullable(),
  /** What the customer spent in each of the last 24 calendar months, oldest first; months without orders are 0. */
  spendByMonth: z.array(z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/), amountMinor: SumMinor })),
  /** What the customer spent in other currencies in these months, oldest first. */
  otherSpend: z.array(
    z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/), currency: z.string(), amountMinor: SumMinor }),
  ),
})
export type CustomerFacts = z.infer<typeof CustomerFacts>

/** The name of the colleague whose `userId` stands in a row. */
export const PersonName = z.strictObject({ userId: UserId, displayName: z.string(), nativeName: z.string().nullable() })

/** A person who calls for an organisation: the number to reach them at, and when somebody last spoke to them. */
export const ContactPerson = z.strictObject({
  customerId: CustomerId,
  number: z.string(),
  displayName: z.string(),
  nativeName: z.string().nullable(),
  phone: z.string().nullable(),
  shownPhone: z.string().nullable(),
  lastContactAt: StoredInstant.nullable(),
})
export type ContactPerson = z.infer<typeof ContactPerson>

/** The names of a product, for the lines of orders and quotes. */
export const ProductName = z.strictObject({ id: Id, name: z.string(), nativeName: z.string().nullable() })
export type ProductName = z.infer<typeof ProductName>

/**
 * Everything that the record screen shows, read in one piece. Lists are newest first and hold up to `RECORD_LIST_LIMIT`
 * rows each. A row may belong to the customer's organisation, or to the organisation's people
 * (`db/queries/one-buyer.ts`): its `customerId` says whose it is.
 */
export const CustomerRecord = z.strictObject({
  customer: row.customer,
  organisation: row.customer.nullable(),
  /** For an organisation: its people. The person whom we spoke to last comes first. */
  contacts: z.array(ContactPerson),
  contactPoints: z.array(entities.contactPoint.stored),
  /** Each telephone number in international format, by the id of its contact point. */
  shownNumbers: z.record(z.string(), z.string()).optional(),
  people: z.array(PersonName),
  /** The customer's town in Latin letters, where it is written in Chinese characters. */
  cityLatin: z.string().optional(),
  /** The names of the products in both languages; a line itself has the name that was printed on the document. */
  products: z.array(ProductName).optional(),
  openMatters: z.array(OpenMatter),
  timeline: TimelinePage,
  orders: z.array(
    z.strictObject({ order: row.order, shipments: z.array(row.shipment), returns: z.array(row.orderReturn) }),
  ),
  invoices: z.array(row.invoice),
  payments: z.array(row.payment),
  /** The customer's own credit. `organisationCredit` stands beside it, because most debts are the organisation's. */
  credit: Credit,
  organisationCredit: Credit.nullable(),
  quotes: z.array(row.quote),
  complaints: z.array(row.complaint),
  preferences: z.array(entities.preference.stored),
  stays: z.array(row.stay),
  tasks: z.array(row.task),
  facts: CustomerFacts,
  /** Set where older, finished history is not in this cache but on the server: the lists begin at this instant. */
  historyFrom: StoredInstant.nullable(),
  /** Ids of the rows of this record that were changed here and that the server has not confirmed yet. */
  unconfirmed: z.array(Id),
})
export type CustomerRecord = z.infer<typeof CustomerRecord>

/** The most rows that a list of a record holds; the timeline can load further pages. */
export const RECORD_LIST_LIMIT = 100
export const TIMELINE_PAGE = 60

/**
 * What is known about a product's price: the prices that this buyer was told (`to` says which of its people; null: the
 * customer), and the prices that colleagues quoted to others and that are still open.
 */
export const PriceMemory = z.strictObject({
  productId: Id,
  currency: z.string(),
  listPriceMinor: SumMinor,
  floorPriceMinor: SumMinor,
  toldBefore: z
    .array(
      z.strictObject({
        quoteId: Id,
        number: z.string().nullable(),
        at: StoredInstant,
        by: UserId,
        unitPriceMinor: SumMinor,
        currency: z.string(),
        status: z.enum(['issued', 'accepted', 'rejected', 'expired', 'superseded']),
        to: z.strictObject({ displayName: z.string(), nativeName: z.string().nullable() }).nullable(),
      }),
    )
    .max(20),
  /**
   * The earlier price with which a new price is compared (`domain/price-guard.ts`); null: it is compared with the list
   * price.
   */
  heldAgainst: z.strictObject({ quoteId: Id, unitPriceMinor: SumMinor, currency: z.string() }).nullable(),
  openWithColleagues: z
    .array(
      z.strictObject({
        quoteId: Id,
        customerId: CustomerId,
        customerName: z.string(),
        at: StoredInstant,
        by: UserId,
        unitPriceMinor: SumMinor,
        currency: z.string(),
      }),
    )
    .max(20),
  /** Prices for this buyer that wait for approval; nobody was told these yet. */
  waiting: z
    .array(
      z.strictObject({ quoteId: Id, at: StoredInstant, by: UserId, unitPriceMinor: SumMinor, currency: z.string() }),
    )
    .max(20),
  /** What this buyer paid in orders, newest first. */
  paidBefore: z
    .array(z.strictObject({ orderId: Id, at: StoredInstant, unitPriceMinor: SumMinor, currency: z.string() }))
    .max(10),
  people: z.array(PersonName),
})
export type PriceMemory = z.infer<typeof PriceMemory>
