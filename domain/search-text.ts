import { writtenNumber } from './numbers/written-address.ts'
import { foldLatin } from './search/folded-letters.ts'
import { withoutHonorifics } from './search/honorifics.ts'
import { simplified } from './search/simplified.ts'

/**
 * Brings text into the form that the search compares, both in the index and in what was typed: one form for full width
 * and half width, no case, no accents, only letters that a plain keyboard has, simplified characters.
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

/**
 * Splits text into tokens: each CJK character is one, the rest are words ("李伟 Ltd" → "李 伟 ltd"). This finds names of
 * two characters, which trigrams cannot.
 */
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

/** What a user typed into the search: words, the digits of a number, or an e-mail address. */
export type SearchQuery =
  | { readonly kind: 'nothing' }
  /** Digits, simplified; they may be a part of a phone number, an order number or an account number. */
  | { readonly kind: 'digits'; readonly digits: string; readonly text: string }
  | { readonly kind: 'email'; readonly text: string }
  | {
      readonly kind: 'words'
      /** Folded words; a word of CJK characters may be several words of a name. */
      readonly words: readonly string[]
      /** The same without titles such as "Mr." and 先生; null: there are no titles. */
      readonly untitled: readonly string[] | null
      readonly text: string
      /** The digits of the words on a telephone keypad ("1-800-FLOWERS"), where they may be a number. */
      readonly digits: string | null
    }

/** The fewest digits of a number that is written in letters: three letters after a digit are more often a word. */
const LEAST_VANITY = 7

export function readSearchQuery(typed: string): SearchQuery {
  const text = foldText(typed)
  if (!text) return { kind: 'nothing' }
  // People write the number of an order as "#1234".
  const number = writtenNumber(typed.replace(/^\s*#/, ''))
  const digits = number?.digits.replace('+', '') ?? ''
  if (digits.length >= 3 && !number?.letters)
    return { kind: 'digits', digits, text: /[^+\d\s()/.#-]/.test(text) ? digits : text }
  if (/^\S+@\S*$/.test(text)) return { kind: 'email', text }
  const words = wordsOf(text)
  return words.length > 0
    ? {
        kind: 'words',
        words,
        untitled: withoutHonorifics(words),
        text,
        digits: digits.length >= LEAST_VANITY ? digits : null,
      }
    : { kind: 'nothing' }
}
