import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import QueryStream from 'pg-query-stream'
import { createSnapshotFile } from '../../db/snapshot-writer.ts'
import { entities, entityNames, type EntityName, type Row } from '../../protocol/entities.ts'
import { connectAlone } from '../db/connect.ts'
import { entitySql } from '../db/rows.ts'
import { SNAPSHOT_APPLICATION } from '../operator/long-transactions.ts'

export interface SnapshotOrder {
  readonly connectionString: string
  readonly path: string
  readonly key: string
  readonly scopes: readonly string[]
}

export interface BuiltSnapshot {
  readonly epoch: string
  readonly seq: number
  readonly bytes: number
  readonly sha256: string
}

const ROWS_AT_ONCE = 2_000

/**
 * Writes all rows of the scopes, as they are at one moment, into a workstation's file. Rows of changes that the log
 * has not numbered yet may be in it already; they come again with their number and are known by their version.
 */
export async function buildSnapshot(order: SnapshotOrder): Promise<BuiltSnapshot> {
  let broken: Error | null = null
  const client = await connectAlone(order.connectionString, (error) => { broken = error })
  const file = createSnapshotFile(order.path, order.key)
  try {
    await client.query(`set application_name = '${SNAPSHOT_APPLICATION}'`)
    await client.query('begin isolation level repeatable read read only')
    const { rows: [place] } = await client.query<{ epoch: string; seq: number }>('select epoch, greatest(floor, (select max(seq) from feed_log)) as seq from site')
    if (!place) throw new Error('The database has no site row.')
    for (const entity of entityNames) {
      let rows: Row<EntityName>[] = []
      for await (const row of client.query(new QueryStream(selectAll(entity), [order.scopes], { batchSize: ROWS_AT_ONCE })) as AsyncIterable<Row<EntityName>>) {
        rows.push(row)
        if (rows.length < ROWS_AT_ONCE) continue
        file.insert(entity, rows)
        rows = []
      }
      file.insert(entity, rows)
    }
    await client.query('commit')
    if (broken) throw broken as Error
    const { bytes } = file.finish({ ...place, scopes: order.scopes })
    return { ...place, bytes, sha256: await sha256Of(order.path) }
  } catch (error) {
    file.discard()
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** In the order in which the file lies, so that it is written from front to back. */
function selectAll(entity: EntityName): string {
  const sql = entitySql(entity)
  const { clustering } = entities[entity]
  const column = (field: string) => sql.columns[sql.fields.indexOf(field)]
  const order = clustering.by === 'id' ? [column('id')] : [column('customerId'), column(clustering.time), column('id')]
  return `select ${sql.select} from ${sql.table} where "scope" = any($1) order by ${order.join(', ')}`
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
