/** A caller id taken apart: `"Li Wei" <13800138000>`, `Li Wei <sip:…>;tag=1`, or a number alone. */
export interface CallerId {
  /** The name beside the number; null where there is none. */
  readonly name: string | null
  /** What stands for the number: what is between the brackets, or the whole text where there are none. */
  readonly address: string
}

export function splitCallerId(text: string): CallerId {
  // A quoted name may hold < or ; so it goes first. Spreadsheets double its quotes.
  const quoted = /^\s*(?:""([^"]*)""|"((?:[^"\\]|\\.)*)")\s*(?=<|$)/.exec(text)
  const rest = quoted ? text.slice(quoted[0].length) : text
  const inBrackets = /^([^<>]*)<([^<>]*)>/.exec(rest)
  if (!inBrackets) return { name: null, address: (quoted && rest === '' ? (quoted[1] ?? quoted[2]!) : text).trim() }
  const name = (quoted ? (quoted[1] ?? quoted[2]!).replaceAll(/\\(.)/g, '$1') : inBrackets[1]!).trim()
  return { name: name === '' ? null : name, address: inBrackets[2]!.trim() }
}
