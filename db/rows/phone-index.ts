import type { SqlValue } from '../handles.ts'
import type { AnyRow } from './any-row.ts'
import { numberDigits } from './derived-columns.ts'

/** Every number contains fewer digits than this, so they would find nothing useful. */
export const FRAGMENT_DIGITS = 4

export const insertPhoneFragments = 'INSERT INTO "phoneSearch" (rowid, "fragments") VALUES (?, ?)'
export const deletePhoneFragments = 'DELETE FROM "phoneSearch" WHERE rowid = ?'

/** Every group of four consecutive digits, as words: "13800" → "1380 3800". */
export function fragmentsOf(digits: string): string[] {
  return Array.from({ length: Math.max(0, digits.length - FRAGMENT_DIGITS + 1) }, (_, start) =>
    digits.slice(start, start + FRAGMENT_DIGITS),
  )
}

/**
 * The words that find a contact point by digits in the middle of its number; null: it is not a telephone number, or a
 * very short one.
 */
export function phoneFragments(searchId: number | bigint, contactPoint: AnyRow): SqlValue[] | null {
  const fragments = fragmentsOf(numberDigits(contactPoint) ?? '')
  return fragments.length === 0 ? null : [searchId, [...new Set(fragments)].join(' ')]
}
