import type { WritableDb } from '../handles.ts'
import { openWritable } from '../open.ts'
import { journalMigrations } from './schema.ts'

/** Opens a journal or creates an empty one, and migrates it to this version. Throws FILE_NEWER or DamagedFileError. */
export function openJournal(path: string, keyHex: string): WritableDb {
  const db = openWritable({ path, keyHex, purpose: 'journal', schema: journalMigrations.length })
  const { user_version: done } = db.get<{ user_version: number }>('PRAGMA user_version')!
  for (const [index, migration] of journalMigrations.entries()) {
    if (index < done) continue
    db.transaction(() => {
      db.once([...migration, `PRAGMA user_version = ${index + 1}`])
    })
  }
  return db
}
