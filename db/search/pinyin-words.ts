import { pinyin } from 'pinyin-pro'
import { simplified } from '../../domain/search/simplified.ts'

const HAN = /\p{Script=Han}/u

/** How people type a Chinese name on a Latin keyboard. */
export interface Pinyin {
  /** One syllable for each character; ü is written `v`. */
  readonly syllables: readonly string[]
  /**
   * Every word that finds the name: its syllables, all of them as one word, and their initials ("李伟" → li, wei, liwei,
   * lw).
   */
  readonly words: readonly string[]
  /** The first syllable, which is the family name, in each of its spellings. */
  readonly family: readonly string[]
}

const nothing: Pinyin = { syllables: [], words: [], family: [] }

/** People type ü as v, passports print it as yu, and some people leave out its dots and type u: 吕 is lv, lyu and lu. */
const spellings: readonly ((syllable: string) => string)[] = [
  (syllable) => syllable,
  (syllable) => syllable.replace('v', 'yu'),
  (syllable) => syllable.replace('v', 'u'),
]

/** The first character is taken as the family name. A text without Han characters gives nothing. */
export function pinyinOf(name: string): Pinyin {
  if (!HAN.test(name)) return nothing
  const known = readings.get(name)
  if (known !== undefined) return known
  const syllables = pinyin(simplified(name), {
    toneType: 'none',
    type: 'array',
    surname: 'head',
    nonZh: 'removed',
    v: true,
  })
  const ways = syllables.some((syllable) => syllable.includes('v'))
    ? spellings.map((spell) => syllables.map(spell))
    : [syllables]
  const words = [
    ...new Set([...ways.flatMap((way) => [...way, way.join('')]), syllables.map((syllable) => syllable[0]).join('')]),
  ]
  const read = { syllables, words, family: [...new Set(ways.flatMap((way) => way.slice(0, 1)))] }
  // Names repeat often among a million customers, so readings are remembered; the table is emptied before it takes much
  // memory.
  if (readings.size > 20_000) readings.clear()
  readings.set(name, read)
  return read
}

/** The words of `pinyinOf` as one text: "li wei liwei lw". */
export const pinyinWords = (name: string): string => pinyinOf(name).words.join(' ')

const readings = new Map<string, Pinyin>()
