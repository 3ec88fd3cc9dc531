import { townIn } from '../../../resources/places/towns.ts'
import type { ScreenLanguage } from '../../i18n/formats.ts'

const HAN = /\p{Script=Han}/u

/**
 * A customer's town in the language of the screen; a town that is known only in the other language stays as it is
 * written.
 */
export function townName(
  { city, cityLatin }: { readonly city: string | null; readonly cityLatin?: string | undefined },
  language: ScreenLanguage,
): string {
  if (city === null) return ''
  if (HAN.test(city) === (language === 'zh')) return city
  return townIn(language, city) ?? (language === 'en' ? cityLatin : undefined) ?? city
}
