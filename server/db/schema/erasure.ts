import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from './drizzle.ts'
import { instant } from './columns.ts'

/** What stays of a customer who was erased: that it was done, and nothing about them. */
export const erasure = pgTable('erasure', {
  id: uuid('id').primaryKey(),
  /** Counts the erasures in the order of their commits: where a device stands among them. */
  number: bigint('number', { mode: 'number' }).notNull(),
  customerId: uuid('customer_id').notNull(),
  erasedAt: instant('erased_at').notNull(),
  /** null: the operator, at the command line. */
  erasedBy: uuid('erased_by'),
  reason: text('reason').notNull(),
  /** What was read of the log from this number on holds nothing of them; a snapshot below it may. */
  seq: bigint('seq', { mode: 'number' }).notNull(),
  /** Rows by entity. */
  counts: jsonb('counts').notNull(),
}, table => [
  uniqueIndex('erasure_number').on(table.number),
  uniqueIndex('erasure_customer').on(table.customerId),
])

/** The ids of what was erased, so that late work on it is recognised. */
export const erasedRow = pgTable('erased_row', {
  rowId: uuid('row_id').primaryKey(),
  erasureId: uuid('erasure_id').notNull(),
  entity: text('entity').notNull(),
}, table => [index('erased_row_erasure').on(table.erasureId)])

/** A device that says it holds nothing of an erased customer any more. */
export const erasureReceipt = pgTable('erasure_receipt', {
  erasureId: uuid('erasure_id').notNull(),
  deviceId: uuid('device_id').notNull(),
  confirmedAt: instant('confirmed_at').notNull(),
  /** Damaged journals that lie there and that no program may touch. */
  setAside: integer('set_aside').notNull(),
}, table => [primaryKey({ columns: [table.erasureId, table.deviceId] })])
