import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from './drizzle.ts'
import { instant } from './columns.ts'

/** What is kept about an erasure: that it was done, and nothing about the customer. */
export const erasure = pgTable(
  'erasure',
  {
    id: uuid('id').primaryKey(),
    /** Counts the erasures in the order of their commits, so that a device can say up to which one it has come. */
    number: bigint('number', { mode: 'number' }).notNull(),
    customerId: uuid('customer_id').notNull(),
    erasedAt: instant('erased_at').notNull(),
    /** null: the operator, on the command line. */
    erasedBy: uuid('erased_by'),
    reason: text('reason').notNull(),
    /** From this number of the feed on, nothing holds data of the customer. A snapshot with a lower number may. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** How many rows of each entity were erased. */
    counts: jsonb('counts').notNull(),
  },
  (table) => [uniqueIndex('erasure_number').on(table.number), uniqueIndex('erasure_customer').on(table.customerId)],
)

/** The ids of the erased rows, so that late commands about them are recognised. */
export const erasedRow = pgTable(
  'erased_row',
  {
    rowId: uuid('row_id').primaryKey(),
    erasureId: uuid('erasure_id').notNull(),
    entity: text('entity').notNull(),
  },
  (table) => [index('erased_row_erasure').on(table.erasureId)],
)

/** A device's receipt: it reports that it holds nothing of the erased customer any more. */
export const erasureReceipt = pgTable(
  'erasure_receipt',
  {
    erasureId: uuid('erasure_id').notNull(),
    deviceId: uuid('device_id').notNull(),
    confirmedAt: instant('confirmed_at').notNull(),
    /** How many damaged journals lie on the device. No program may touch them. */
    setAside: integer('set_aside').notNull(),
  },
  (table) => [primaryKey({ columns: [table.erasureId, table.deviceId] })],
)
