import type { SqlValue } from '../handles.ts'
import { pinyinWords, separated } from '../search/customer-text.ts'
import type { AnyRow } from './codec.ts'

export const insertSearch = 'INSERT INTO "customerSearch" (rowid, "names", "pinyin") VALUES (?, ?, ?)'
export const deleteSearch = 'DELETE FROM "customerSearch" WHERE rowid = ?'

/** What a customer is found by as text: both names, and how the native one is typed. */
export function searchValues(searchId: number | bigint, customer: AnyRow): SqlValue[] {
  const native = (customer['nativeName'] as string | null) ?? ''
  const display = customer['displayName'] as string
  return [searchId, `${separated(display)} ${separated(native)}`, pinyinWords(native || display)]
}
