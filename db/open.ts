import Database from 'better-sqlite3'
import { closeSync, existsSync, fsyncSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { RefusalError } from '../protocol/errors.ts'
import { handle, type ReadableDb, type WritableDb } from './handles.ts'

/** The purpose of a file. It decides how strictly every commit is written to disk. */
export type Purpose = 'cache' | 'journal' | 'snapshot'

export interface OpenOptions {
  readonly path: string
  /** 256 bits in hex, used directly: deriving a key would cost 50 ms on every open. */
  readonly keyHex: string
  readonly purpose: Purpose
  /** The newest `user_version` that this program writes. A file with a higher one is refused and not touched. */
  readonly schema: number
}

/**
 * The file cannot be read with this key, or it is not intact. The caller decides what to do: rebuild it or salvage it.
 */
export class DamagedFileError extends Error {
  /** The code also names the kind of file, because only an error's code passes from one thread to another. */
  readonly code: 'DAMAGED_FILE' | 'DAMAGED_CACHE'
  readonly path: string
  constructor(path: string, purpose: Purpose, cause: unknown) {
    super(`The file ${basename(path)} cannot be read: it is damaged or its key is another one.`, { cause })
    this.path = path
    this.code = purpose === 'cache' ? 'DAMAGED_CACHE' : 'DAMAGED_FILE'
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Whether an error means that a file is not intact. */
export const isDamage = (error: unknown): boolean =>
  /^(DAMAGED_|SQLITE_(CORRUPT|NOTADB|IOERR_(READ|SHORT_READ|DATA|CORRUPTFS)))/.test(codeOf(error))
/** Whether an error, including one from another thread, means that the cache is not intact and has to be replaced. */
export const isDamagedCache = (error: unknown): boolean => codeOf(error) === 'DAMAGED_CACHE'
/**
 * A cache that was moved away, that this user may not read, or whose place a folder has taken is as useless as a
 * damaged one.
 */
const isOutOfReach = (error: unknown): boolean =>
  /^(SQLITE_(CANTOPEN|PROTOCOL|READONLY)|EISDIR|EACCES|EPERM)/.test(codeOf(error))

// Both files: deleted data is overwritten, so that an erasure leaves no bytes behind.
const pragmas: Record<Purpose, Record<string, string | number>> = {
  // WAL lets readers read without waiting for the writer. If the machine crashes, the cache may lose its last commits,
  // because the feed has them. Bulk applies write each page many times, so the write-ahead log is carried over late.
  cache: {
    journal_mode: 'wal',
    synchronous: 1,
    temp_store: 2,
    cache_size: -16_384,
    wal_autocheckpoint: 8000,
    journal_size_limit: 67_108_864,
    busy_timeout: 5000,
    secure_delete: 1,
  },
  // In WAL mode the library's default is NORMAL, which loses the last commits in a power failure.
  journal: {
    journal_mode: 'wal',
    synchronous: 2,
    temp_store: 2,
    cache_size: -2048,
    journal_size_limit: 4_194_304,
    busy_timeout: 5000,
    secure_delete: 1,
  },
  // One process writes a snapshot once, into an empty file, and throws it away if that fails: so there is no rollback
  // journal on disk (builds in defensive mode refuse `off`), and no commit waits for the disk until the file is
  // complete.
  snapshot: {
    journal_mode: 'memory',
    synchronous: 0,
    temp_store: 2,
    cache_size: -262_144,
    locking_mode: 'exclusive',
    busy_timeout: 5000,
  },
}

/**
 * The only function that opens databases for writing. It sets the key and every pragma and reads each pragma back,
 * because SQLite silently ignores values that it does not accept. Throws FILE_NEWER (the file stays untouched) or
 * DamagedFileError.
 */
export function openWritable(options: OpenOptions): WritableDb {
  return handleFor(
    options,
    connect(options, false, (raw) => setPragmas(raw, options.purpose)),
  )
}

/** Sets the pragmas that a file of this purpose needs and reads each one back. */
export function setPragmas(raw: Database.Database, purpose: Purpose): void {
  const wanted = Object.entries(pragmas[purpose])
  raw.exec(wanted.map(([name, value]) => `PRAGMA ${name} = ${value}`).join(';'))
  for (const [name, value] of wanted) {
    const actual = raw.pragma(name, { simple: true })
    if (actual !== value)
      throw new Error(`SQLite did not take ${name} = ${value} for ${basename(raw.name)}: it is ${String(actual)}.`)
  }
}

/** Opens an existing file for reading only. */
export function openReadable(options: OpenOptions): ReadableDb & { close(): void } {
  return handleFor(
    options,
    connect(options, true, (raw) => {
      raw.pragma('cache_size = -16384')
      raw.pragma('query_only = 1')
    }),
  )
}

const handleFor = (options: OpenOptions, raw: Database.Database): WritableDb =>
  handle(raw, (error) => namedFor(options, error))

/**
 * Gives an error the name of its file: any code may be the first to read a damaged page, and the error has to say which
 * file it was. A file that is locked, or that this user may not open, is intact: a journal must not be taken for
 * damaged because of that.
 */
function namedFor({ path, purpose }: OpenOptions, error: unknown): unknown {
  if (error instanceof RefusalError || error instanceof DamagedFileError) return error
  if (purpose === 'cache' ? isDamage(error) || isOutOfReach(error) : isDamage(error))
    return new DamagedFileError(path, purpose, error)
  return error
}

/**
 * Encrypts a file that nobody has open with another key, page by page and in place. There is no second file and no
 * rollback journal, so a crash in the middle leaves a file that no key opens. The caller makes it the cache only after
 * this has returned. Throws the same errors as `openWritable`.
 */
export function changeKey(options: OpenOptions, newKeyHex: string): void {
  assertKey(newKeyHex)
  const raw = connect(options, false, (opened) => {
    // SQLite builds in defensive mode refuse to write without a rollback journal.
    opened.unsafeMode(true)
    opened.exec('PRAGMA synchronous = 0; PRAGMA locking_mode = exclusive')
    const journal = opened.pragma('journal_mode = off', { simple: true })
    if (journal !== 'off')
      throw new Error(`SQLite did not take journal_mode = off for ${basename(options.path)}: it is ${String(journal)}.`)
  })
  try {
    raw.pragma(`rekey = 'raw:${newKeyHex}'`)
  } catch (error) {
    throw namedFor(options, error)
  } finally {
    raw.close()
  }
  const file = openSync(options.path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function connect(
  options: OpenOptions,
  readonly: boolean,
  prepare: (raw: Database.Database) => void,
): Database.Database {
  const { path, keyHex, purpose, schema } = options
  assertKey(keyHex)
  let raw: Database.Database | null = null
  try {
    // A file that begins with SQLite's own bytes was never encrypted; with a key, SQLite would report it as damaged.
    if (existsSync(path) && isPlain(path)) throw new DamagedFileError(path, purpose, new Error('not encrypted'))
    raw = new Database(path, { readonly, fileMustExist: readonly })
    raw.pragma(`cipher = 'aegis'`)
    raw.pragma(`key = 'raw:${keyHex}'`)
    const version = raw.pragma('user_version', { simple: true }) as number
    if (version > schema) throw new RefusalError('FILE_NEWER', { file: basename(path) })
    // Some pragmas read the list of tables, so damage there is found here.
    prepare(raw)
    return raw
  } catch (error) {
    raw?.close()
    throw namedFor(options, error)
  }
}

function assertKey(keyHex: string): void {
  if (!/^[0-9a-f]{64}$/.test(keyHex)) throw new Error('A key is 64 hexadecimal digits.')
}

function isPlain(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const start = Buffer.alloc(16)
    readSync(file, start, 0, 16, 0)
    return start.toString('latin1') === 'SQLite format 3\0'
  } finally {
    closeSync(file)
  }
}
