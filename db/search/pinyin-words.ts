import { pinyin } from 'pinyin-pro'

const HAN = /\p{Script=Han}/u

/**
 * How a Chinese name is typed on a Latin keyboard: its syllables, all of them in one word, and their initials
 * ("李伟" → "li wei liwei lw"). The first character is read as a family name. Empty without Han characters.
 */
export function pinyinWords(name: string): string {
  if (!HAN.test(name)) return ''
  const known = readings.get(name)
  if (known !== undefined) return known
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'removed', v: true })
  const words = [...syllables, syllables.join(''), syllables.map((syllable) => syllable[0]).join('')].join(' ')
  // Names repeat a great deal among a million customers; the table is emptied before it costs memory.
  if (readings.size > 20_000) readings.clear()
  readings.set(name, words)
  return words
}
/** The syllables of a Chinese name, a character each; none without Han characters. */
export const pinyinSyllables = (name: string): string[] => pinyinWords(name).split(' ').slice(0, -2)

const readings = new Map<string, string>()
