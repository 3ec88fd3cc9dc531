import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max'
import type { ShownNumber } from '../../protocol/match.ts'
import type { LineRules } from './line-rules.ts'
import { isEmergency, isShortCode } from './service-numbers.ts'
import { readAddress } from './written-address.ts'
import { readWrittenNumber } from './written-number.ts'

const LONGEST = 128
const LONGEST_EXTENSION = 5
/** Without a country this may be a number: it is kept as it came until its country is known. */
const mayBeNational = /^\d{6,15}$/

/**
 * Says what a caller id or a written number is, wherever it came from. The raw text is kept; `e164` and `nationalKey`
 * are stored and looked up, and are null where the text is not a telephone number. It never throws, whatever the text.
 */
export function normaliseNumber(raw: string, rules: LineRules): ShownNumber {
  const found = readAddress(raw)
  switch (found.kind) {
    case 'withheld':
      return shown('withheld', '')
    case 'invalid':
      return shown('invalid', raw)
    case 'extension':
    case 'sip_user':
      return shown(found.kind, raw, found.display)
    case 'written':
      return classify(found.text, raw, rules)
    default:
      return found satisfies never
  }
}

function classify(text: string, raw: string, rules: LineRules): ShownNumber {
  if (/^[*#]/.test(text)) return shown(/^[*#][\d*#\s-]*$/.test(text) ? 'feature_code' : 'invalid', raw)
  const written = readWrittenNumber(text)
  if (!written || !/\d/.test(written.digits))
    return /\p{L}/u.test(text) && !/\s/.test(text) ? shown('sip_user', raw) : shown('invalid', raw)
  const { digits } = written
  if (written.letters) return numberOf(parseVanity(digits, rules), raw) ?? shown('invalid', raw, digits)
  // Check emergency numbers first: 911 on a line whose outside prefix is 9 is still 911.
  if (isEmergency(digits, rules.country)) return shown('emergency', raw, digits)
  if (isShortCode(digits, rules.country)) return shown('short_code', raw, digits)
  if (digits.length <= 4 && !digits.startsWith('+')) return shown('extension', raw, digits)
  const number = numberOf(written.bracketZero ? parseValid(`+${digits}`, rules) : parseAsLine(digits, rules), raw)
  if (number) return number
  if (digits.length <= LONGEST_EXTENSION && !digits.startsWith('+')) return shown('extension', raw, digits)
  return rules.country === null && mayBeNational.test(digits) ? shown('number', raw) : shown('invalid', raw)
}

const numberOf = (phone: PhoneNumber | null, raw: string): ShownNumber | null =>
  phone && {
    kind: 'number',
    raw: raw.slice(0, LONGEST),
    e164: phone.number,
    nationalKey: nationalKeyOf(phone),
    region: phone.country ?? null,
    display: phone.formatInternational(),
  }

/** Tries the ways in which this line may have written the number, the most specific first. */
function parseAsLine(digits: string, rules: LineRules): PhoneNumber | null {
  if (digits.startsWith('+')) return parseValid(digits, rules) ?? withoutTrunkZero(digits, rules)
  const longestFirst = rules.outsidePrefixes.toSorted((a, b) => b.length - a.length)
  for (const prefix of longestFirst) {
    const inside = digits.startsWith(prefix) ? parseValid(digits.slice(prefix.length), rules) : null
    if (inside) return inside
  }
  if (rules.e164WithoutPlus && !digits.startsWith('0')) {
    const international = parseValid(`+${digits}`, rules)
    if (international) return international
  }
  return parseValid(digits, rules) ?? (rules.areaCode ? parseValid(rules.areaCode + digits, rules) : null)
}

/** "+86013800138000": some PBXs put the country code before a number that still has its trunk zero. */
function withoutTrunkZero(digits: string, rules: LineRules): PhoneNumber | null {
  const parsed = /^\+(\d{1,3}?)0(\d{6,})$/.exec(digits)
  return parsed ? parseValid(`+${parsed[1]}${parsed[2]}`, rules) : null
}

/**
 * Reads a number that is written in letters. Toll-free numbers of North America are written this way all over the world
 * ("1-800-…", which in China would read as a mobile phone), and often with more letters than are dialled.
 */
function parseVanity(digits: string, rules: LineRules): PhoneNumber | null {
  const free = /^\+?1?(8(?:00|33|44|55|66|77|88)\d{7})\d*$/.exec(digits)
  return (free && parseValid(`+1${free[1]}`, rules)) ?? parseAsLine(digits, rules)
}

function parseValid(digits: string, rules: LineRules): PhoneNumber | null {
  const phone = parsePhoneNumberFromString(digits, {
    ...(rules.country === null ? {} : { defaultCountry: rules.country as CountryCode }),
    extract: false,
  })
  return phone?.isValid() ? phone : null
}

const nationalKeyOf = (phone: PhoneNumber): string => `${phone.country ?? '001'}:${phone.nationalNumber}`

const shown = (kind: ShownNumber['kind'], raw: string, display = raw): ShownNumber => ({
  kind,
  raw: kind === 'withheld' ? '' : raw.slice(0, LONGEST),
  e164: null,
  nationalKey: null,
  region: null,
  display: display.slice(0, LONGEST),
})
