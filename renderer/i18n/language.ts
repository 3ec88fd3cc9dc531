import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { ScreenLanguage } from './formats.ts'
import { words } from './words.ts'

const STORED_AS = 'ringside.language'

/** The language that was chosen on this machine, otherwise the browser's, otherwise English. */
export function firstLanguage(storage: Pick<Storage, 'getItem'>, preferred: readonly string[]): ScreenLanguage {
  const stored = storage.getItem(STORED_AS)
  if (stored === 'en' || stored === 'zh') return stored
  return preferred.find((tag) => tag.startsWith('zh') || tag.startsWith('en'))?.startsWith('zh') ? 'zh' : 'en'
}

/**
 * Creates the words of the screens. Keys are separated by "/" (because command names contain dots), parameters are in
 * single braces.
 */
export async function createLanguage(language: ScreenLanguage, storage: Pick<Storage, 'setItem'>): Promise<i18n> {
  const instance = createInstance()
  await instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: words.en }, zh: { translation: words.zh } },
    keySeparator: '/',
    nsSeparator: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  })
  const apply = (chosen: string): void => {
    document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en'
  }
  apply(language)
  instance.on('languageChanged', (chosen) => {
    apply(chosen)
    storage.setItem(STORED_AS, chosen)
  })
  return instance
}
