import type { SqlValue } from '../handles.ts'
import type { AnyRow } from './any-row.ts'
import { numberDigits } from './derived-columns.ts'

/** Fewer digits than this are in every number. */
export const FRAGMENT_DIGITS = 4

export const insertPhoneFragments = 'INSERT INTO "phoneSearch" (rowid, "fragments") VALUES (?, ?)'
export const deletePhoneFragments = 'DELETE FROM "phoneSearch" WHERE rowid = ?'

/** Every four digits that follow each other, as words: "13800" → "1380 3800". */
export function fragmentsOf(digits: string): string[] {
  return Array.from({ length: Math.max(0, digits.length - FRAGMENT_DIGITS + 1) }, (_, start) => digits.slice(start, start + FRAGMENT_DIGITS))
}

/** What a contact point is found by in the middle; null: it is no telephone number, or a very short one. */
export function phoneFragments(searchId: number | bigint, contactPoint: AnyRow): SqlValue[] | null {
  const fragments = fragmentsOf(numberDigits(contactPoint) ?? '')
  return fragments.length === 0 ? null : [searchId, [...new Set(fragments)].join(' ')]
}
