/**
 * A number that a person or a spreadsheet wrote, simplified before it is parsed, by rules that the phone library does
 * not know.
 */
export interface WrittenNumber {
  /** Digits, with a leading plus at most. */
  readonly digits: string
  readonly extension: string | null
  /** A trunk zero in brackets stood after a country code without a plus: "49 (0)30". */
  readonly bracketZero: boolean
  /** Some of the digits were written as letters of a keypad: "1-800-FLOWERS". */
  readonly letters: boolean
}

const extensionWords =
  /[\s,;.(-]*(?:;ext=|durchwahl|nebenstelle|apparat|extension|extn|ext|nst|app|dw|poste|interno|int|anexo|ramal|добавочный|доб|вн|内線|內線|内线|내선|转分机|轉分機|分机号|分机|分機|转|轉|x)\s*\.?:?\s*(\d{1,8})\s*\)?\s*$/i
/**
 * Signs after which a telephone dials more digits following a pause. They count only after a whole number, because
 * "#12" alone means something else.
 */
const extensionSigns = /(?<=\d[\d\s().-]{4,}\d)\s*(?:#|,+|;)\s*(\d{1,8})#?$/
/** A Chinese landline with its extension after a second dash; the library would read it as one long number. */
const chineseDashExtension = /^((?:\(?0\d{2,3}\)?|\+?86[- ]?0?\d{2,3})[- ]?\d{7,8})-(\d{1,6})$/

/** The words that people put before and after a number in a spreadsheet. */
const label =
  /^(?:telephone|telefon|phone|mobile|mobil|handy|cell|tel|mob|fax|ph|t|m|电话|電話|手机|手機|座机|联系电话|号码|热线|传真)\s*(?:\.\s*:?|:|-|\s(?=[+\d(]))\s*(?=[+\d(])/i
const remark = /\s*\([^()\d]*\)$/

const signs = /^[\d\s+().\-/_~'"\u2019·•[\]]+$/
const keypad = ['', '', 'ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ']
/** Digits first, then letters: "1-800-FLOWERS", "1800 GO FEDEX", "13 CATS". */
const vanity = /^\+?\(?\d[\d\s().-]*[a-z](?:[\s.-]?[a-z\d])+$/i
const LEAST_LETTERS = 3

/** Reads text in plain characters; null where it contains something that no telephone number is written with. */
export function readWrittenNumber(text: string): WrittenNumber | null {
  let rest = text.trim().replace(label, '').replace(remark, '')
  let extension: string | null = null
  const found = extensionWords.exec(rest) ?? extensionSigns.exec(rest) ?? chineseDashExtension.exec(rest)
  if (found && found.index + found[0].length === rest.length && (found.index > 0 || found.length === 3)) {
    extension = found.at(-1) ?? null
    rest = found.length === 3 ? found[1]! : rest.slice(0, found.index)
  }
  const letters = isVanity(rest)
  if (letters)
    rest = rest.replaceAll(/[a-z]/gi, (letter) => String(keypad.findIndex((key) => key.includes(letter.toUpperCase()))))
  if (!signs.test(rest)) return null
  const bracketZero = /^\d{1,3}\s*\(0\)/.test(rest)
  if (/^(\+|\(\+|00|\d{1,3}\s*\(0\))/.test(rest)) rest = rest.replace('(0)', '')
  const digits = rest.replace(/[^\d+]/g, '').replace(/(?!^)\+/g, '')
  return { digits, extension, bracketZero, letters }
}

const isVanity = (text: string): boolean => vanity.test(text) && text.replaceAll(/[^a-z]/gi, '').length >= LEAST_LETTERS
