import { index, jsonb, pgTable, text, uuid } from './drizzle.ts'
import { amount, calendarDate, entityColumns, instant } from './columns.ts'

/** Entity `order`. Its own name is a keyword of SQL and would need quotes. */
export const order = pgTable(
  'sales_order',
  {
    ...entityColumns,
    customerId: uuid('customer_id').notNull(),
    number: text('number').notNull(),
    placedAt: instant('placed_at').notNull(),
    status: text('status').notNull(),
    channel: text('channel').notNull(),
    currency: text('currency').notNull(),
    totalMinor: amount('total_minor').notNull(),
    expectedOn: calendarDate('expected_on'),
    lines: jsonb('lines').notNull(),
  },
  (table) => [
    index('sales_order_customer').on(table.customerId, table.placedAt),
    index('sales_order_number').on(table.number),
  ],
)

export const shipment = pgTable(
  'shipment',
  {
    ...entityColumns,
    customerId: uuid('customer_id').notNull(),
    orderId: uuid('order_id').notNull(),
    carrier: text('carrier').notNull(),
    trackingNumber: text('tracking_number').notNull(),
    shippedAt: instant('shipped_at').notNull(),
    expectedOn: calendarDate('expected_on'),
    deliveredAt: instant('delivered_at'),
    status: text('status').notNull(),
  },
  (table) => [index('shipment_customer').on(table.customerId, table.shippedAt)],
)

export const orderReturn = pgTable(
  'order_return',
  {
    ...entityColumns,
    customerId: uuid('customer_id').notNull(),
    orderId: uuid('order_id').notNull(),
    requestedAt: instant('requested_at').notNull(),
    reason: text('reason').notNull(),
    status: text('status').notNull(),
    currency: text('currency').notNull(),
    refundMinor: amount('refund_minor').notNull(),
    closedAt: instant('closed_at'),
  },
  (table) => [index('order_return_customer').on(table.customerId, table.requestedAt)],
)

export const invoice = pgTable(
  'invoice',
  {
    ...entityColumns,
    customerId: uuid('customer_id').notNull(),
    orderId: uuid('order_id'),
    number: text('number').notNull(),
    issuedAt: instant('issued_at').notNull(),
    dueOn: calendarDate('due_on').notNull(),
    currency: text('currency').notNull(),
    totalMinor: amount('total_minor').notNull(),
    paidMinor: amount('paid_minor').notNull(),
    status: text('status').notNull(),
  },
  (table) => [index('invoice_customer').on(table.customerId, table.issuedAt)],
)

export const payment = pgTable(
  'payment',
  {
    ...entityColumns,
    customerId: uuid('customer_id').notNull(),
    invoiceId: uuid('invoice_id'),
    receivedAt: instant('received_at').notNull(),
    currency: text('currency').notNull(),
    amountMinor: amount('amount_minor').notNull(),
    method: text('method').notNull(),
  },
  (table) => [index('payment_customer').on(table.customerId, table.receivedAt)],
)
