/** Letters that are written from right to left (Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam and their kin). */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
/** Marks that would turn the line around the name, or end its isolation. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g

const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

/**
 * A name that stands in a line by itself (Unicode Bidirectional Algorithm, UAX 9): an Arabic or Hebrew name runs its own
 * way, and what is around it keeps its place. As text, so that it holds in titles and accessible names too.
 */
export function isolated(name: string): string {
  const plain = name.replaceAll(turning, '')
  return rightToLeft.test(plain) ? `${FIRST_STRONG_ISOLATE}${plain}${POP_ISOLATE}` : plain
}
