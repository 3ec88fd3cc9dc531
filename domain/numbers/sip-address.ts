/** The parts of a SIP or tel address that matter for who is calling (RFC 3261 §20.10, RFC 3966). */
export interface SipAddress {
  readonly scheme: 'sip' | 'tel'
  /** User part or subscriber number, percent-decoded; empty where there is none. */
  readonly user: string
  /** Host of a SIP address, or the `phone-context` of a local tel number. */
  readonly host: string | null
}

/** Reads `sip:`, `sips:` and `tel:` URIs, alone or as a name-addr with display name and parameters; null for anything else. */
export function parseSipAddress(text: string): SipAddress | null {
  // A quoted display name may hold < or ; so it goes first.
  const unquoted = text.trim().replace(/^"(?:[^"\\]|\\.)*"\s*/, '').replace(/^""(?:[^"])*""\s*/, '')
  const inBrackets = /<([^<>]*)>/.exec(unquoted)
  const uri = (inBrackets ? inBrackets[1]! : unquoted).trim()
  const scheme = /^(sips?|tel):/i.exec(uri)
  if (!scheme) return null
  const rest = uri.slice(scheme[0].length)
  if (scheme[1]!.toLowerCase() === 'tel') {
    const [subscriber = '', ...parameters] = rest.split(';')
    const context = parameters.find((p) => p.toLowerCase().startsWith('phone-context='))
    return { scheme: 'tel', user: decode(subscriber), host: context ? context.slice('phone-context='.length) : null }
  }
  const address = rest.split(/[;?]/)[0]!
  const at = rest.indexOf('@')
  if (at < 0) return { scheme: 'sip', user: '', host: address }
  const host = rest.slice(at + 1).split(/[;?]/)[0]!.replace(/:\d+$/, '')
  return { scheme: 'sip', user: decode(rest.slice(0, at).split(';')[0]!), host }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
