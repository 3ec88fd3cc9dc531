import type { z } from 'zod'
import { entityNames, type EntityName, type Row } from '../../protocol/entities.ts'
import { RECORD_LIST_LIMIT } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { LookupReply, LookupRequest } from '../../protocol/wire.ts'
import { mayHave } from '../auth/visible.ts'
import type { Pool, Queryable } from '../db/connect.ts'
import { entitySql, readRow } from '../db/rows.ts'
import { storable } from '../db/storable.ts'

const CUSTOMERS = 20
const ROWS = 5000
/** Bytes of the rows as JSON. The first customer's record is complete in any case, within `ROWS`. */
const ANSWER_BYTES = 4 * 1024 * 1024
/** The most rows of one entity that a record needs; the workstation's own lists end at 100. */
const ROWS_OF_AN_ENTITY = 200

type Found = z.infer<typeof LookupReply>

/**
 * Finds customers by exact keys of a telephone number, with the rows of their records that the user may see. It never
 * searches for parts of a number.
 */
export async function lookUp(
  pool: Pool,
  scopes: readonly string[],
  keys: z.infer<typeof LookupRequest>,
): Promise<Found> {
  const ids = await customersOf(pool, scopes, keys)
  const found: Found = { customerIds: [], changes: [] }
  let bytes = 0
  for (const id of ids) {
    const customer = await readRow(pool, 'customer', id)
    if (!customer || !mayHave(scopes, customer.scope)) continue
    const rows = (await recordOf(pool, customer, scopes)).slice(0, ROWS)
    bytes += Buffer.byteLength(JSON.stringify(rows))
    if (found.customerIds.length > 0 && (found.changes.length + rows.length > ROWS || bytes > ANSWER_BYTES)) break
    found.customerIds.push(customer.id)
    found.changes.push(...rows)
  }
  return found
}

async function customersOf(
  db: Queryable,
  scopes: readonly string[],
  keys: z.infer<typeof LookupRequest>,
): Promise<CustomerId[]> {
  const { rows } = await db.query<{ id: CustomerId }>({
    name: 'lookup.customers',
    text: `select distinct customer_id as id from contact_point
           where not invalid and kind = 'phone' and (e164 = $1 or national_key = $2) and scope = any($3) order by customer_id limit ${CUSTOMERS}`,
    values: [keys.e164, storable(keys.nationalKey), scopes],
  })
  return rows.map((row) => row.id)
}

/**
 * A customer's rows, and those of the customers who count as the same buyer (ADR 7): a person's organisation, or an
 * organisation's newest people. Whatever is open with one of them is open with the others.
 */
async function recordOf(
  db: Queryable,
  customer: Row<'customer'>,
  scopes: readonly string[],
): Promise<Found['changes']> {
  const own = [changeOf('customer', customer), ...(await rowsOf(db, [customer.id], scopes))]
  const others = customer.organisationId
    ? await visible(db, customer.organisationId, scopes)
    : customer.kind === 'organisation'
      ? await peopleOf(db, customer.id, scopes)
      : []
  if (others.length === 0) return own
  return [
    ...own,
    ...others.map((other) => changeOf('customer', other)),
    ...(await rowsOf(
      db,
      others.map(({ id }) => id),
      scopes,
    )),
  ]
}

async function visible(db: Queryable, id: CustomerId, scopes: readonly string[]): Promise<Row<'customer'>[]> {
  const customer = await readRow(db, 'customer', id)
  return customer && mayHave(scopes, customer.scope) ? [customer] : []
}

async function peopleOf(
  db: Queryable,
  organisationId: CustomerId,
  scopes: readonly string[],
): Promise<Row<'customer'>[]> {
  const { select, table } = entitySql('customer')
  const { rows } = await db.query<Row<'customer'>>({
    name: 'lookup.people',
    text: `select ${select} from ${table} where organisation_id = $1 and scope = any($2) order by id desc limit ${RECORD_LIST_LIMIT}`,
    values: [organisationId, scopes],
  })
  return rows
}

/** The newest rows of each entity that belong to one of these customers. */
async function rowsOf(
  db: Queryable,
  customerIds: readonly CustomerId[],
  scopes: readonly string[],
): Promise<Found['changes']> {
  const found: Found['changes'] = []
  for (const entity of entityNames) {
    const sql = entitySql(entity)
    if (!sql.fields.includes('customerId')) continue
    const { rows } = await db.query<Row<EntityName>>({
      name: `lookup.${entity}`,
      text: `select ${sql.select} from ${sql.table} where customer_id = any($1) and scope = any($2) order by id desc limit ${ROWS_OF_AN_ENTITY}`,
      values: [customerIds, scopes],
    })
    found.push(...rows.map((row) => changeOf(entity, row)))
  }
  return found
}

const changeOf = (entity: EntityName, row: Row<EntityName>): Found['changes'][number] => ({
  entity,
  id: row.id,
  version: row.version,
  scope: row.scope,
  row,
})
