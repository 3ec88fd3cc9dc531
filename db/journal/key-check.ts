import { createHmac } from 'node:crypto'
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The journal was written with another key than the one that is here now. */
export class OtherKeyError extends Error {
  readonly code = 'KEY_WRONG'
  constructor() {
    super('The journal was written with another key.')
  }
}

const PAGE = 4096
const checkOf = (keyHex: string): string => createHmac('sha256', Buffer.from(keyHex, 'hex')).update('the key of this journal').digest('hex')
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
 * Throws OtherKeyError where the journal at `path` was written with another key. A journal of another key reads like a
 * damaged one, which is set aside; so a check value of its key lies beside it. Asked before the journal is opened, because
 * opening it with another key may harm its log.
 */
export function assertKeyOf(path: string, keyHex: string): void {
  const known = knownCheck(path)
  if (known !== null && known !== checkOf(keyHex)) throw new OtherKeyError()
}

/** Of a journal that this key did not open: whether that may be because of the key. Damage leaves no trace of a key, and half a page was never a journal. */
export const mayBeOtherKey = (path: string): boolean => knownCheck(path) === null && statSync(path).size % PAGE === 0

/** Keeps the check value of a journal that this key opened. A full disk does without: the next start keeps it. */
export function keepKeyCheck(path: string, keyHex: string): void {
  if (knownCheck(path) !== null) return
  try {
    writeFileSync(`${fileOf(path)}.new`, `${checkOf(keyHex)}\n`, { mode: 0o600, flush: true })
    renameSync(`${fileOf(path)}.new`, fileOf(path))
  } catch {
    // Nothing is wrong with the journal.
  }
}
