import { pinyin } from 'pinyin-pro'

const HAN = /\p{Script=Han}/u

/**
 * A Chinese town in Latin letters, as road signs write it ("长兴" → "Changxing", "雅安" → "Ya'an"); null where the text has
 * no Chinese characters.
 */
export function latinTown(town: string | null): string | null {
  if (town === null || !HAN.test(town)) return null
  const syllables = pinyin(town, { toneType: 'none', type: 'array', nonZh: 'consecutive' })
  const joined = syllables.map((syllable, n) => (n > 0 && /^[aoe]/.test(syllable) ? `'${syllable}` : syllable)).join('')
  return joined.charAt(0).toUpperCase() + joined.slice(1)
}
