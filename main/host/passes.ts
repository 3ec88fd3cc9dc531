import { passIdOf } from './bridge-proof.ts'

/** The passes of one browser that entered: the newest last. More than one while it is not known which of them it keeps. */
export type BrowserPasses = readonly string[]

/** What opens the bridge of this host. */
export interface Passes {
  /** The pass of this name; null: there is none. */
  find(passId: string): string | null
  /** Somebody proved that they know this pass: gives what opens next time. A code is used up; a secret opens until the next one is kept. Null: it opens no more. */
  admit(pass: string): string | null
  /** Whether it is a secret that an earlier entry was given. */
  isOfBrowser(pass: string): boolean
  /** The browser that entered with `pass` keeps `next`. */
  kept(pass: string, next: string): void
  /** A code that opens once and soon lapses: for an address that others on this machine can read in the list of processes. */
  newCode(): string
  /** What has to outlive this start. */
  browsers(): readonly BrowserPasses[]
}

export interface PassesOptions {
  /** Of before this start, the one that entered last at the end. */
  readonly browsers: readonly BrowserPasses[]
  /** Of this start: in the printed address, good for any number of browsers. */
  readonly token: string
  readonly newWord: () => string
  readonly now: () => number
}

const CODE_LIVES_MS = 120_000
const CODES_AT_MOST = 20
const BROWSERS_AT_MOST = 32
/** Of one browser: several windows may come back at once, each with a secret of its own on the way. */
const SECRETS_AT_MOST = 4

export function createPasses(options: PassesOptions): Passes {
  const { token, newWord, now } = options
  let browsers = [...options.browsers]
  let codes: { readonly code: string; readonly until: number }[] = []

  const liveCodes = () => codes.filter(({ until }) => until > now())
  const others = (browser: BrowserPasses | undefined) => browsers.filter((one) => one !== browser)
  const ofBrowser = (pass: string) => browsers.find((secrets) => secrets.includes(pass))

  return {
    find: (passId) => [token, ...liveCodes().map(({ code }) => code), ...browsers.flat()].find((pass) => passIdOf(pass) === passId) ?? null,
    admit: (pass) => {
      const browser = ofBrowser(pass)
      const isCode = liveCodes().some(({ code }) => code === pass)
      if (!browser && !isCode && pass !== token) return null
      codes = liveCodes().filter(({ code }) => code !== pass)
      const next = newWord()
      // The one that was shown is what this browser keeps until it says otherwise: it is never among those that go.
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
