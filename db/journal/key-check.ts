import { createHmac } from 'node:crypto'
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The journal was written with a different key than the present one. */
export class OtherKeyError extends Error {
  readonly code = 'KEY_WRONG'
  constructor() {
    super('The journal was written with another key.')
  }
}

const PAGE = 4096
const checkOf = (keyHex: string): string =>
  createHmac('sha256', Buffer.from(keyHex, 'hex')).update('the key of this journal').digest('hex')
const fileOf = (path: string): string => join(dirname(path), 'journal.keycheck')

function knownCheck(path: string): string | null {
  try {
    const text = readFileSync(fileOf(path), 'utf8').trim()
    return /^[0-9a-f]{64}$/.test(text) ? text : null
  } catch {
    return null
  }
}

/**
 * Throws OtherKeyError where the journal at `path` was written with a different key. Such a journal looks like a
 * damaged one, and a damaged one is set aside; therefore a check value of its key lies beside it. Call this before the
 * journal is opened, because opening it with a different key may harm its write-ahead log.
 */
export function assertKeyOf(path: string, keyHex: string): void {
  const known = knownCheck(path)
  if (known !== null && known !== checkOf(keyHex)) throw new OtherKeyError()
}

/**
 * For a journal that this key did not open: whether the key may be the reason. A damaged journal has no sure sign of
 * its key, but a file that ends within a page was never a whole journal.
 */
export const mayBeOtherKey = (path: string): boolean => knownCheck(path) === null && statSync(path).size % PAGE === 0

/**
 * Stores the check value of a journal that this key opened. On a full disk nothing is stored, and the next start tries
 * again.
 */
export function keepKeyCheck(path: string, keyHex: string): void {
  if (knownCheck(path) !== null) return
  try {
    writeFileSync(`${fileOf(path)}.new`, `${checkOf(keyHex)}\n`, { mode: 0o600, flush: true })
    renameSync(`${fileOf(path)}.new`, fileOf(path))
  } catch {
    // The journal itself is fine, so the error is ignored.
  }
}
