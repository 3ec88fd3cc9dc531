import { entityNames, type EntityName, type Row } from '../../protocol/entities.ts'
import type { Client } from '../db/connect.ts'
import { entitySql } from '../db/rows.ts'
import type { PendingChange } from '../feed/pending.ts'

const ofCustomers = entityNames.filter((entity) => entitySql(entity).fields.includes('customerId'))

/** Deletes a customer and their rows of every entity. Gives the tombstones for the feed. */
export async function removeRows(client: Client, customerId: string): Promise<PendingChange[]> {
  const gone: PendingChange[] = []
  const remove = async (entity: EntityName, column: string, ids: readonly string[] = [customerId]) => {
    const { rows } = await client.query<{ id: string; version: number; scope: string }>(
      `delete from ${entitySql(entity).table} where ${column} = any($1::uuid[]) returning id, version, scope`,
      [ids],
    )
    gone.push(
      ...rows.map(({ id, version, scope }) => ({
        entity,
        id,
        version: version + 1,
        scope,
        leftScope: null,
        row: null,
      })),
    )
  }
  for (const entity of ofCustomers) await remove(entity, 'customer_id')
  // An earlier revision of a contact may still name this customer if the contact was first filed under them.
  const contacts = gone.filter(({ entity }) => entity === 'interaction').map(({ id }) => id)
  await remove('interactionRevision', 'interaction_id', contacts)
  await remove('customer', 'id')
  return gone
}

/**
 * Rows that refer to the customer by an optional reference stay, without the reference: the people of an organisation,
 * and tasks that came from one of the customer's contacts.
 */
export async function unlinkRows(client: Client, ids: readonly string[]): Promise<PendingChange[]> {
  return [
    ...(await unlink(client, 'customer', 'organisation_id', ids)),
    ...(await unlink(client, 'task', 'source_id', ids)),
  ]
}

async function unlink(
  client: Client,
  entity: EntityName,
  column: string,
  ids: readonly string[],
): Promise<PendingChange[]> {
  const { table, select } = entitySql(entity)
  const { rows } = await client.query<Row<EntityName>>(
    `update ${table} set ${column} = null, version = version + 1 where ${column} = any($1::uuid[]) returning ${select}`,
    [ids],
  )
  return rows.map((row) => ({ entity, id: row.id, version: row.version, scope: row.scope, leftScope: null, row }))
}
