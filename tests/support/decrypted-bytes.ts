import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/**
 * All content of an encrypted database and its write-ahead log, tables and indexes alike, as bytes. Decrypting drops
 * the free pages; tests that look into free pages use files that were never encrypted (`plain-files.ts`).
 */
export function decryptedBytes(path: string, keyHex: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-decrypted-'))
  try {
    const copy = join(folder, 'copy.db')
    for (const ending of ['', '-wal']) if (existsSync(path + ending)) copyFileSync(path + ending, copy + ending)
    const db = new Database(copy)
    db.pragma(`cipher = 'aegis'`)
    db.pragma(`key = 'raw:${keyHex}'`)
    db.pragma('journal_mode = delete')
    db.pragma(`rekey = ''`)
    db.close()
    const bytes = readFileSync(copy)
    if (!bytes.subarray(0, 15).equals(Buffer.from('SQLite format 3'))) throw new Error('The copy is still encrypted.')
    return bytes
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
