import { speltOtherwise } from '../../domain/search/folded-letters.ts'
import { searchTokens } from '../../domain/search-text.ts'
import type { SqlValue } from '../handles.ts'
import { nameMarks, type Named } from '../search/name-marks.ts'
import { pinyinOf, pinyinWords } from '../search/pinyin-words.ts'
import type { AnyRow } from './any-row.ts'

/** The fields of a customer from which the words of the search index are made. */
export const namedBy = ['kind', 'displayName', 'familyName', 'nativeName', 'city'] as const

export const insertCustomerWords =
  'INSERT INTO "customerSearch" (rowid, "names", "pinyin", "marks") VALUES (?, ?, ?, ?)'
export const deleteCustomerWords = 'DELETE FROM "customerSearch" WHERE rowid = ?'

/**
 * The words by which the search finds a customer: both names with each CJK character as a word, how the native name is
 * typed in Latin letters, and marks that say which word is the family name or the town.
 */
export function customerWords(searchId: number | bigint, customer: AnyRow): SqlValue[] {
  const named = customer as unknown as Named
  const native = named.nativeName ?? ''
  const both = native === '' ? named.displayName : `${named.displayName} ${native}`
  // The index folds plain letters in the same way as this code, so such names are passed as they are.
  const names = beyondAscii.test(both) ? [...searchTokens(both), ...speltOtherwise(both)].join(' ') : both
  const pinyin = pinyinOf(native || named.displayName)
  return [searchId, names, pinyinWords(native || named.displayName), nameMarks(named, pinyin)]
}

const beyondAscii = /[^\x20-\x7e]/
