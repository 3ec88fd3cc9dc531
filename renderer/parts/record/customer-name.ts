import type { ScreenLanguage } from '../../i18n/formats.ts'
import { isolated } from '../../i18n/isolated.ts'

/** A customer's names: in Latin letters and, where there is one, in their own script. */
export interface CustomerNames {
  readonly displayName: string
  readonly nativeName: string | null
}

/** Both names; the one that fits the screen's language comes first. */
export function bothNames({ displayName, nativeName }: CustomerNames, language: ScreenLanguage): string {
  if (nativeName === null || nativeName === displayName) return isolated(displayName)
  const [first, second] = language === 'zh' ? [nativeName, displayName] : [displayName, nativeName]
  return `${isolated(first)} ${isolated(second)}`
}

/** The name for places with little room: on a Chinese screen, the Chinese name alone. */
export const shortName = (names: CustomerNames, language: ScreenLanguage): string =>
  language === 'zh' ? isolated(names.nativeName ?? names.displayName) : bothNames(names, language)
