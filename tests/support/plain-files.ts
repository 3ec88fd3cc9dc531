import Database from 'better-sqlite3'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenedFiles } from '../../db/files/open-files.ts'
import { handle, type WritableDb } from '../../db/handles.ts'
import { journalMigrations } from '../../db/journal/schema.ts'
import { setPragmas, type Purpose } from '../../db/open.ts'
import { cacheIndexes, cacheTables } from '../../db/schema/cache-schema.ts'
import { writeMeta } from '../../db/schema/meta.ts'

/**
 * A workstation's two files as the product opens them, but never encrypted, so that a test can look at every byte of
 * every page.
 */
export interface PlainFiles extends OpenedFiles {
  /**
   * Both files as they lie on the disk, each with its write-ahead log, including free pages and the unused ends of
   * pages.
   */
  bytes(): { readonly cache: Buffer; readonly journal: Buffer }
}

export function openPlainFiles(folder: string): PlainFiles {
  const [journalPath, cachePath] = [join(folder, 'journal.db'), join(folder, 'cache-plain.db')]
  const journal = openPlain(journalPath, 'journal', journalMigrations.flat())
  const cache = openPlain(cachePath, 'cache', [...cacheTables, ...cacheIndexes])
  for (const [key, value] of [
    ['epoch', 'e'],
    ['cursor', '0'],
    ['scopes', '["org"]'],
  ] as const)
    writeMeta(cache, key, value)
  const withLog = (path: string) =>
    Buffer.concat([path, `${path}-wal`].filter((file) => existsSync(file)).map((file) => readFileSync(file)))
  const never = () => {
    throw new Error('These files are not exchanged.')
  }
  return {
    journal,
    cache,
    cachePath,
    cacheKeyHex: '',
    salvaged: null,
    cacheRebuilt: false,
    useCache: never,
    newCache: never,
    removeOthers: () => undefined,
    close: () => {
      cache.close()
      journal.close()
    },
    bytes: () => ({ cache: withLog(cachePath), journal: withLog(journalPath) }),
  }
}

function openPlain(path: string, purpose: Purpose, tables: readonly string[]): WritableDb {
  const raw = new Database(path)
  setPragmas(raw, purpose)
  const db = handle(raw)
  db.transaction(() => {
    for (const sql of tables) db.run(sql)
  })
  return db
}
