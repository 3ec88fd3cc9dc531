import { speltOtherwise } from '../../domain/search/folded-letters.ts'
import { searchTokens } from '../../domain/search-text.ts'
import { pinyinOf, type Pinyin } from './pinyin-words.ts'

/**
 * Marked words of the search index, which say what part of a name a word is. They begin with a rune that nobody types,
 * so that they do not mix with plain words: "Li" as a family name is found without reading every given name Li, and a
 * town is found only beside a name.
 */
export const FAMILY_MARK = 'ᚠ'
export const ORGANISATION_MARK = 'ᛟ'
export const PLACE_MARK = 'ᛈ'

export interface Named {
  readonly kind: 'person' | 'organisation'
  readonly displayName: string
  readonly familyName: string | null
  readonly nativeName: string | null
  readonly city: string | null
}

/** The marked words of a customer. `pinyin` is how the native name is typed, with the family name first. */
export function nameMarks({ kind, displayName, familyName, nativeName, city }: Named, pinyin: Pinyin): string {
  const place = city ? placeMarks(city) : []
  if (kind === 'organisation')
    return [
      ...marked(ORGANISATION_MARK, [
        ...searchTokens(displayName),
        ...speltOtherwise(displayName),
        ...searchTokens(nativeName ?? ''),
      ]),
      ...place,
    ].join(' ')
  // For a customer who was captured in a hurry, only the name as a whole is known.
  const family = familyName
    ? [...searchTokens(familyName), ...speltOtherwise(familyName)]
    : pinyin.family.length > 0
      ? pinyin.family
      : searchTokens(displayName).slice(-1)
  const spellings = pinyin.family.length > 1 ? pinyin.family : []
  return [...marked(FAMILY_MARK, [...family, ...spellings, searchTokens(nativeName ?? '').join('')]), ...place].join(
    ' ',
  )
}

/** The marks of a town are remembered, because a million customers live in a few thousand towns. */
function placeMarks(city: string): readonly string[] {
  let marks = places.get(city)
  if (marks === undefined) {
    if (places.size > 20_000) places.clear()
    places.set(
      city,
      (marks = marked(PLACE_MARK, [...searchTokens(city), ...speltOtherwise(city), pinyinOf(city).syllables.join('')])),
    )
  }
  return marks
}

const places = new Map<string, readonly string[]>()

const marked = (mark: string, words: readonly string[]): string[] =>
  [...new Set(words)].filter((word) => word !== '').map((word) => mark + word)
