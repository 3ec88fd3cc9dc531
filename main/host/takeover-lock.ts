import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'

const TRY_AGAIN_MS = 15
const GIVE_UP_MS = 5000

/**
 * Runs `work` while no other process does, with the operating system's file lock. SQLite takes that lock, because Node
 * cannot. The system releases it however a process ends, so it is never left behind. Throws a sentence after five
 * seconds.
 */
export async function alone<T>(path: string, work: () => Promise<T>): Promise<T> {
  const file = open(path)
  try {
    for (const end = Date.now() + GIVE_UP_MS; !lock(file); await pause(TRY_AGAIN_MS)) {
      if (Date.now() > end)
        throw new Error(
          'Another start of Ringside on this data folder does not come to an end. End it, then start again.',
        )
    }
    return await work()
  } finally {
    // This also releases the lock.
    file.close()
  }
}

function open(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 })
  } catch (cause) {
    throw new Error(
      `Ringside cannot write to ${dirname(path)}. Give this user the right, or name another data folder.`,
      { cause },
    )
  }
}

function lock(file: Database.Database): boolean {
  try {
    // Nothing is ever written here, so keep SQLite's journal in memory: a full disk has no room even for an empty one.
    // Set it inside this try, because this statement waits for the lock as well.
    file.exec('PRAGMA journal_mode = memory; BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return false
    throw error
  }
}
