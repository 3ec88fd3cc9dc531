import { boolean, pgTable, sql, text, uniqueIndex } from './drizzle.ts'
import { entityColumns } from './columns.ts'

/** Entity `user`. Its own name is a keyword of SQL and would need quotes. */
export const user = pgTable(
  'app_user',
  {
    ...entityColumns,
    login: text('login').notNull(),
    displayName: text('display_name').notNull(),
    nativeName: text('native_name'),
    role: text('role').notNull(),
    team: text('team').notNull(),
    extension: text('extension'),
    active: boolean('active').notNull(),
  },
  (table) => [uniqueIndex('app_user_login').on(sql`lower(${table.login})`)],
)
