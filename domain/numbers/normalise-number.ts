import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max'
import type { ShownNumber } from '../../protocol/match.ts'
import type { LineRules } from './line-rules.ts'
import { isEmergency, isShortCode } from './service-numbers.ts'
import { parseSipAddress } from './sip-address.ts'
import { isWithheld } from './withheld.ts'
import { asciiDigits, readWrittenNumber } from './written-number.ts'

/** Channel names of a PBX are no numbers, whatever digits they hold. */
const channelName = /^(local|pjsip|sip|iax2|dahdi|sccp)\//i

const LONGEST_EXTENSION = 5
/** Without a country this may be a number: kept as it came, until somebody says where from. */
const mayBeNational = /^\d{6,15}$/

/**
 * What a caller id or a written number is. The raw text is kept as it came; `e164` and `nationalKey` are what is stored
 * and looked up, null where it is no telephone number. Never throws, whatever comes in.
 */
export function normaliseNumber(raw: string, rules: LineRules): ShownNumber {
  const text = asciiDigits(raw).trim().slice(0, 128)
  if (isWithheld(text)) return shown('withheld', '')
  if (channelName.test(text)) return shown('sip_user', raw)
  const address = parseSipAddress(text)
  if (!address) return classify(text, raw, rules)
  if (isWithheld(address.user) ? address.user !== '' : address.host?.toLowerCase() === 'anonymous.invalid') return shown('withheld', '')
  if (address.scheme === 'tel' && address.host) {
    // RFC 3966: a local number means something only in its context; a domain's are extensions.
    return address.host.startsWith('+') ? classify(address.host + address.user, raw, rules) : shown('extension', raw, address.user)
  }
  return /^\+?[\d\s().*#-]+$/.test(address.user) ? classify(address.user, raw, rules) : shown('sip_user', raw, address.user || raw)
}

function classify(text: string, raw: string, rules: LineRules): ShownNumber {
  if (/^[*#]/.test(text)) return shown('feature_code', raw)
  const { digits, bracketZero } = readWrittenNumber(text)
  if (!/\d/.test(digits)) return /\p{L}/u.test(text) && !/\s/.test(text) ? shown('sip_user', raw) : shown('invalid', raw)
  // Emergency first: 911 on a line whose outside prefix is 9 is still 911.
  if (isEmergency(digits, rules.country)) return shown('emergency', raw, digits)
  if (isShortCode(digits, rules.country)) return shown('short_code', raw, digits)
  if (digits.length <= 4 && !digits.startsWith('+')) return shown('extension', raw, digits)
  const phone = bracketZero ? parseValid(`+${digits}`, rules) : parseAsLine(digits, rules)
  if (phone) {
    return {
      kind: 'number', raw: raw.slice(0, 128), e164: phone.number, nationalKey: nationalKeyOf(phone), region: phone.country ?? null,
      display: phone.formatInternational(),
    }
  }
  if (digits.length <= LONGEST_EXTENSION && !digits.startsWith('+')) return shown('extension', raw, digits)
  return rules.country === null && mayBeNational.test(digits) ? shown('number', raw) : shown('invalid', raw)
}

/** Tries the ways in which this line may have written the number, the most particular first. */
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

/** "+86013800138000": a PBX that puts the country code before a number that still has its trunk zero. */
function withoutTrunkZero(digits: string, rules: LineRules): PhoneNumber | null {
  const parsed = /^\+(\d{1,3}?)0(\d{6,})$/.exec(digits)
  return parsed ? parseValid(`+${parsed[1]}${parsed[2]}`, rules) : null
}

function parseValid(digits: string, rules: LineRules): PhoneNumber | null {
  const phone = parsePhoneNumberFromString(digits, { ...(rules.country === null ? {} : { defaultCountry: rules.country as CountryCode }), extract: false })
  return phone?.isValid() ? phone : null
}

const nationalKeyOf = (phone: PhoneNumber): string => `${phone.country ?? '001'}:${phone.nationalNumber}`

const shown = (kind: ShownNumber['kind'], raw: string, display = raw): ShownNumber => ({
  kind, raw: kind === 'withheld' ? '' : raw.slice(0, 128), e164: null, nationalKey: null, region: null, display: display.slice(0, 128),
})
