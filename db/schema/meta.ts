import type { ReadableDb, WritableDb } from '../handles.ts'

/**
 * Reads a small value of a file: in the cache `epoch`, `cursor` and `scopes`; in the journal what the core remembers
 * and which file is the cache.
 */
export function readMeta(db: ReadableDb, key: string): string | null {
  return db.get<{ value: string }>('SELECT "value" FROM "meta" WHERE "key" = ?', key)?.value ?? null
}

export function writeMeta(db: WritableDb, key: string, value: string): void {
  db.run('INSERT OR REPLACE INTO "meta" ("key", "value") VALUES (?, ?)', key, value)
}

export function deleteMeta(db: WritableDb, key: string): void {
  db.run('DELETE FROM "meta" WHERE "key" = ?', key)
}
