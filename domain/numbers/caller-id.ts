/** The parts of a caller id: `"Li Wei" <13800138000>`, `Li Wei <sip:…>;tag=1`, or a number alone. */
export interface CallerId {
  /** The name beside the number; null where there is none. */
  readonly name: string | null
  /** The text for the number: the text between the brackets, or the whole text where there are none. */
  readonly address: string
}

export function splitCallerId(text: string): CallerId {
  // A quoted name may contain < or ; so it is removed first. Spreadsheets double its quotes.
  const quoted = /^\s*(?:""([^"]*)""|"((?:[^"\\]|\\.)*)")\s*(?=<|$)/.exec(text)
  const rest = quoted ? text.slice(quoted[0].length) : text
  const inBrackets = /^([^<>]*)<([^<>]*)>/.exec(rest)
  if (!inBrackets) return { name: null, address: (quoted && rest === '' ? (quoted[1] ?? quoted[2]!) : text).trim() }
  const name = (quoted ? (quoted[1] ?? quoted[2]!).replaceAll(/\\(.)/g, '$1') : inBrackets[1]!).trim()
  return { name: name === '' ? null : name, address: inBrackets[2]!.trim() }
}
