import { speltOtherwise } from '../../domain/search/folded-letters.ts'
import { searchTokens } from '../../domain/search-text.ts'
import type { SqlValue } from '../handles.ts'
import { nameMarks, type Named } from '../search/name-marks.ts'
import { pinyinOf, pinyinWords } from '../search/pinyin-words.ts'
import type { AnyRow } from './any-row.ts'

/** Fields of a customer that the words it is found by are made of. */
export const namedBy = ['kind', 'displayName', 'familyName', 'nativeName', 'city'] as const

export const insertCustomerWords = 'INSERT INTO "customerSearch" (rowid, "names", "pinyin", "marks") VALUES (?, ?, ?, ?)'
export const deleteCustomerWords = 'DELETE FROM "customerSearch" WHERE rowid = ?'

/** What a customer is found by as text: both names, a CJK character a word, how the native one is typed, and which word is the family's or the town's. */
export function customerWords(searchId: number | bigint, customer: AnyRow): SqlValue[] {
  const named = customer as unknown as Named
  const native = named.nativeName ?? ''
  const both = native === '' ? named.displayName : `${named.displayName} ${native}`
  // Plain letters are folded by the index itself as they are here.
  const names = beyondAscii.test(both) ? [...searchTokens(both), ...speltOtherwise(both)].join(' ') : both
  const pinyin = pinyinOf(native || named.displayName)
  return [searchId, names, pinyinWords(native || named.displayName), nameMarks(named, pinyin)]
}

const beyondAscii = /[^\x20-\x7e]/
