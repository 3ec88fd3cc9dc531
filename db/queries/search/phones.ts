import type { CustomerId } from '../../../protocol/scalars.ts'
import type { ReadableDb } from '../../handles.ts'
import type { AnyRow } from '../../rows/any-row.ts'
import { numberDigits, reversed } from '../../rows/derived-columns.ts'
import { FRAGMENT_DIGITS, fragmentsOf } from '../../rows/phone-index.ts'
import { after, type Hit } from './hit.ts'

interface PhoneRow { readonly customerId: CustomerId; readonly raw: string; readonly e164: string | null }

/** More digits than any number has: not looked for. */
const LONGEST = 24
const LOOKED_AT_MOST = 60

const hitOf = ({ customerId, e164, raw }: PhoneRow): Hit => ({ customerId, foundBy: 'phone', found: e164 ?? raw })

function inRange(db: ReadableDb, column: string, start: string, limit: number): Hit[] {
  return db.all<PhoneRow>(
    `SELECT "customerId", "raw", "e164" FROM "contactPoint" WHERE "${column}" >= ? AND "${column}" < ? ORDER BY "${column}" LIMIT ${limit}`, start, after(start)).map(hitOf)
}

/** Numbers that begin so: with or without country, with or without trunk zero. The whole number comes first. */
export function phonesThatBegin(db: ReadableDb, digits: string, limit: number): Hit[] {
  const withoutTrunk = digits.replace(/^0+/, '')
  return [...inRange(db, 'e164', `+${digits.replace(/^00/, '')}`, limit), ...(withoutTrunk.length >= 3 ? inRange(db, '_national', withoutTrunk, limit) : [])]
}

export const phonesThatEnd = (db: ReadableDb, digits: string, limit: number): Hit[] => inRange(db, '_reversed', reversed(digits), limit)

/** Numbers that have these digits together anywhere; from four digits on, because fewer are in every number. */
export function phonesThatHold(db: ReadableDb, digits: string): Hit[] {
  if (digits.length < FRAGMENT_DIGITS || digits.length > LONGEST) return []
  const match = fragmentsOf(digits).map((fragment) => `"${fragment}"`).join(' ')
  return db.all<{ rowid: number }>(`SELECT rowid FROM "phoneSearch" WHERE "phoneSearch" MATCH ? ORDER BY rowid LIMIT ${LOOKED_AT_MOST}`, match).flatMap(({ rowid }) => {
    const row = db.get<PhoneRow & AnyRow>('SELECT "customerId", "kind", "raw", "e164", "nationalKey" FROM "contactPoint" WHERE "_searchId" = ?', rowid)
    // The index knows which four digits are in a number, not in which order.
    return row && numberDigits(row)?.includes(digits) ? [hitOf(row)] : []
  })
}
