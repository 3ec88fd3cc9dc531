import { bigint, integer, pgTable, text, uuid } from './drizzle.ts'
import { instant } from './columns.ts'

/**
 * The last report of each workstation; a later one replaces it. It is never in the feed, because it is true for only a
 * minute.
 */
export const deviceState = pgTable('device_state', {
  deviceId: uuid('device_id').primaryKey(),
  /** The user who was signed in; null: nobody. */
  userId: uuid('user_id'),
  seenAt: instant('seen_at').notNull(),
  appVersion: text('app_version').notNull(),
  protocolVersion: integer('protocol_version').notNull(),
  cacheSchema: integer('cache_schema').notNull(),
  cursor: bigint('cursor', { mode: 'number' }).notNull(),
  behind: bigint('behind', { mode: 'number' }).notNull(),
  unsent: integer('unsent').notNull(),
  needsAttention: integer('needs_attention').notNull(),
  /** A code of `protocol/errors.ts`. */
  alarm: text('alarm'),
  freeDiskBytes: bigint('free_disk_bytes', { mode: 'number' }),
})
