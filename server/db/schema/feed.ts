import { bigint, bigserial, boolean, customType, index, integer, json, pgTable, primaryKey, sql, text, timestamp, uuid } from './drizzle.ts'
import { instant } from './columns.ts'

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

const changeColumns = {
  entity: text('entity').notNull(),
  rowId: uuid('row_id').notNull(),
  version: integer('version').notNull(),
  scope: text('scope').notNull(),
  /** The scope the row had before, where this change moved it: who had it there gets a tombstone. */
  leftScope: text('left_scope'),
  /** The whole row as it goes over the wire; null for a tombstone. */
  row: json('row'),
}

/** Changes of committed and of running transactions, not numbered yet. */
export const feedPending = pgTable('feed_pending', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  transaction: xid8('transaction').notNull().default(sql`pg_current_xact_id()`),
  ...changeColumns,
  /** When it was left here: how old the oldest is says how far behind the sequencer is. */
  leftAt: timestamp('left_at', { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
}, table => [
  index('feed_pending_transaction').on(table.transaction),
  index('feed_pending_row').on(table.rowId),
])

/** The feed: gapless, in an order in which every row's versions rise. `pendingId` is the newest pending row moved up to here. */
export const feedLog = pgTable('feed_log', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  pendingId: bigint('pending_id', { mode: 'number' }).notNull(),
  endsTransaction: boolean('ends_transaction').notNull(),
  ...changeColumns,
})

/** By `at` the log had come to `seq`: so much can be said of the age of its lines without a column in each. */
export const feedMark = pgTable('feed_mark', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  at: instant('at').notNull(),
})

/** The newest place in the log of each row: what lies before it need not be sent to who will get this one. */
export const feedHead = pgTable('feed_head', {
  entity: text('entity').notNull(),
  rowId: uuid('row_id').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  scope: text('scope').notNull(),
}, table => [
  primaryKey({ columns: [table.entity, table.rowId] }),
  index('feed_head_seq').on(table.seq),
])
