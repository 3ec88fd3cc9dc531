import { existsSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ReadableDb, WritableDb } from '../handles.ts'
import { isDamage, openReadable } from '../open.ts'
import { deleteMeta, readMeta, writeMeta } from '../schema/meta.ts'
import { countOn } from './commands.ts'
import { assertKeyOf, keepKeyCheck, mayBeOtherKey, OtherKeyError } from './key-check.ts'
import { openJournal } from './open-journal.ts'
import { assertJournalNotLost } from './presence.ts'
import { journalMigrations } from './schema.ts'

export interface OpenedJournal {
  readonly db: WritableDb
  /** Set when the file was damaged: the name it was set aside under, and how many entries were saved from it. */
  readonly salvaged: { readonly file: string; readonly saved: number } | null
}

// Not `erasure`: what is told again is done again, also to what was saved.
const tables = ['meta', 'command', 'draft', 'deskCall'] as const
/** A file of SQLite and what may lie beside it; the file itself last, so that what is half moved is never taken for whole. */
const endings = ['-shm', '-wal', ''] as const
/** In a journal that was made of a damaged one: what came of it, until its opener knows. */
const SALVAGED = 'salvaged'

/**
 * Opens the journal; a damaged one is set aside under `damagedName`, never deleted, and every entry that can still be
 * read is taken over into a new one. That is made beside it and takes its place when it is whole: a program that ends in
 * between begins again, or goes on where the new one is whole already. Throws OtherKeyError and JournalMissingError, and
 * leaves everything as it is: a key or a journal that is missing may come back.
 */
export function openOrSalvageJournal(path: string, keyHex: string, damagedName: string): OpenedJournal {
  const begun = besides(path, 'journal-salvage.db')
  const whole = besides(path, 'journal-salvaged.db')
  if (!existsSync(whole)) assertJournalNotLost(path)
  assertKeyOf(path, keyHex)
  // Left by a program that ended while it saved: a part of what is still where it was.
  for (const ending of endings) rmSync(begun + ending, { force: true })
  if (!existsSync(whole)) {
    const db = openWhole(path, keyHex)
    if (db) return opened(db, path, keyHex)
    if (!isOpenedBy(path, keyHex) && mayBeOtherKey(path)) throw new OtherKeyError()
    makeOf(path, begun, keyHex, damagedName)
    renameSync(begun, whole)
  }
  setAside(path, whole, keyHex)
  renameSync(whole, path)
  return opened(openJournal(path, keyHex), path, keyHex)
}

const besides = (path: string, name: string): string => join(dirname(path), name)

/** The journal, or null where it is damaged. */
function openWhole(path: string, keyHex: string): WritableDb | null {
  try {
    const db = openJournal(path, keyHex)
    try {
      if (db.get<{ quick_check: string }>('PRAGMA quick_check(1)')?.quick_check === 'ok') return db
    } catch (error) {
      db.close()
      throw error
    }
    db.close()
  } catch (error) {
    if (!isDamage(error) && !isUnreadable(error)) throw error
  }
  return null
}

/** A new journal of what can be read of the damaged one. It is one file when this returns. */
function makeOf(damaged: string, path: string, keyHex: string, damagedName: string): void {
  const db = openJournal(path, keyHex)
  try {
    takeOver(db, damaged, keyHex, basename(damagedName))
    const written = db.get<{ busy: number; log: number; checkpointed: number }>('PRAGMA wal_checkpoint(TRUNCATE)')
    if (written?.busy !== 0) throw new Error('What was saved of the damaged journal could not be written into one file.')
  } finally {
    db.close()
  }
}

/** Moves what is left of the damaged journal under the name that the new one knows. */
function setAside(path: string, whole: string, keyHex: string): void {
  const db = openJournal(whole, keyHex)
  const { file } = salvagedIn(db)!
  db.close()
  for (const ending of endings) if (existsSync(path + ending)) renameSync(path + ending, besides(path, file) + ending)
}

function opened(db: WritableDb, path: string, keyHex: string): OpenedJournal {
  keepKeyCheck(path, keyHex)
  const salvaged = salvagedIn(db)
  if (salvaged) deleteMeta(db, SALVAGED)
  return { db, salvaged }
}

function salvagedIn(db: ReadableDb): OpenedJournal['salvaged'] {
  const text = readMeta(db, SALVAGED)
  return text === null ? null : (JSON.parse(text) as OpenedJournal['salvaged'])
}

const isUnreadable = (error: unknown) => error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_IOERR')

/** Copies what is readable, entry by entry; a page that is not ends its table only. On the disk in one commit: each of its own would take a sync. */
function takeOver(db: WritableDb, damaged: string, keyHex: string, file: string): void {
  const old = openDamaged(damaged, keyHex)
  try {
    db.transaction(() => {
      const saved = old ? tables.reduce((sum, table) => sum + takeOverTable(db, old, table), 0) : 0
      countOn(db)
      writeMeta(db, SALVAGED, JSON.stringify({ file, saved }))
    })
  } finally {
    old?.close()
  }
}

/** Whether its first page is whole and was written with this key. */
function isOpenedBy(path: string, keyHex: string): boolean {
  const old = openDamaged(path, keyHex)
  old?.close()
  return old !== null
}

function openDamaged(path: string, keyHex: string): ReturnType<typeof openReadable> | null {
  try {
    return openReadable({ path, keyHex, purpose: 'journal', schema: journalMigrations.length })
  } catch {
    return null
  }
}

function takeOverTable(db: WritableDb, old: ReadableDb, table: (typeof tables)[number]): number {
  let saved = 0
  for (const direction of ['ASC', 'DESC']) {
    let whole = true
    for (const row of readable(old, `SELECT * FROM "${table}" ORDER BY 1 ${direction}`, () => { whole = false })) saved += insert(db, table, row)
    if (whole) break
    // The damaged page lies ahead: what is behind it is reached from the other end.
  }
  return saved
}

type AnyEntry = Record<string, string | number | null>

/** Rows up to the first that cannot be read. What goes wrong with a row that was read is no matter of this. */
function* readable(old: ReadableDb, sql: string, onDamage: () => void): Iterable<AnyEntry> {
  try {
    yield* old.each<AnyEntry>(sql)
  } catch {
    onDamage()
  }
}

function insert(db: WritableDb, table: string, row: AnyEntry): number {
  const names = Object.keys(row)
  try {
    return db.run(`INSERT OR IGNORE INTO "${table}" (${names.map((n) => `"${n}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`, ...Object.values(row))
  } catch (error) {
    // A damaged page can hold what is no entry. A disk that is full is another matter: all is begun again at the next start.
    if (error instanceof Error && 'code' in error && /^SQLITE_(CONSTRAINT|MISMATCH|ERROR)/.test(String(error.code))) return 0
    throw error
  }
}
