import type { EntityName, Row } from '../../protocol/entities.ts'
import type { Queryable } from '../db/connect.ts'

/** A change that is to go into the feed. */
export interface PendingChange {
  readonly entity: EntityName
  readonly id: string
  readonly version: number
  readonly scope: string
  /** The scope before, where this change moved the row to another one; else null. */
  readonly leftScope: string | null
  /** null: the row is gone. */
  readonly row: Row<EntityName> | null
}

/**
 * Leaves the changes of a transaction for the sequencer. It must be the last write before the commit of a transaction
 * that holds the locks of these rows: then the changes that an earlier transaction made to the same row always have
 * lower ids.
 */
export async function insertPending(db: Queryable, changes: readonly PendingChange[]): Promise<void> {
  if (changes.length === 0) return
  await db.query({
    name: 'feed.pending',
    text: `insert into feed_pending (entity, row_id, version, scope, left_scope, row)
           select * from unnest($1::text[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::json[])`,
    values: [
      changes.map((change) => change.entity),
      changes.map((change) => change.id),
      changes.map((change) => change.version),
      changes.map((change) => change.scope),
      changes.map((change) => change.leftScope),
      changes.map((change) => (change.row === null ? null : JSON.stringify(change.row))),
    ],
  })
}
