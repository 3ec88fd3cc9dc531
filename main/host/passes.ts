import { passIdOf } from './bridge-proof.ts'

/**
 * The passes of one browser that entered, the newest last. There is more than one while it is not known which of them
 * the browser has kept.
 */
export type BrowserPasses = readonly string[]

/** The passes that open the bridge of this host. */
export interface Passes {
  /** Returns the pass with this id; null where there is none. */
  find(passId: string): string | null
  /**
   * Call this when a browser has proved that it knows this pass: returns the secret that opens next time. A code is
   * used up; an earlier secret still opens until the browser says that it kept the next one. Null where the pass no
   * longer opens.
   */
  admit(pass: string): string | null
  /** Whether the pass is a secret that was given to a browser at an earlier entry. */
  isOfBrowser(pass: string): boolean
  /** The browser that entered with `pass` has kept `next`. */
  kept(pass: string, next: string): void
  /**
   * Returns a code that opens once and soon expires. It is for an address that others on this machine can read in the
   * list of processes.
   */
  newCode(): string
  /** The passes that must be kept for the next start. */
  browsers(): readonly BrowserPasses[]
}

export interface PassesOptions {
  /** The browsers of earlier starts; the one that entered last is at the end. */
  readonly browsers: readonly BrowserPasses[]
  /** The token of this start: it is in the printed address and works for any number of browsers. */
  readonly token: string
  readonly newWord: () => string
  readonly now: () => number
}

const CODE_LIVES_MS = 120_000
const CODES_AT_MOST = 20
const BROWSERS_AT_MOST = 32
/**
 * The most secrets of one browser: several of its windows may come back at once, and each may be waiting for its own
 * new secret.
 */
const SECRETS_AT_MOST = 4

export function createPasses(options: PassesOptions): Passes {
  const { token, newWord, now } = options
  let browsers = [...options.browsers]
  let codes: { readonly code: string; readonly until: number }[] = []

  const liveCodes = () => codes.filter(({ until }) => until > now())
  const others = (browser: BrowserPasses | undefined) => browsers.filter((one) => one !== browser)
  const ofBrowser = (pass: string) => browsers.find((secrets) => secrets.includes(pass))

  return {
    find: (passId) =>
      [token, ...liveCodes().map(({ code }) => code), ...browsers.flat()].find((pass) => passIdOf(pass) === passId) ??
      null,
    admit: (pass) => {
      const browser = ofBrowser(pass)
      const isCode = liveCodes().some(({ code }) => code === pass)
      if (!browser && !isCode && pass !== token) return null
      codes = liveCodes().filter(({ code }) => code !== pass)
      const next = newWord()
      // The browser still has the secret that it has just shown, until it says otherwise: never remove that one.
      const between = browser?.filter((secret) => secret !== pass).slice(-(SECRETS_AT_MOST - 2)) ?? []
      browsers = [...others(browser), browser ? [pass, ...between, next] : [next]].slice(-BROWSERS_AT_MOST)
      return next
    },
    isOfBrowser: (pass) => ofBrowser(pass) !== undefined,
    kept: (pass, next) => {
      const browser = ofBrowser(next)
      if (browser) browsers = [...others(browser), browser.filter((secret) => secret !== pass)]
    },
    newCode: () => {
      const code = newWord()
      codes = [...codes, { code, until: now() + CODE_LIVES_MS }].slice(-CODES_AT_MOST)
      return code
    },
    browsers: () => browsers,
  }
}
