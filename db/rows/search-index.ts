import { searchTokens } from '../../domain/search-text.ts'
import type { SqlValue } from '../handles.ts'
import { pinyinWords } from '../search/pinyin-words.ts'
import type { AnyRow } from './codec.ts'

export const insertSearch = 'INSERT INTO "customerSearch" (rowid, "names", "pinyin") VALUES (?, ?, ?)'
export const deleteSearch = 'DELETE FROM "customerSearch" WHERE rowid = ?'

/** What a customer is found by as text: both names, a CJK character a word, and how the native one is typed. */
export function searchValues(searchId: number | bigint, customer: AnyRow): SqlValue[] {
  const native = (customer['nativeName'] as string | null) ?? ''
  const display = customer['displayName'] as string
  const both = native === '' ? display : `${display} ${native}`
  // Latin text is folded by the index itself; only scripts without spaces need their characters taken apart here.
  const names = beyondLatin.test(both) ? searchTokens(both).join(' ') : both
  return [searchId, names, pinyinWords(native || display)]
}

const beyondLatin = /[\u0250-\u{10ffff}]/u
