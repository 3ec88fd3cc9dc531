/** Letters that are written from right to left (Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam and related scripts). */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
/** Marks in a name that would change the direction of the text around it, or end its isolation. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g

const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

/**
 * Isolates a name (Unicode Bidirectional Algorithm, UAX 9): an Arabic or Hebrew name keeps its own direction, and the
 * text around it keeps its place. It uses characters instead of markup, so that it also works in titles and accessible
 * names.
 */
export function isolated(name: string): string {
  const plain = name.replaceAll(turning, '')
  return rightToLeft.test(plain) ? `${FIRST_STRONG_ISOLATE}${plain}${POP_ISOLATE}` : plain
}
