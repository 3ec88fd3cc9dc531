import type { PgTable } from 'drizzle-orm/pg-core'
import type { EntityName } from '../../protocol/entities.ts'
import { line, product, productCost } from './schema/catalogue.ts'
import { contactPoint, customer, numberPick, preference } from './schema/customers.ts'
import { complaint, interaction, interactionRevision, quote, stay, task } from './schema/dealings.ts'
import { invoice, order, orderReturn, payment, shipment } from './schema/orders.ts'
import { user } from './schema/people.ts'

/** The table of every entity. A contract test checks that each table has exactly the columns of its entity. */
export const entityTables = {
  user,
  line,
  product,
  productCost,
  customer,
  contactPoint,
  order,
  shipment,
  orderReturn,
  invoice,
  payment,
  quote,
  complaint,
  interaction,
  interactionRevision,
  preference,
  stay,
  task,
  numberPick,
} as const satisfies { [E in EntityName]: PgTable }
