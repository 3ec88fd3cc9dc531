import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { EntityName, Row } from '../../protocol/entities.ts'
import { continueNumbers } from '../commands/number-series.ts'
import { SEQUENCER_LOCK } from '../feed/sequence-pending.ts'
import type { Pool } from './connect.ts'
import { entitySql } from './rows.ts'
import { inTransaction } from './transaction.ts'

const ROWS_A_PIECE = 2_000

/**
 * Writes many new rows of one entity by COPY, all or none. `onProgress` gets the number of rows so far. The rows do not
 * go through the feed: call `finishBulkLoad` when all entities are loaded. Gives the number of rows.
 */
export async function bulkLoad<E extends EntityName>(
  pool: Pool,
  entity: E,
  rows: AsyncIterable<Row<E>> | Iterable<Row<E>>,
  onProgress: (rows: number) => void = () => undefined,
): Promise<number> {
  const sql = entitySql(entity)
  return copyInto(
    pool,
    `copy ${sql.table} (${sql.columns.join(', ')}) from stdin`,
    rows,
    (row) => copyLine(row as Record<string, unknown>, sql.fields, sql.json),
    onProgress,
  )
}

/**
 * Writes many rows of a table that is no entity (`call_plan`, `call_log`). `columns` is in the order of each row's
 * values.
 */
export async function bulkLoadTable(
  pool: Pool,
  table: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>,
): Promise<number> {
  return copyInto(
    pool,
    `copy "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) from stdin`,
    rows,
    (values) =>
      `${values.map((value) => copyValue(typeof value === 'object' && value !== null ? JSON.stringify(value) : value)).join('\t')}\n`,
    () => undefined,
  )
}

/** Makes a bulk load visible: earlier cursors can no longer be followed, and earlier snapshots are stale. */
export async function finishBulkLoad(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    // The lock keeps nodes from giving out numbers below the new floor meanwhile.
    await client.query('select pg_advisory_xact_lock($1)', [SEQUENCER_LOCK])
    await client.query('update site set floor = greatest(floor, (select max(seq) from feed_log)) + 1')
    await client.query('delete from feed_log where seq < (select floor from site)')
    await client.query('delete from feed_head where seq < (select floor from site)')
    await continueNumbers(client)
  })
  await pool.query('analyze')
}

async function copyInto<T>(
  pool: Pool,
  statement: string,
  rows: AsyncIterable<T> | Iterable<T>,
  line: (row: T) => string,
  onProgress: (rows: number) => void,
): Promise<number> {
  let count = 0
  async function* pieces() {
    let piece = ''
    for await (const row of rows) {
      piece += line(row)
      count += 1
      if (count % ROWS_A_PIECE !== 0) continue
      yield piece
      piece = ''
      onProgress(count)
    }
    if (piece) yield piece
    onProgress(count)
  }
  await inTransaction(pool, async (client) => {
    await pipeline(Readable.from(pieces()), client.query(copyFrom(statement)))
  })
  return count
}

const copyLine = (row: Record<string, unknown>, fields: readonly string[], json: ReadonlySet<string>): string =>
  `${fields.map((field) => copyValue(json.has(field) ? JSON.stringify(row[field]) : row[field])).join('\t')}\n`

/** A value in COPY's text format. */
function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  const text = value as string
  return /[\\\t\n\r]/.test(text)
    ? text.replace(
        /[\\\t\n\r]/g,
        (character) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[character] ?? character,
      )
    : text
}
