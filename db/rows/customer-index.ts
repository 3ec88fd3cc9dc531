import { searchTokens } from '../../domain/search-text.ts'
import type { SqlValue } from '../handles.ts'
import { nameMarks, type Named } from '../search/name-marks.ts'
import { pinyinWords } from '../search/pinyin-words.ts'
import type { AnyRow } from './any-row.ts'

/** Fields of a customer that the words it is found by are made of. */
export const namedBy = ['kind', 'displayName', 'familyName', 'nativeName'] as const

export const insertCustomerWords = 'INSERT INTO "customerSearch" (rowid, "names", "pinyin", "marks") VALUES (?, ?, ?, ?)'
export const deleteCustomerWords = 'DELETE FROM "customerSearch" WHERE rowid = ?'

/** What a customer is found by as text: both names, a CJK character a word, how the native one is typed, and which word is the family's. */
export function customerWords(searchId: number | bigint, customer: AnyRow): SqlValue[] {
  const named = customer as unknown as Named
  const native = named.nativeName ?? ''
  const both = native === '' ? named.displayName : `${named.displayName} ${native}`
  // Latin text is folded by the index itself; only scripts without spaces need their characters taken apart here.
  const names = beyondLatin.test(both) ? searchTokens(both).join(' ') : both
  const pinyin = pinyinWords(native || named.displayName)
  return [searchId, names, pinyin, nameMarks(named, pinyin)]
}

const beyondLatin = /[\u0250-\u{10ffff}]/u
