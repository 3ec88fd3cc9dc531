import type { z } from 'zod'
import { entityNames, type EntityName, type Row } from '../../protocol/entities.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { LookupReply, LookupRequest } from '../../protocol/wire.ts'
import { mayHave } from '../auth/visible.ts'
import type { Pool, Queryable } from '../db/connect.ts'
import { entitySql, readRow } from '../db/rows.ts'
import { storable } from '../db/storable.ts'

const CUSTOMERS = 20
const ROWS = 5000
/** Rows of one entity a record needs at most; the workstation's own lists end at 100. */
const ROWS_OF_AN_ENTITY = 200

type Found = z.infer<typeof LookupReply>

/** Customers by exact keys of a number, with everything of their records that the asker may have. Never by parts of a number. */
export async function lookUp(pool: Pool, scopes: readonly string[], keys: z.infer<typeof LookupRequest>): Promise<Found> {
  const ids = await customersOf(pool, keys)
  const found: Found = { customerIds: [], changes: [] }
  for (const id of ids) {
    const customer = await readRow(pool, 'customer', id)
    if (!customer || !mayHave(scopes, customer.scope)) continue
    const rows = await recordOf(pool, customer, scopes)
    if (found.changes.length + rows.length > ROWS) break
    found.customerIds.push(customer.id)
    found.changes.push(...rows)
  }
  return found
}

async function customersOf(db: Queryable, keys: z.infer<typeof LookupRequest>): Promise<CustomerId[]> {
  const { rows } = await db.query<{ id: CustomerId }>({
    name: 'lookup.customers',
    text: `select distinct customer_id as id from contact_point
           where not invalid and kind = 'phone' and (e164 = $1 or national_key = $2) order by customer_id limit ${CUSTOMERS}`,
    values: [keys.e164, storable(keys.nationalKey)],
  })
  return rows.map((row) => row.id)
}

async function recordOf(db: Queryable, customer: Row<'customer'>, scopes: readonly string[]): Promise<Found['changes']> {
  const record = [changeOf('customer', customer)]
  if (customer.organisationId) {
    const organisation = await readRow(db, 'customer', customer.organisationId)
    if (organisation && mayHave(scopes, organisation.scope)) record.push(changeOf('customer', organisation))
  }
  for (const entity of entityNames) {
    const sql = entitySql(entity)
    if (!sql.fields.includes('customerId')) continue
    const { rows } = await db.query<Row<EntityName>>({
      name: `lookup.${entity}`,
      text: `select ${sql.select} from ${sql.table} where customer_id = $1 and scope = any($2) order by id desc limit ${ROWS_OF_AN_ENTITY}`,
      values: [customer.id, scopes],
    })
    record.push(...rows.map((row) => changeOf(entity, row)))
  }
  return record
}

const changeOf = (entity: EntityName, row: Row<EntityName>): Found['changes'][number] =>
  ({ entity, id: row.id, version: row.version, scope: row.scope, row })
