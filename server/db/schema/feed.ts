import {
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  sql,
  text,
  timestamp,
  uuid,
} from './drizzle.ts'
import { instant } from './columns.ts'

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

const changeColumns = {
  entity: text('entity').notNull(),
  rowId: uuid('row_id').notNull(),
  version: integer('version').notNull(),
  scope: text('scope').notNull(),
  /** The scope that the row had before, where this change moved it. Readers of the old scope get a tombstone. */
  leftScope: text('left_scope'),
  /** The whole row as it goes over the wire; null for a tombstone. */
  row: json('row'),
}

/** Changes of committed and of running transactions that have no number yet. */
export const feedPending = pgTable(
  'feed_pending',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    transaction: xid8('transaction')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    ...changeColumns,
    /** When it was written. The age of the oldest one says how far behind the sequencer is. */
    leftAt: timestamp('left_at', { withTimezone: true })
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [index('feed_pending_transaction').on(table.transaction), index('feed_pending_row').on(table.rowId)],
)

/**
 * The feed: its numbers have no gaps, and the versions of every row rise. `pendingId` is the highest pending id that
 * has been numbered up to here.
 */
export const feedLog = pgTable('feed_log', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  pendingId: bigint('pending_id', { mode: 'number' }).notNull(),
  endsTransaction: boolean('ends_transaction').notNull(),
  ...changeColumns,
})

/** At the time `at`, the feed had reached `seq`. This gives the age of the feed's lines without a column in each. */
export const feedMark = pgTable('feed_mark', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  at: instant('at').notNull(),
})

/** The newest line of each row. A reader who will get this line does not need the earlier ones. */
export const feedHead = pgTable(
  'feed_head',
  {
    entity: text('entity').notNull(),
    rowId: uuid('row_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    scope: text('scope').notNull(),
  },
  (table) => [primaryKey({ columns: [table.entity, table.rowId] }), index('feed_head_seq').on(table.seq)],
)
