/** What a person or a spreadsheet wrote, made plain before it is parsed: rules that the phone library does not know. */
export interface WrittenNumber {
  /** Digits with at most a leading plus. */
  readonly digits: string
  readonly extension: string | null
  /** A trunk zero in brackets stood behind a country code that had no plus: "49 (0)30". */
  readonly bracketZero: boolean
}

const digitSets: readonly (readonly [start: number, end: number])[] = [
  [0xff10, 0xff19], // full width
  [0x0660, 0x0669], // Arabic-Indic
  [0x06f0, 0x06f9], // extended Arabic-Indic
  [0x0966, 0x096f], // Devanagari
]

/** Any script's digits and plus as ASCII; ideographic and no-break spaces as spaces. */
export function asciiDigits(text: string): string {
  let out = ''
  for (const ch of text) {
    const code = ch.codePointAt(0)!
    const set = digitSets.find(([start, end]) => code >= start && code <= end)
    if (set) out += String(code - set[0])
    else if (ch === '＋') out += '+'
    else if (ch === '＊') out += '*'
    else if (ch === '＃') out += '#'
    else out += /[\s\u3000\u00a0]/.test(ch) ? ' ' : ch
  }
  // Spreadsheets and e-mails carry direction marks along with a number.
  return out.replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
}

const extensionWords = /\s*(?:;ext=|durchwahl|nebenstelle|extension|ext\.?|x|转|轉|分机)\s*\.?:?\s*(\d{1,8})\s*$/i
/** A Chinese landline with its extension behind a second dash; the library reads it as one long number. */
const chineseDashExtension = /^(\(?0\d{2,3}\)?[- ]?\d{7,8})-(\d{1,6})$/

export function readWrittenNumber(text: string): WrittenNumber {
  let rest = asciiDigits(text).trim()
  let extension: string | null = null
  const found = extensionWords.exec(rest) ?? chineseDashExtension.exec(rest)
  if (found) {
    extension = found.at(-1) ?? null
    rest = found.length === 3 ? found[1]! : rest.slice(0, found.index)
  }
  const bracketZero = /^\d{1,3}\s*\(0\)/.test(rest)
  if (/^(\+|00|\d{1,3}\s*\(0\))/.test(rest)) rest = rest.replace('(0)', '')
  const digits = rest.replace(/[^\d+]/g, '').replace(/(?!^)\+/g, '')
  return { digits, extension, bracketZero }
}
