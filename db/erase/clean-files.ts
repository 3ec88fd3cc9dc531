import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { ReadableDb, WritableDb } from '../handles.ts'

/** How many pages of the index are merged before other calls get their turn. */
const MERGED_AT_ONCE = 64
const CHECKPOINT_TRIES = 40
const CHECKPOINT_AGAIN_MS = 50

/** A reader still uses an old state of a file, so the file's write-ahead log cannot be cut. Try again later. */
export class StillReadError extends Error {
  constructor() {
    super('A file is still read in a state from before an erasure.')
  }
}

/**
 * Removes the bytes of deleted rows from the cache: from the search indexes, the query planner's samples and the
 * write-ahead log.
 */
export async function cleanCache(db: WritableDb): Promise<void> {
  for (const index of ['customerSearch', 'phoneSearch']) await mergeIndex(db, index)
  if (db.get(`SELECT 1 FROM sqlite_master WHERE "name" = 'sqlite_stat4'`)) db.run('DELETE FROM sqlite_stat4')
  await cutLog(db)
}

/** Rewrites the journal, so that no page keeps what was removed from it, and cuts its write-ahead log. */
export async function cleanJournal(db: WritableDb): Promise<void> {
  db.run('VACUUM')
  await cutLog(db)
}

/**
 * An index without contents cannot remove a row's words; it only marks the row as deleted. Merging all its segments
 * drops the marked rows. This is done in small steps, because one large step takes seconds, and the write-ahead log is
 * kept short meanwhile.
 */
async function mergeIndex(db: WritableDb, index: string): Promise<void> {
  for (let pages = -MERGED_AT_ONCE; ; pages = MERGED_AT_ONCE) {
    const before = totalChanges(db)
    db.transaction(() => db.run(`INSERT INTO "${index}" ("${index}", "rank") VALUES ('merge', ?)`, pages))
    // SQLite signals in this way that nothing is left to merge (fts5, section 6.8).
    if (totalChanges(db) - before < 2) return
    await nextTurn()
  }
}

const totalChanges = (db: ReadableDb): number => db.get<{ n: number }>('SELECT total_changes() AS "n"')!.n

async function cutLog(db: ReadableDb): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if (db.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0) return
    if (attempt === CHECKPOINT_TRIES) throw new StillReadError()
    await pause(CHECKPOINT_AGAIN_MS)
  }
}
