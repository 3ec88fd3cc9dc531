import { bigint, date, integer, text, uuid } from './drizzle.ts'

/** A UTC instant in ms, stored as an integer so that both databases and the wire hold the same value. */
export const instant = (name: string) => bigint(name, { mode: 'number' })

/** Money in the currency's minor unit. */
export const amount = (name: string) => bigint(name, { mode: 'number' })

/** A length of time in ms. */
export const milliseconds = (name: string) => bigint(name, { mode: 'number' })

/** A day in no time zone, `YYYY-MM-DD`. */
export const calendarDate = (name: string) => date(name, { mode: 'string' })

/**
 * The columns of every entity. There are no foreign keys: rows from other systems arrive in any order, and a command
 * checks the rows that it refers to.
 */
export const entityColumns = {
  id: uuid('id').primaryKey(),
  version: integer('version').notNull(),
  scope: text('scope').notNull(),
}
