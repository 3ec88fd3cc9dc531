import { pinyin } from 'pinyin-pro'
import { simplified } from '../../domain/search/simplified.ts'

const HAN = /\p{Script=Han}/u

/** How a Chinese name is typed on a Latin keyboard. */
export interface Pinyin {
  /** A character each; ü is `v`. */
  readonly syllables: readonly string[]
  /** Every word it is found by: its syllables, all of them in one word, and their initials ("李伟" → li, wei, liwei, lw). */
  readonly words: readonly string[]
  /** The first syllable, the family's, in each way it is spelt. */
  readonly family: readonly string[]
}

const nothing: Pinyin = { syllables: [], words: [], family: [] }

/** ü is typed as v, printed in passports as yu, and typed as u by those who drop its dots; 吕 is lv, lyu and lu. */
const spellings: readonly ((syllable: string) => string)[] = [(syllable) => syllable, (syllable) => syllable.replace('v', 'yu'), (syllable) => syllable.replace('v', 'u')]

/** The first character is read as a family name. Nothing without Han characters. */
export function pinyinOf(name: string): Pinyin {
  if (!HAN.test(name)) return nothing
  const known = readings.get(name)
  if (known !== undefined) return known
  const syllables = pinyin(simplified(name), { toneType: 'none', type: 'array', surname: 'head', nonZh: 'removed', v: true })
  const ways = syllables.some((syllable) => syllable.includes('v')) ? spellings.map((spell) => syllables.map(spell)) : [syllables]
  const words = [...new Set([...ways.flatMap((way) => [...way, way.join('')]), syllables.map((syllable) => syllable[0]).join('')])]
  const read = { syllables, words, family: [...new Set(ways.flatMap((way) => way.slice(0, 1)))] }
  // Names repeat a great deal among a million customers; the table is emptied before it costs memory.
  if (readings.size > 20_000) readings.clear()
  readings.set(name, read)
  return read
}

/** The words of `pinyinOf` as one text: "li wei liwei lw". */
export const pinyinWords = (name: string): string => pinyinOf(name).words.join(' ')

const readings = new Map<string, Pinyin>()
