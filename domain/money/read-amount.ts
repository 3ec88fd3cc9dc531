import { plainCharacters } from '../plain-characters.ts'
import { minorDigits, whatMark } from './currency-signs.ts'
import { readDecimal } from './written-decimal.ts'

/** Why a typed amount or count is refused; the screen has a sentence for each reason. */
export type AmountProblem =
  | { readonly kind: 'unreadable' }
  /** The sign or code of another currency stands beside it. */
  | { readonly kind: 'foreign'; readonly sign: string; readonly currency: string }
  /** It can be read in two ways; both are given in an unambiguous form. */
  | { readonly kind: 'either'; readonly ways: readonly [string, string] }
  /** It has more decimals than the currency. */
  | { readonly kind: 'decimals'; readonly digits: number; readonly currency: string }
  | { readonly kind: 'tooLarge'; readonly most: number }

export type ReadAmount =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: AmountProblem }

/** The largest price of one piece, in whole units of its currency. */
export const MOST_AMOUNT = 999_999_999
/** The largest quantity of a line. */
export const MOST_QUANTITY = 9_999_999

const refused = (problem: AmountProblem): ReadAmount => ({ ok: false, problem })
const unreadable = refused({ kind: 'unreadable' })

/** "1.5万", "2k": how many powers of ten the sign stands for. */
const multiples: Readonly<Record<string, number>> = { 万: 4, 萬: 4, 千: 3, k: 3 }
/** "182元5角", "182块5". */
const chineseParts = /^([\d,]+) ?(?:元|块)(?:(\d)角?(?:(\d)分)?)$/
const units = /\s*(?:pcs?\.?|pieces?|units?|stk\.?|stück|件|个|個|支|只|套|台|箱|盒|包|ea\.?|x)$/i

/** A longer text is not an amount, and no part of it is read. */
const LONGEST = 60
const plain = (typed: string): string =>
  typed.trim().length > LONGEST
    ? ''
    : plainCharacters(typed).replaceAll('。', '.').replaceAll(/\s+/g, ' ').trim().toLowerCase()

/**
 * Reads a typed price in minor units of its currency: "182", "182,50", "1.820,00", "¥182", "182元", "CNY 1 820". It
 * refuses a sign of another currency, a number that can be read in two ways, and more decimals than the currency has,
 * each with a problem of its own.
 */
export function readAmount(typed: string, currency: string): ReadAmount {
  const parts = chineseParts.exec(plain(typed))
  const text = parts && currency === 'CNY' ? `${parts[1]}.${parts[2]}${parts[3] ?? ''}` : plain(typed)
  const found = /^(\D*?)([.,]?\d[\d., '’]*-?)(\D*)$/.exec(text)
  if (!found) return unreadable
  const [, before = '', digits = '', behind = ''] = found
  const [shift, unit] = shifted(behind.trim())
  for (const mark of [before.trim(), unit]) {
    const what = mark === '' ? 'ours' : whatMark(mark, currency)
    if (what === 'unknown') return unreadable
    if (what === 'foreign') return refused({ kind: 'foreign', sign: signAsTyped(typed, mark), currency })
  }
  return minorUnits(digits.trim(), shift, currency)
}

function minorUnits(written: string, shift: number, currency: string): ReadAmount {
  const digits = minorDigits(currency)
  const number = readDecimal(written, shift > 0 ? 4 : digits)
  if (number.kind === 'none') return unreadable
  if (number.kind === 'either') return refused(number)
  const fraction = number.fraction.replace(/0+$/, '')
  if (fraction.length > digits + shift) return refused({ kind: 'decimals', digits, currency })
  if (number.whole.length + shift > 12) return refused({ kind: 'tooLarge', most: MOST_AMOUNT })
  const value = Number(number.whole + fraction.padEnd(digits + shift, '0'))
  return value > MOST_AMOUNT * 10 ** digits + (10 ** digits - 1)
    ? refused({ kind: 'tooLarge', most: MOST_AMOUNT })
    : { ok: true, value }
}

/** Reads a typed quantity of at least one: "1000", "1,000", "1 000", "1000 pcs", "１０００件". */
export function readQuantity(typed: string): ReadAmount {
  const text = plain(typed).replace(units, '')
  const found = /^(\d[\d., '’]*)(.*)$/.exec(text)
  if (!found) return unreadable
  const [shift, left] = shifted(found[2]!.trim())
  if (left !== '') return unreadable
  const number = readDecimal(found[1]!.trim(), shift > 0 ? 4 : 0)
  if (number.kind === 'none') return unreadable
  if (number.kind === 'either') return refused(number)
  const fraction = number.fraction.replace(/0+$/, '')
  if (fraction.length > shift) return unreadable
  const value = Number(number.whole + fraction.padEnd(shift, '0'))
  if (value > MOST_QUANTITY) return refused({ kind: 'tooLarge', most: MOST_QUANTITY })
  return value >= 1 ? { ok: true, value } : unreadable
}

function shifted(behind: string): [shift: number, rest: string] {
  const shift = multiples[behind[0] ?? '']
  // "k" means a thousand; "kr" and "kč" are currencies.
  return shift === undefined || /^k\p{L}/u.test(behind) ? [0, behind] : [shift, behind.slice(1).trim()]
}

/** The sign as the user typed it, for the sentence that names it. */
function signAsTyped(typed: string, mark: string): string {
  const at = typed.toLowerCase().indexOf(mark)
  return at < 0 ? mark : typed.slice(at, at + mark.length)
}
