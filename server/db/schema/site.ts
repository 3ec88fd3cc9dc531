import { bigint, boolean, pgSequence, pgTable, text, uuid } from './drizzle.ts'

/**
 * The one site of this database. `serverId` identifies it for ever, through moves and restores; `epoch` changes when
 * the database is restored. `floor` is the lowest cursor that can be followed; a bulk load raises it instead of writing
 * its rows to the feed.
 */
export const site = pgTable('site', {
  only: boolean('only').primaryKey().default(true),
  serverId: uuid('server_id').notNull().defaultRandom(),
  epoch: text('epoch').notNull(),
  floor: bigint('floor', { mode: 'number' }).notNull(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text('currency').notNull(),
  country: text('country').notNull(),
})

/**
 * Numbers that people read out. Gaps are fine, but transactions must not wait for each other, so these are sequences
 * and not counter rows.
 */
export const customerNumber = pgSequence('customer_numbers', { startWith: 100_001 })
export const quoteNumber = pgSequence('quote_numbers', { startWith: 100_001 })
export const complaintNumber = pgSequence('complaint_numbers', { startWith: 100_001 })
