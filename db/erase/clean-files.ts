import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { ReadableDb, WritableDb } from '../handles.ts'

/** Pages of the index that are merged before other calls get their turn. */
const MERGED_AT_ONCE = 64
const CHECKPOINT_TRIES = 40
const CHECKPOINT_AGAIN_MS = 50

/** A reader holds on to an old state of a file, so that its log cannot be cut: try again later. */
export class StillReadError extends Error {
  constructor() {
    super('A file is still read in a state from before an erasure.')
  }
}

/** Removes the bytes of what was deleted from the cache: in the search indexes, the planner's samples and the log. */
export async function cleanCache(db: WritableDb): Promise<void> {
  for (const index of ['customerSearch', 'phoneSearch']) await mergeIndex(db, index)
  if (db.get(`SELECT 1 FROM sqlite_master WHERE "name" = 'sqlite_stat4'`)) db.run('DELETE FROM sqlite_stat4')
  await cutLog(db)
}

/** Writes the journal anew, so that no page keeps what was changed in it, and cuts its log. */
export async function cleanJournal(db: WritableDb): Promise<void> {
  db.run('VACUUM')
  await cutLog(db)
}

/**
 * An index without contents cannot take a row's words out, it only marks the row. Merging all of its segments leaves the
 * marked ones out; in small steps, because a large one takes seconds. The log is kept short meanwhile.
 */
async function mergeIndex(db: WritableDb, index: string): Promise<void> {
  for (let pages = -MERGED_AT_ONCE; ; pages = MERGED_AT_ONCE) {
    const before = totalChanges(db)
    db.transaction(() => db.run(`INSERT INTO "${index}" ("${index}", "rank") VALUES ('merge', ?)`, pages))
    // SQLite's own sign that nothing is left to merge (fts5, section 6.8).
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
