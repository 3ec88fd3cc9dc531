import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SECRET = /^[\w-]{43}$/

export const operatorSecretFile = (dataFolder: string): string => join(dataFolder, 'operator-secret')

/**
 * The secret with which who owns the server's data folder may read the status, without being anybody: made at the first
 * start, readable by its owner only. It shows no text that somebody wrote.
 */
export function provideOperatorSecret(dataFolder: string): string {
  const file = operatorSecretFile(dataFolder)
  const known = readOperatorSecret(dataFolder)
  if (known) {
    // Copied or brought back from a backup it may have become everybody's.
    chmodSync(file, 0o600)
    return known
  }
  const secret = randomBytes(32).toString('base64url')
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}

/** Null where there is none; throws where it may not be read. */
export function readOperatorSecret(dataFolder: string): string | null {
  try {
    const text = readFileSync(operatorSecretFile(dataFolder), 'utf8').trim()
    return SECRET.test(text) ? text : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

export function secretFits(given: string | null, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return given !== null && timingSafeEqual(hash(given), hash(secret))
}
