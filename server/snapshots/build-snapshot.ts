import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import QueryStream from 'pg-query-stream'
import { createSnapshotFile } from '../../db/snapshot-writer.ts'
import { keptHistory, monthsBefore } from '../../domain/kept-history.ts'
import { entities, entityNames, type EntityName, type Row } from '../../protocol/entities.ts'
import { connectAlone } from '../db/connect.ts'
import { columnOf, entitySql } from '../db/rows.ts'
import { SNAPSHOT_APPLICATION } from '../operator/long-transactions.ts'

export interface SnapshotOrder {
  readonly connectionString: string
  readonly path: string
  readonly key: string
  readonly scopes: readonly string[]
  /** How many calendar months of history the file holds, besides everything unfinished; null: all history. */
  readonly historyMonths: number | null
  readonly now: number
}

export interface BuiltSnapshot {
  readonly epoch: string
  readonly seq: number
  readonly bytes: number
  readonly sha256: string
}

const ROWS_AT_ONCE = 2_000

/**
 * Writes all rows of the scopes, as they are at one moment, into a file for workstations. The file may already hold
 * rows whose changes have no number in the feed yet. These changes come again over the feed, and the workstation
 * recognises them by the row's version.
 */
export async function buildSnapshot(order: SnapshotOrder): Promise<BuiltSnapshot> {
  let broken: Error | null = null
  const client = await connectAlone(order.connectionString, (error) => {
    broken = error
  })
  const file = createSnapshotFile(order.path, order.key)
  try {
    const historyFrom = order.historyMonths === null ? null : monthsBefore(order.now, order.historyMonths)
    await client.query(`set application_name = '${SNAPSHOT_APPLICATION}'`)
    await client.query('begin isolation level repeatable read read only')
    const {
      rows: [place],
    } = await client.query<{ epoch: string; seq: number }>(
      'select epoch, greatest(floor, (select max(seq) from feed_log)) as seq from site',
    )
    if (!place) throw new Error('The database has no site row.')
    for (const entity of entityNames) {
      let rows: Row<EntityName>[] = []
      for await (const row of client.query(
        new QueryStream(selectAll(entity, historyFrom), [order.scopes], { batchSize: ROWS_AT_ONCE }),
      ) as AsyncIterable<Row<EntityName>>) {
        rows.push(row)
        if (rows.length < ROWS_AT_ONCE) continue
        file.insert(entity, rows)
        rows = []
      }
      file.insert(entity, rows)
    }
    await client.query('commit')
    if (broken) throw broken as Error
    const { bytes } = file.finish({
      ...place,
      scopes: order.scopes,
      partial: historyFrom === null ? null : { historyFrom, historyMonths: order.historyMonths! },
    })
    return { ...place, bytes, sha256: await sha256Of(order.path) }
  } catch (error) {
    file.discard()
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Selects rows in the order in which the file stores them, so that it is written from front to back. */
function selectAll(entity: EntityName, historyFrom: number | null): string {
  const { select, table } = entitySql(entity)
  const { clustering } = entities[entity]
  const fields = clustering.by === 'id' ? ['id'] : ['customerId', clustering.time, 'id']
  const recent = historyFrom === null ? '' : recentOnly(entity, historyFrom)
  return `select ${select} from ${table} where "scope" = any($1)${recent} order by ${fields.map((field) => columnOf(entity, field)).join(', ')}`
}

function recentOnly(entity: EntityName, historyFrom: number): string {
  const kept = keptHistory.find((one) => one.entity === entity)
  if (!kept) return ''
  const since = `${columnOf(entity, kept.time)} >= ${historyFrom}`
  if (!kept.unfinished) return ` and ${since}`
  const { field, is } = kept.unfinished
  const column = columnOf(entity, field)
  return ` and (${since} or ${is === 'empty' ? `${column} is null` : `${column} in (${is.map((value) => `'${value}'`).join(', ')})`})`
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
