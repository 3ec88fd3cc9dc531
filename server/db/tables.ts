import type { PgTable } from 'drizzle-orm/pg-core'
import type { EntityName, Row } from '../../protocol/entities.ts'
import { line, product, productCost } from './schema/catalogue.ts'
import { contactPoint, customer, numberPick, preference } from './schema/customers.ts'
import { complaint, interaction, quote, stay, task } from './schema/dealings.ts'
import { invoice, order, orderReturn, payment, shipment } from './schema/orders.ts'
import { user } from './schema/people.ts'

/** The table of every entity. That each has exactly its entity's columns is checked below and by a contract test. */
export const entityTables = {
  user, line, product, productCost, customer, contactPoint, order, shipment, orderReturn, invoice, payment, quote,
  complaint, interaction, preference, stay, task, numberPick,
} as const satisfies { [E in EntityName]: PgTable }

type Columns<E extends EntityName> = keyof (typeof entityTables)[E]['$inferSelect']
type Disagreeing = {
  [E in EntityName]: [Exclude<keyof Row<E>, Columns<E>>, Exclude<Columns<E>, keyof Row<E>>] extends [never, never] ? never : E
}[EntityName]

/** Does not compile while a table lacks a field of its entity or has one too many. */
export const disagreeing: [Disagreeing] extends [never] ? true : Disagreeing = true
