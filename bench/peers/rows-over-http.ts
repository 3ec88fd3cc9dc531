import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { createSnapshotFile } from '../../db/snapshot-writer.ts'
import type { EntityName } from '../../protocol/entities.ts'
import type { Place } from '../place.ts'

const ROWS_AT_ONCE = 1000

/**
 * A first start without a snapshot: every row comes as a line of JSON and is put into the same tables with the same
 * indexes and search words. Returns rows per second.
 */
export async function rowsOverHttp(place: Place, centerUrl: string): Promise<number> {
  const started = performance.now()
  const file = createSnapshotFile(join(place.folder, 'rows.db'), '5c'.repeat(32))
  const response = await fetch(`${centerUrl}/rows`)
  let count = 0
  let entity: EntityName = 'user'
  let rows: never[] = []
  const write = () => {
    file.insert(entity, rows)
    count += rows.length
    rows = []
  }
  for await (const line of createInterface({
    input: Readable.fromWeb(response.body as ReadableStream),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const next = JSON.parse(line) as { entity: EntityName; row: never }
    if (next.entity !== entity || rows.length === ROWS_AT_ONCE) write()
    entity = next.entity
    rows.push(next.row)
  }
  write()
  file.finish({ epoch: 'bench', seq: 1, scopes: ['org'], partial: null })
  return count / ((performance.now() - started) / 1000)
}
