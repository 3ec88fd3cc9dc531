import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SECRET = /^[\w-]{43}$/

export const operatorSecretFile = (dataFolder: string): string => join(dataFolder, 'operator-secret')

/**
 * With this secret, anyone who owns the server's data folder can read the status without being a user. It is made at
 * the first start, and only its owner can read the file. It does not give access to texts that people wrote.
 */
export function provideOperatorSecret(dataFolder: string): string {
  const file = operatorSecretFile(dataFolder)
  const known = readOperatorSecret(dataFolder)
  if (known) {
    // After a copy or a restore, others may be able to read the file: take that right away.
    chmodSync(file, 0o600)
    return known
  }
  const secret = randomBytes(32).toString('base64url')
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}

/** Null where there is no secret. Throws where the file may not be read. */
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
