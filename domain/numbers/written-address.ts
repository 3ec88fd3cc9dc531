import { plainCharacters } from '../plain-characters.ts'
import { splitCallerId } from './caller-id.ts'
import { parseSipAddress } from './sip-address.ts'
import { hidesCaller, isWithheld } from './withheld.ts'
import { readWrittenNumber, type WrittenNumber } from './written-number.ts'

/** Channel names of a PBX are no numbers, whatever digits they hold. */
const channelName = /^(local|pjsip|sip|iax2|dahdi|sccp)\//i
/** Hosts that stand for no host where the caller is not named (RFC 3323, 3GPP TS 24.229). */
const noHost = /^(?:anonymous|unknown|unavailable|restricted)\.invalid$/i

/** More than any caller id has, with its name and its address. */
const LONGEST = 512

/** What a text says of a number before anything is looked up: that there is none, whose extension it is, or what is written. */
export type WrittenAddress =
  | { readonly kind: 'withheld' }
  | { readonly kind: 'extension' | 'sip_user'; readonly display: string }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'written'; readonly text: string }

/** Takes name, brackets, scheme and host away: what is left is read as a number, whoever wrote it. */
export function readAddress(raw: string): WrittenAddress {
  const text = plainCharacters(raw.slice(0, LONGEST)).trim()
  // A line that goes on in a second one is two texts, and never a number of either.
  if (/\p{Cc}/u.test(text)) return { kind: 'invalid' }
  const { name, address: uri } = splitCallerId(text)
  if (isWithheld(uri) || (name !== null && hidesCaller(name))) return { kind: 'withheld' }
  if (channelName.test(uri)) return { kind: 'sip_user', display: raw }
  const address = parseSipAddress(uri)
  if (!address) return { kind: 'written', text: uri }
  if (isWithheld(address.user) ? address.user !== '' : noHost.test(address.host ?? '')) return { kind: 'withheld' }
  if (address.scheme === 'tel') {
    // RFC 3966: a local number means something only in its context; a domain's are extensions.
    if (address.host === null) return { kind: 'written', text: address.user }
    return address.host.startsWith('+') ? { kind: 'written', text: address.host + address.user } : { kind: 'extension', display: address.user }
  }
  return /^\+?[\d\s().*#-]+$/.test(address.user) ? { kind: 'written', text: address.user } : { kind: 'sip_user', display: address.user || raw }
}

/** The number that a text writes, whatever stands around it; null where it is none. */
export function writtenNumber(raw: string): WrittenNumber | null {
  const found = readAddress(raw)
  const text = found.kind === 'written' ? found.text : found.kind === 'extension' ? found.display : null
  return text === null ? null : readWrittenNumber(text)
}
