import { writtenNumber } from './numbers/written-address.ts'
import { foldLatin } from './search/folded-letters.ts'
import { withoutHonorifics } from './search/honorifics.ts'
import { simplified } from './search/simplified.ts'

/**
 * Text as the search compares it, in the index and in what was typed: one form for full width and half width, no case,
 * no accents, no letters that a plain keyboard lacks, simplified characters.
 */
export function foldText(text: string): string {
  const folded = foldLatin(text)
  return (isPlain.test(folded) ? folded : simplified(folded.normalize('NFKC'))).replace(/\s+/g, ' ').trim()
}

const isPlain = /^[\t-\r -~]*$/
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

export const hasCjk = (text: string): boolean => cjk.test(text)

/** The words of a folded text. */
const wordsOf = (folded: string): string[] => folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')

/** CJK characters each a token of its own, the rest as words: "李伟 Ltd" → "李 伟 ltd". Finds two-character names, which trigrams cannot. */
export function searchTokens(text: string): string[] {
  return wordsOf(foldText(text)).flatMap(tokensOf)
}

/** The tokens of one folded word. */
export function tokensOf(word: string): string[] {
  if (!cjk.test(word)) return [word]
  const out: string[] = []
  let run = ''
  for (const ch of word) {
    if (cjk.test(ch)) {
      if (run) out.push(run)
      run = ''
      out.push(ch)
    } else run += ch
  }
  if (run) out.push(run)
  return out
}

/** What a person typed into the search: words, digits of a number, or an e-mail address. */
export type SearchQuery =
  | { readonly kind: 'nothing' }
  /** Digits as typed and folded; may be a phone fragment, an order or an account number. */
  | { readonly kind: 'digits'; readonly digits: string; readonly text: string }
  | { readonly kind: 'email'; readonly text: string }
  | {
    readonly kind: 'words'
    /** Folded words; one of CJK characters may be several words of a name. */
    readonly words: readonly string[]
    /** The same without "Mr.", 先生 and their like; null: there are none. */
    readonly untitled: readonly string[] | null
    readonly text: string
    /** What the words are on a telephone's keypad ("1-800-FLOWERS"), where they may be a number. */
    readonly digits: string | null
  }

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
  const words = wordsOf(text)
  return words.length > 0 ? { kind: 'words', words, untitled: withoutHonorifics(words), text, digits: digits.length >= LEAST_VANITY ? digits : null } : { kind: 'nothing' }
}
