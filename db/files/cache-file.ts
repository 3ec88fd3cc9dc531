import { CACHE_SCHEMA } from '../../protocol/version.ts'
import type { WritableDb } from '../handles.ts'
import { openWritable } from '../open.ts'
import { cacheIndexes, cacheTables } from '../schema/cache-schema.ts'
import { readMeta, writeMeta } from '../schema/meta.ts'

/** A cache's place in the server's feed. `epoch` null: the cache is empty and needs a snapshot. */
export interface CachePlace {
  readonly epoch: string | null
  readonly cursor: number
  readonly scopes: readonly string[]
  /** Set where the cache holds only the history from this instant on (`domain/kept-history.ts`). */
  readonly partial: { readonly historyFrom: number; readonly historyMonths: number } | null
}

/** Opens a cache, or makes an empty one. Throws FILE_NEWER, DamagedFileError or OtherLayoutError. */
export function openCache(path: string, keyHex: string): WritableDb {
  const db = openWritable({ path, keyHex, purpose: 'cache', schema: CACHE_SCHEMA })
  const version = db.get<{ user_version: number }>('PRAGMA user_version')!.user_version
  if (version === CACHE_SCHEMA) return db
  const empty = db.get<{ n: number }>('SELECT count(*) AS "n" FROM sqlite_master')!.n === 0
  if (!empty) {
    db.close()
    throw new OtherLayoutError(version)
  }
  db.transaction(() => {
    db.once([...cacheTables, ...cacheIndexes])
    writeMeta(db, 'cursor', '0')
    db.run(`PRAGMA user_version = ${CACHE_SCHEMA}`)
  })
  return db
}

/** The file has the layout of an older version: it is rebuilt from the server, never migrated. */
class OtherLayoutError extends Error {
  constructor(version: number) {
    super(`The cache has layout ${version}; this version has ${CACHE_SCHEMA}.`)
  }
}

export function cachePlace(db: WritableDb): CachePlace {
  const historyFrom = readMeta(db, 'historyFrom')
  return {
    epoch: readMeta(db, 'epoch'),
    cursor: Number(readMeta(db, 'cursor') ?? 0),
    scopes: JSON.parse(readMeta(db, 'scopes') ?? '[]') as string[],
    partial:
      historyFrom === null
        ? null
        : { historyFrom: Number(historyFrom), historyMonths: Number(readMeta(db, 'historyMonths')) },
  }
}
