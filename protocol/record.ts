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

/** One line of the history of a customer, newest first. `at` orders it; the row says the rest. */
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

/** A page of the timeline; `before` fetches the next (entries strictly older, ties broken by id). */
export const TimelinePage = z.strictObject({
  entries: z.array(TimelineEntry),
  before: z.strictObject({ at: StoredInstant, id: Id }).nullable(),
})
export type TimelinePage = z.infer<typeof TimelinePage>

/** Something that is not finished between us and the customer. `breach`: its time has passed; `soon`: within a day. */
export const OpenMatter = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('complaint'), urgency: z.enum(['breach', 'soon', 'normal']), dueAt: StoredInstant.nullable(), row: row.complaint }),
  z.strictObject({ kind: z.literal('order'), urgency: z.enum(['breach', 'soon', 'normal']), dueAt: StoredInstant.nullable(), row: row.order, shipment: row.shipment.nullable() }),
  z.strictObject({ kind: z.literal('invoice'), urgency: z.enum(['breach', 'soon', 'normal']), dueAt: StoredInstant.nullable(), row: row.invoice, daysOverdue: z.int() }),
  z.strictObject({ kind: z.literal('quote'), urgency: z.enum(['breach', 'soon', 'normal']), dueAt: StoredInstant.nullable(), row: row.quote }),
  z.strictObject({ kind: z.literal('task'), urgency: z.enum(['breach', 'soon', 'normal']), dueAt: StoredInstant.nullable(), row: row.task }),
  z.strictObject({ kind: z.literal('stay'), urgency: z.enum(['breach', 'soon', 'normal']), dueAt: StoredInstant.nullable(), row: row.stay }),
])
export type OpenMatter = z.infer<typeof OpenMatter>

/**
 * Credit standing: `usedMinor` = Σ unpaid of open invoices, `overdueMinor` = the part past its due date, both of invoices
 * in the customer's currency. What is owed in another can be held against no limit: it stands beside it in `others`.
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

/** Counts and sums over the whole history, for the header and the sparkline. Sums are of the customer's currency; other currencies stand beside them. */
export const CustomerFacts = z.strictObject({
  orderCount: z.int(),
  revenueMinor: SumMinor,
  otherRevenue: z.array(z.strictObject({ currency: z.string(), amountMinor: SumMinor })),
  firstOrderAt: StoredInstant.nullable(),
  lastOrderAt: StoredInstant.nullable(),
  lastContactAt: StoredInstant.nullable(),
  stayCount: z.int(),
  /** Days to the next birthday in the site's zone, 0 today; null where unknown. */
  birthdayInDays: z.int().nullable(),
  /** Spend of the last 24 calendar months, oldest first, months without orders as 0. */
  spendByMonth: z.array(z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/), amountMinor: SumMinor })),
  /** What was spent in other currencies in these months, oldest first. */
  otherSpend: z.array(z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/), currency: z.string(), amountMinor: SumMinor })),
})
export type CustomerFacts = z.infer<typeof CustomerFacts>

/** A colleague's name for a `userId` that stands in a row. */
export const PersonName = z.strictObject({ userId: UserId, displayName: z.string(), nativeName: z.string().nullable() })

/** Somebody who calls for an organisation: the number to reach them at, and when they were last spoken to. */
export const ContactPerson = z.strictObject({
  customerId: CustomerId, number: z.string(), displayName: z.string(), nativeName: z.string().nullable(),
  phone: z.string().nullable(), shownPhone: z.string().nullable(), lastContactAt: StoredInstant.nullable(),
})
export type ContactPerson = z.infer<typeof ContactPerson>

/** A product's names, for lines of orders and quotes. */
export const ProductName = z.strictObject({ id: Id, name: z.string(), nativeName: z.string().nullable() })
export type ProductName = z.infer<typeof ProductName>

/**
 * Everything the record screen paints, read in one piece. Lists are newest first and complete up to `RECORD_LIST_LIMIT`
 * rows each. Rows may be those of the customer's organisation, or of the organisation's people
 * (`db/queries/one-buyer.ts`): a row's `customerId` says whose it is.
 */
export const CustomerRecord = z.strictObject({
  customer: row.customer,
  organisation: row.customer.nullable(),
  /** Of an organisation: its people, who was spoken to last first. */
  contacts: z.array(ContactPerson),
  contactPoints: z.array(entities.contactPoint.stored),
  /** Each telephone number as it is written internationally, by the id of its contact point. */
  shownNumbers: z.record(z.string(), z.string()).optional(),
  people: z.array(PersonName),
  /** The customer's town in Latin letters, where it is written in Chinese ones. */
  cityLatin: z.string().optional(),
  /** What the products of the lines are called in both languages; a line itself has the name that stands on its paper. */
  products: z.array(ProductName).optional(),
  openMatters: z.array(OpenMatter),
  timeline: TimelinePage,
  orders: z.array(z.strictObject({ order: row.order, shipments: z.array(row.shipment), returns: z.array(row.orderReturn) })),
  invoices: z.array(row.invoice),
  payments: z.array(row.payment),
  /** The customer's own standing; that of their organisation stands beside it, because the debts are mostly its. */
  credit: Credit,
  organisationCredit: Credit.nullable(),
  quotes: z.array(row.quote),
  complaints: z.array(row.complaint),
  preferences: z.array(entities.preference.stored),
  stays: z.array(row.stay),
  tasks: z.array(row.task),
  facts: CustomerFacts,
  /** Set where what is older and finished is not here yet, but at the center: the lists begin at this instant. */
  historyFrom: StoredInstant.nullable(),
  /** Rows of this record that are changed here and not yet confirmed by the center. */
  unconfirmed: z.array(Id),
})
export type CustomerRecord = z.infer<typeof CustomerRecord>

/** Rows a list in a record holds at most; the timeline pages on for the rest. */
export const RECORD_LIST_LIMIT = 100
export const TIMELINE_PAGE = 60

/** What was said about a product's price: to this buyer (`to`: whom of them, null: the customer), and by colleagues to anybody else whose quote is still open. */
export const PriceMemory = z.strictObject({
  productId: Id,
  currency: z.string(),
  listPriceMinor: SumMinor,
  floorPriceMinor: SumMinor,
  toldBefore: z.array(z.strictObject({
    quoteId: Id, number: z.string().nullable(), at: StoredInstant, by: UserId, unitPriceMinor: SumMinor, currency: z.string(),
    status: z.enum(['issued', 'accepted', 'rejected', 'expired', 'superseded']),
    to: z.strictObject({ displayName: z.string(), nativeName: z.string().nullable() }).nullable(),
  })).max(20),
  /** Which of them a new price is held against (`domain/price-guard.ts`); null: the list. */
  heldAgainst: z.strictObject({ quoteId: Id, unitPriceMinor: SumMinor, currency: z.string() }).nullable(),
  openWithColleagues: z.array(z.strictObject({
    quoteId: Id, customerId: CustomerId, customerName: z.string(), at: StoredInstant, by: UserId, unitPriceMinor: SumMinor, currency: z.string(),
  })).max(20),
  /** Prices for this buyer that wait for approval: nobody was told them yet. */
  waiting: z.array(z.strictObject({ quoteId: Id, at: StoredInstant, by: UserId, unitPriceMinor: SumMinor, currency: z.string() })).max(20),
  /** What this buyer paid in orders, newest first. */
  paidBefore: z.array(z.strictObject({ orderId: Id, at: StoredInstant, unitPriceMinor: SumMinor, currency: z.string() })).max(10),
  people: z.array(PersonName),
})
export type PriceMemory = z.infer<typeof PriceMemory>

