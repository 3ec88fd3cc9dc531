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
  /** Set when the file was damaged: the name under which it was set aside, and how many entries were saved from it. */
  readonly salvaged: { readonly file: string; readonly saved: number } | null
}

// `erasure` is not copied: the server tells the erasures again, and they are then carried out on the saved entries too.
const tables = ['meta', 'command', 'draft', 'deskCall'] as const
/**
 * The endings of an SQLite file and of the files that may lie beside it. The file itself comes last, so that a
 * half-moved database is never taken for a whole one.
 */
const endings = ['-shm', '-wal', ''] as const
/**
 * The key in a salvaged journal under which the result of the salvage is kept until the code that opens the journal has
 * read it.
 */
const SALVAGED = 'salvaged'

/**
 * Opens the journal. A damaged journal is set aside under `damagedName`, never deleted, and every entry that can still
 * be read is copied into a new journal. The new one is made beside the old one and takes its place when it is complete:
 * a program that ends in between starts again, or continues where the new one is already complete. Throws OtherKeyError
 * and JournalMissingError and then leaves everything as it is, because a missing key or journal may come back.
 */
export function openOrSalvageJournal(path: string, keyHex: string, damagedName: string): OpenedJournal {
  const begun = besides(path, 'journal-salvage.db')
  const whole = besides(path, 'journal-salvaged.db')
  if (!existsSync(whole)) assertJournalNotLost(path)
  assertKeyOf(path, keyHex)
  // A program that ended during a salvage left these files. They are only a part of what still lies in the old place.
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

/** Makes a new journal from what can be read of the damaged one. It is a single file when this function returns. */
function makeOf(damaged: string, path: string, keyHex: string, damagedName: string): void {
  const db = openJournal(path, keyHex)
  try {
    takeOver(db, damaged, keyHex, basename(damagedName))
    const written = db.get<{ busy: number; log: number; checkpointed: number }>('PRAGMA wal_checkpoint(TRUNCATE)')
    if (written?.busy !== 0)
      throw new Error('What was saved of the damaged journal could not be written into one file.')
  } finally {
    db.close()
  }
}

/** Moves the rest of the damaged journal to the name that the new journal knows. */
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

const isUnreadable = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_IOERR')

/**
 * Copies what can be read, entry by entry; an unreadable page ends only its own table. Everything is written to disk in
 * one commit, because a commit for each entry would need a sync each.
 */
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

/** Whether the first page of the journal is intact and was written with this key. */
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
    for (const row of readable(old, `SELECT * FROM "${table}" ORDER BY 1 ${direction}`, () => {
      whole = false
    }))
      saved += insert(db, table, row)
    if (whole) break
    // The damaged page lies ahead. The rows behind it are read from the other end.
  }
  return saved
}

type AnyEntry = Record<string, string | number | null>

/** Yields rows up to the first one that cannot be read. Errors in handling a row that was read are not caught here. */
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
    return db.run(
      `INSERT OR IGNORE INTO "${table}" (${names.map((n) => `"${n}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      ...Object.values(row),
    )
  } catch (error) {
    // A damaged page can hold data that is not an entry. A full disk is a different matter: then the next start begins
    // the whole salvage again.
    if (error instanceof Error && 'code' in error && /^SQLITE_(CONSTRAINT|MISMATCH|ERROR)/.test(String(error.code)))
      return 0
    throw error
  }
}
