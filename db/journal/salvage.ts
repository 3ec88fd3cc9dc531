import { existsSync, renameSync } from 'node:fs'
import { basename } from 'node:path'
import type { ReadableDb, WritableDb } from '../handles.ts'
import { isDamage, openReadable } from '../open.ts'
import { countOn } from './commands.ts'
import { openJournal } from './open-journal.ts'
import { journalMigrations } from './schema.ts'

export interface OpenedJournal {
  readonly db: WritableDb
  /** Set when the file was damaged: the name it was set aside under, and how many entries were saved from it. */
  readonly salvaged: { readonly file: string; readonly saved: number } | null
}

const tables = ['meta', 'command', 'draft', 'deskCall'] as const

/**
 * Opens the journal; a damaged one is set aside under `damagedName`, never deleted, and every entry that can still be
 * read is taken over into a new one.
 */
export function openOrSalvageJournal(path: string, keyHex: string, damagedName: string): OpenedJournal {
  try {
    const db = openJournal(path, keyHex)
    const check = db.get<{ quick_check: string }>('PRAGMA quick_check(1)')
    if (check?.quick_check === 'ok') return { db, salvaged: null }
    db.close()
  } catch (error) {
    if (!isDamage(error) && !isUnreadable(error)) throw error
  }
  for (const ending of ['', '-wal', '-shm']) {
    if (existsSync(path + ending)) renameSync(path + ending, damagedName + ending)
  }
  const db = openJournal(path, keyHex)
  return { db, salvaged: { file: basename(damagedName), saved: takeOver(db, damagedName, keyHex) } }
}

const isUnreadable = (error: unknown) => error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_IOERR')

/** Copies what is readable, entry by entry; a page that is not ends its table only. On the disk in one commit: each of its own would take a sync. */
function takeOver(db: WritableDb, damaged: string, keyHex: string): number {
  let old: ReturnType<typeof openReadable>
  try {
    old = openReadable({ path: damaged, keyHex, purpose: 'journal', schema: journalMigrations.length })
  } catch {
    return 0
  }
  const saved = db.transaction(() => {
    const count = tables.reduce((sum, table) => sum + takeOverTable(db, old, table), 0)
    countOn(db)
    return count
  })
  old.close()
  return saved
}

function takeOverTable(db: WritableDb, old: ReadableDb, table: (typeof tables)[number]): number {
  let saved = 0
  for (const direction of ['ASC', 'DESC']) {
    try {
      for (const row of old.each<Record<string, string | number | null>>(`SELECT * FROM "${table}" ORDER BY 1 ${direction}`)) {
        const names = Object.keys(row)
        const into = `INSERT OR IGNORE INTO "${table}" (${names.map((n) => `"${n}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
        saved += db.run(into, ...Object.values(row))
      }
      break
    } catch {
      // The damaged page lies ahead: what is behind it is reached from the other end.
    }
  }
  return saved
}
