import { searchTokens } from '../../domain/search-text.ts'

/**
 * Words of the search index that say what a name is, told from plain words by a rune that nobody types: a range of words
 * of their own, so that "Li" as a family is found without reading every given name that is Li.
 */
export const FAMILY_MARK = 'ᚠ'
export const ORGANISATION_MARK = 'ᛟ'

export interface Named {
  readonly kind: 'person' | 'organisation'
  readonly displayName: string
  readonly familyName: string | null
  readonly nativeName: string | null
}

/** The marked words of a customer; `pinyin` is how the native name is typed, its family name first. */
export function nameMarks({ kind, displayName, familyName, nativeName }: Named, pinyin: string): string {
  if (kind === 'organisation') return [...searchTokens(displayName), ...searchTokens(nativeName ?? '')].map((token) => ORGANISATION_MARK + token).join(' ')
  const words = searchTokens(displayName)
  // Of who was captured in a hurry only the name as a whole is known.
  const family = familyName ? searchTokens(familyName) : [pinyin.split(' ')[0] || words.at(-1)]
  const whole = searchTokens(nativeName ?? '').join('')
  return [...family, whole].filter(Boolean).map((token) => FAMILY_MARK + token).join(' ')
}
