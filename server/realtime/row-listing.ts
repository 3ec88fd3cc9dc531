import type { EntityName, Row } from '../../protocol/entities.ts'
import type { LookupReply, ListPlace } from '../../protocol/wire.ts'
import type { z } from 'zod'
import type { Queryable } from '../db/connect.ts'
import { entitySql } from '../db/rows.ts'

type Changes = z.infer<typeof LookupReply>['changes']

export interface RowListing {
  readonly changes: Changes
  /** Where the next page begins; null: this was the last. */
  readonly next: ListPlace | null
}

/** One entity's part of a listing: an SQL condition on its table, with `$1`, `$2` … for its values. */
export interface ListedEntity {
  readonly entity: EntityName
  readonly condition: string
  readonly values: readonly unknown[]
}

const ROWS_AT_ONCE = 500
const PAGE_ROWS = 2000
/** Bytes of the rows as JSON. A page holds at least one row. */
const PAGE_BYTES = 2 * 1024 * 1024

/**
 * A page of rows in the order of entity and id, beginning after `after`. It is bounded by rows and bytes, so that no
 * workstation has to take more at once.
 */
export async function listRows(
  db: Queryable,
  name: string,
  listed: readonly ListedEntity[],
  after: ListPlace | null,
): Promise<RowListing> {
  const changes: Changes = []
  let bytes = 0
  const first = after ? listed.findIndex(({ entity }) => entity === after.entity) : 0
  for (const { entity, condition, values } of first < 0 ? [] : listed.slice(first)) {
    let from = after?.entity === entity ? after.id : null
    for (;;) {
      const rows = await page(db, `${name}.${entity}`, { entity, condition, values }, from)
      for (const row of rows) {
        const size = Buffer.byteLength(JSON.stringify(row))
        const last = changes.at(-1)
        if (last && (changes.length >= PAGE_ROWS || bytes + size > PAGE_BYTES))
          return { changes, next: { entity: last.entity, id: last.id } }
        changes.push({ entity, id: row.id, version: row.version, scope: row.scope, row })
        bytes += size
      }
      const end = rows.at(-1)
      if (!end || rows.length < ROWS_AT_ONCE) break
      from = end.id
    }
  }
  return { changes, next: null }
}

async function page(
  db: Queryable,
  name: string,
  { entity, condition, values }: ListedEntity,
  from: string | null,
): Promise<Row<EntityName>[]> {
  const { select, table } = entitySql(entity)
  const { rows } = await db.query<Row<EntityName>>({
    name: `${name}.${from === null ? 'first' : 'next'}`,
    text: `select ${select} from ${table} where ${condition}${from === null ? '' : ` and id > $${values.length + 1}`} order by id limit ${ROWS_AT_ONCE}`,
    values: from === null ? [...values] : [...values, from],
  })
  return rows
}
