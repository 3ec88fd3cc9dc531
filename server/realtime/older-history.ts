import type { z } from 'zod'
import { keptHistory } from '../../domain/kept-history.ts'
import { RECORD_LIST_LIMIT } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { HistoryReply, HistoryRequest } from '../../protocol/wire.ts'
import { mayHave } from '../auth/visible.ts'
import type { Queryable } from '../db/connect.ts'
import { columnOf, readRow } from '../db/rows.ts'
import { listRows } from './row-listing.ts'

/**
 * The older rows of a customer and of the customers who count as the same buyer (ADR 7), as far as the user may see
 * them.
 */
export async function olderHistory(
  db: Queryable,
  scopes: readonly string[],
  { customerId, before, after }: z.infer<typeof HistoryRequest>,
): Promise<z.infer<typeof HistoryReply>> {
  const customerIds = await sameBuyer(db, scopes, customerId)
  const listed = keptHistory.map(({ entity, time }) => ({
    entity,
    condition: `customer_id = any($1) and scope = any($2) and ${columnOf(entity, time)} < $3`,
    values: [customerIds, scopes, before],
  }))
  return { customerIds, ...(await listRows(db, 'history', customerIds.length > 0 ? listed : [], after)) }
}

async function sameBuyer(db: Queryable, scopes: readonly string[], customerId: CustomerId): Promise<CustomerId[]> {
  const customer = await readRow(db, 'customer', customerId)
  if (!customer || !mayHave(scopes, customer.scope)) return []
  if (customer.kind === 'person')
    return customer.organisationId ? [customer.id, customer.organisationId] : [customer.id]
  const { rows } = await db.query<{ id: CustomerId }>({
    name: 'history.people',
    text: `select id from customer where organisation_id = $1 and scope = any($2) order by id desc limit ${RECORD_LIST_LIMIT}`,
    values: [customer.id, scopes],
  })
  return [customer.id, ...rows.map(({ id }) => id)]
}
