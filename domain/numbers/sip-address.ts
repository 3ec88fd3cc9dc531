/** The parts of an address that identify a caller (RFC 3261 §20.10, RFC 3966). */
export interface SipAddress {
  /** `tel` stands for every scheme that identifies a subscriber by the number alone: tel, callto, sms, fax. */
  readonly scheme: 'sip' | 'tel'
  /** User part or subscriber number, percent-decoded; empty where there is none. */
  readonly user: string
  /** Host of a SIP address, or the `phone-context` of a local tel number. */
  readonly host: string | null
}

/** Reads `sip:`, `sips:`, `tel:`, `callto:`, `sms:` and `fax:` URIs and a bare `user@host`; null for anything else. */
export function parseSipAddress(uri: string): SipAddress | null {
  const scheme = /^(sips?|tel|callto|sms|fax):(?:\/\/)?/i.exec(uri)
  if (!scheme) return /^[^\s@<>]+@[^\s@<>]+$/.test(uri) ? userAtHost(uri) : null
  const rest = uri.slice(scheme[0].length)
  if (/^sip/i.test(scheme[1]!)) return userAtHost(rest)
  const [subscriber = '', ...parameters] = rest.split(/[;?]/)
  const context = parameters.find((p) => p.toLowerCase().startsWith('phone-context='))
  return {
    scheme: 'tel',
    user: decode(subscriber).replace(/\/+$/, ''),
    host: context ? context.slice('phone-context='.length) : null,
  }
}

function userAtHost(rest: string): SipAddress {
  const address = rest.split(/[;?]/)[0]!
  const at = rest.indexOf('@')
  if (at < 0) return { scheme: 'sip', user: '', host: address }
  const host = rest
    .slice(at + 1)
    .split(/[;?]/)[0]!
    .replace(/:\d+$/, '')
  return { scheme: 'sip', user: decode(rest.slice(0, at).split(';')[0]!), host }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
