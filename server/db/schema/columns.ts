import { bigint, date, integer, text, uuid } from './drizzle.ts'

/** A UTC instant in ms. Kept as an integer so that both databases and the wire hold the same value. */
export const instant = (name: string) => bigint(name, { mode: 'number' })

/** Money in the currency's minor unit. */
export const amount = (name: string) => bigint(name, { mode: 'number' })

/** A length of time in ms. */
export const milliseconds = (name: string) => bigint(name, { mode: 'number' })

/** A day in no time zone, `YYYY-MM-DD`. */
export const calendarDate = (name: string) => date(name, { mode: 'string' })

/** What every entity has. There are no foreign keys: rows of other systems come in any order, and a command checks what it refers to. */
export const entityColumns = {
  id: uuid('id').primaryKey(),
  version: integer('version').notNull(),
  scope: text('scope').notNull(),
}
