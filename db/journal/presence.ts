import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Whether a folder holds a journal, complete or not, or any of the files that lie beside one. */
export const holdsJournal = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('journal'))

/** A journal was here and is now missing or empty: a copy did not finish, or somebody removed the file. */
export class JournalMissingError extends Error {
  readonly code = 'JOURNAL_MISSING'
  constructor() {
    super('The journal is missing or empty, although there was one here.')
  }
}

/**
 * Throws where the journal at `path` is missing or empty although something shows that there was one: SQLite would
 * silently create a new one in its place and remove its write-ahead log. A first start that was interrupted leaves an
 * empty file and nothing else.
 */
export function assertJournalNotLost(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false })
  if (there?.isFile() && there.size > 0) return
  if (there && !there.isFile()) throw new JournalMissingError()
  const beside = readdirSync(dirname(path)).filter((name) => name !== basename(path))
  if (beside.some((name) => name.startsWith('journal') || /^cache-.*\.db$/.test(name))) throw new JournalMissingError()
}
