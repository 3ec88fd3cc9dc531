import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openCache } from '../../db/files/cache-file.ts'
import type { WritableDb } from '../../db/handles.ts'
import { putRow } from '../../db/rows/store.ts'
import { writeMeta } from '../../db/schema/meta.ts'
import { entityNames } from '../../protocol/entities.ts'
import type { RowsOfAll } from './edge-rows.ts'

/** A workstation's cache with these rows in it, as the feed or a snapshot would have written them. */
export function cacheWith(rows: RowsOfAll, folder: string): WritableDb {
  const db = openCache(join(folder, 'cache.db'), randomBytes(32).toString('hex'))
  db.transaction(() => {
    writeMeta(db, 'epoch', 'one')
    for (const entity of entityNames) for (const row of rows[entity]) putRow(db, entity, structuredClone(row))
  })
  return db
}
