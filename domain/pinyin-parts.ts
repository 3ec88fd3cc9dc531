/** Every final that a Mandarin syllable can have; `v` stands for ü, as people type it. */
const FINAL =
  'iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v'
const SYLLABLE = new RegExp(`^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:${FINAL})|ai|an|ang|ao|a|ei|en|eng|er|e|ou|o)$`)
const LONGEST_SYLLABLE = 6
/** The consonants with which a syllable can begin. */
const INITIAL = /^(?:[zcs]h|[a-hj-tw-z])$/
const MOST_SYLLABLES = 4
/** Each way costs one query of the index. */
const MOST_WAYS = 4

/**
 * One way to read letters as a name, with one part for each character: its whole syllable, its initial, or (for the
 * last character) the beginning of its syllable.
 */
export type PinyinParts = readonly string[]

const isSyllable = (part: string): boolean => SYLLABLE.test(part)

/**
 * The ways in which "zhengmr" may be meant: syllables that are written whole or by their initial, in any mix ("zheng m
 * r"), the fewest parts first. Every way has a whole syllable; initials alone and whole names are words of the index
 * themselves.
 */
export function pinyinParts(text: string): PinyinParts[] {
  const ways: PinyinParts[] = []
  const read = (from: number, parts: PinyinParts): void => {
    if (from === text.length) {
      if (parts.length > 1 && parts.some(isWhole)) ways.push(parts)
      return
    }
    if (parts.length === MOST_SYLLABLES) return
    for (let length = Math.min(LONGEST_SYLLABLE, text.length - from); length > 0; length -= 1) {
      const part = text.slice(from, from + length)
      const isLast = from + length === text.length
      if (isSyllable(part) || INITIAL.test(part) || (isLast && isBeginning(part))) read(from + length, [...parts, part])
    }
  }
  read(0, [])
  return ways.toSorted((a, b) => a.length - b.length).slice(0, MOST_WAYS)
}

export const isWhole = (part: string): boolean => part.length > 1 && isSyllable(part)

/** "zho", "don": the user may still be typing the rest of the syllable. */
const isBeginning = (part: string): boolean => ['g', 'ng', 'n', 'u'].some((rest) => isSyllable(part + rest))

/** Whether these parts can stand for a name of these syllables. */
export const fitsParts = (syllables: readonly string[], parts: PinyinParts): boolean =>
  parts.length <= syllables.length &&
  parts.every((part, n) => syllables[n]!.startsWith(part) || syllables[n]!.replace('v', 'u').startsWith(part))
