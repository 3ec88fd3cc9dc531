import { createHash, timingSafeEqual } from 'node:crypto'

/** What opens the bridge of this host. */
export interface Passes {
  /** Whether this is one of them; a code is used up by it. */
  admits(given: string): boolean
  /** A code that opens once and soon lapses: for an address that others on this machine can read in the list of processes. */
  newCode(): string
}

export interface PassesOptions {
  /** Of this host for good: given to whoever entered, so that they come back by themselves. */
  readonly secret: string
  /** Of this start: in the printed address, good for any number of browsers. */
  readonly token: string
  readonly newCode: () => string
  readonly now: () => number
}

const CODE_LIVES_MS = 120_000
const CODES_AT_MOST = 20

export function createPasses({ secret, token, newCode, now }: PassesOptions): Passes {
  const lasting = [hashOf(secret), hashOf(token)]
  let codes: { readonly hash: Buffer; readonly until: number }[] = []

  return {
    admits: (given) => {
      const hash = hashOf(given)
      const live = codes.filter(({ until }) => until > now())
      // All are compared, each in constant time: how long it takes says nothing of which it was nearly.
      const used = live.filter((code) => timingSafeEqual(code.hash, hash))
      const lasts = lasting.filter((known) => timingSafeEqual(known, hash))
      codes = live.filter((code) => !used.includes(code))
      return used.length + lasts.length > 0
    },
    newCode: () => {
      const code = newCode()
      codes = [...codes, { hash: hashOf(code), until: now() + CODE_LIVES_MS }].slice(-CODES_AT_MOST)
      return code
    },
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest()
