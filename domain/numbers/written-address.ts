import { plainCharacters } from '../plain-characters.ts'
import { splitCallerId } from './caller-id.ts'
import { parseSipAddress } from './sip-address.ts'
import { hidesCaller, isWithheld } from './withheld.ts'
import { readWrittenNumber, type WrittenNumber } from './written-number.ts'

/** Channel names of a PBX are not numbers, whatever digits they contain. */
const channelName = /^(local|pjsip|sip|iax2|dahdi|sccp)\//i
/** Host names that are used where the caller is not named (RFC 3323, 3GPP TS 24.229). */
const noHost = /^(?:anonymous|unknown|unavailable|restricted)\.invalid$/i

/** Longer than any caller id with its name and its address. */
const LONGEST = 512

/**
 * What a text says about a number before anything is looked up: that there is none, that it is an extension, or which
 * number is written.
 */
export type WrittenAddress =
  | { readonly kind: 'withheld' }
  | { readonly kind: 'extension' | 'sip_user'; readonly display: string }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'written'; readonly text: string }

/** Removes name, brackets, scheme and host; the rest is read as a number, whoever wrote it. */
export function readAddress(raw: string): WrittenAddress {
  const text = plainCharacters(raw.slice(0, LONGEST)).trim()
  // A text with a line break is two texts, and neither is read as a number.
  if (/\p{Cc}/u.test(text)) return { kind: 'invalid' }
  const { name, address: uri } = splitCallerId(text)
  if (isWithheld(uri) || (name !== null && hidesCaller(name))) return { kind: 'withheld' }
  if (channelName.test(uri)) return { kind: 'sip_user', display: raw }
  const address = parseSipAddress(uri)
  if (!address) return { kind: 'written', text: uri }
  if (isWithheld(address.user) ? address.user !== '' : noHost.test(address.host ?? '')) return { kind: 'withheld' }
  if (address.scheme === 'tel') {
    // RFC 3966: a local number has a meaning only in its context; where the context is a domain, it is an extension.
    if (address.host === null) return { kind: 'written', text: address.user }
    return address.host.startsWith('+')
      ? { kind: 'written', text: address.host + address.user }
      : { kind: 'extension', display: address.user }
  }
  return /^\+?[\d\s().*#-]+$/.test(address.user)
    ? { kind: 'written', text: address.user }
    : { kind: 'sip_user', display: address.user || raw }
}

/** The number in a text, whatever surrounds it; null where there is none. */
export function writtenNumber(raw: string): WrittenNumber | null {
  const found = readAddress(raw)
  const text = found.kind === 'written' ? found.text : found.kind === 'extension' ? found.display : null
  return text === null ? null : readWrittenNumber(text)
}
