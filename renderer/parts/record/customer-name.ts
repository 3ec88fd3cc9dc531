import type { ScreenLanguage } from '../../i18n/formats.ts'
import { isolated } from '../../i18n/isolated.ts'

/** What a customer is called, in Latin letters and, where there is one, in their own script. */
export interface CustomerNames { readonly displayName: string; readonly nativeName: string | null }

/** Both names, that of the screen's language first. */
export function bothNames({ displayName, nativeName }: CustomerNames, language: ScreenLanguage): string {
  if (nativeName === null || nativeName === displayName) return isolated(displayName)
  const [first, second] = language === 'zh' ? [nativeName, displayName] : [displayName, nativeName]
  return `${isolated(first)} ${isolated(second)}`
}

/** Where there is little room: the Chinese name alone on a Chinese screen. */
export const shortName = (names: CustomerNames, language: ScreenLanguage): string => (language === 'zh' ? isolated(names.nativeName ?? names.displayName) : bothNames(names, language))
