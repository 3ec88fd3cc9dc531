import { neverTold, saysNothing } from '../../domain/price-guard.ts'
import type { Quote } from '../../protocol/entities.ts'
import type { Queryable } from '../db/connect.ts'
import { entitySql } from '../db/rows.ts'

/**
 * The quote that last told a price of a product to a customer or their organisation. It is the same query as
 * `db/queries/told-prices.ts` on a workstation, here on the store of record.
 */
export async function lastTold(
  db: Queryable,
  customerId: string,
  productId: string,
  scopes: readonly string[],
): Promise<Quote | null> {
  const { select, table } = entitySql('quote')
  const { rows } = await db.query<Quote>({
    name: 'quote.last-told',
    text: `with head as (select coalesce(organisation_id, id) as id from customer where id = $1)
           select ${select} from ${table}
           where customer_id in (select $1::uuid union select id from head union select id from customer where organisation_id = (select id from head))
             and lines @> $2 and status <> all($3) and approval <> all($4) and scope = any($5)
           order by issued_at desc, id desc limit 1`,
    values: [customerId, JSON.stringify([{ productId }]), saysNothing, neverTold, scopes],
  })
  return rows[0] ?? null
}
