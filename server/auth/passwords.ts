import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const LENGTH = 32

/** `scrypt$N$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt)
  return `scrypt$${COST.N}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/**
 * Whether the password matches this hash. Takes equally long for a user who does not exist (`stored` null), so that
 * nobody can learn names from the time.
 */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  const [, , salt, hash] = (stored ?? '').split('$')
  const derived = await derive(password, Buffer.from(salt ?? '', 'base64url'))
  const expected = Buffer.from(hash ?? '', 'base64url')
  return expected.length === LENGTH && timingSafeEqual(derived, expected)
}

const derive = (password: string, salt: Buffer) =>
  new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, LENGTH, COST, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
