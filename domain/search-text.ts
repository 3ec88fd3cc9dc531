import { writtenNumber } from './numbers/written-address.ts'

/** Text as the search compares it: one form for full width and half width, no case, no accents. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{Mn}/gu, '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

export const hasCjk = (text: string): boolean => cjk.test(text)

/** CJK characters each a token of its own, the rest as words: "李伟 Ltd" → "李 伟 ltd". Finds two-character names, which trigrams cannot. */
export function searchTokens(text: string): string[] {
  const out: string[] = []
  for (const word of foldText(text).split(/[^\p{L}\p{N}]+/u)) {
    let run = ''
    for (const ch of word) {
      if (cjk.test(ch)) {
        if (run) out.push(run)
        run = ''
        out.push(ch)
      } else run += ch
    }
    if (run) out.push(run)
  }
  return out
}

/** What a person typed into the search: a phrase in CJK, digits of a number, an e-mail address, or words. */
export type SearchQuery =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'cjk'; readonly tokens: readonly string[] }
  /** Digits as typed and folded; may be a phone fragment, an order or an account number. */
  | { readonly kind: 'digits'; readonly digits: string; readonly text: string }
  | { readonly kind: 'email'; readonly text: string }
  /** `digits`: what the words are on a telephone's keypad ("1-800-FLOWERS"), where they may be a number. */
  | { readonly kind: 'words'; readonly tokens: readonly string[]; readonly text: string; readonly digits: string | null }

/** A number written in letters has this many digits at least: three letters behind a digit are a word more often. */
const LEAST_VANITY = 7

export function readSearchQuery(typed: string): SearchQuery {
  const text = foldText(typed)
  if (!text) return { kind: 'nothing' }
  // "#1234" is how people write the number of an order.
  const number = writtenNumber(typed.replace(/^\s*#/, ''))
  const digits = number?.digits.replace('+', '') ?? ''
  if (digits.length >= 3 && !number?.letters) return { kind: 'digits', digits, text: /[^+\d\s()/.#-]/.test(text) ? digits : text }
  if (/^\S+@\S*$/.test(text)) return { kind: 'email', text }
  if (hasCjk(text)) return { kind: 'cjk', tokens: searchTokens(text) }
  const tokens = searchTokens(text)
  return tokens.length > 0 ? { kind: 'words', tokens, text, digits: digits.length >= LEAST_VANITY ? digits : null } : { kind: 'nothing' }
}
