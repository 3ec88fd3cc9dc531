import type { CustomerId } from '../../../protocol/scalars.ts'
import type { ReadableDb } from '../../handles.ts'
import type { AnyRow } from '../../rows/any-row.ts'
import { numberDigits, reversed } from '../../rows/derived-columns.ts'
import { FRAGMENT_DIGITS, fragmentsOf } from '../../rows/phone-index.ts'
import { after, type Hit } from './hit.ts'

interface PhoneRow {
  readonly customerId: CustomerId
  readonly raw: string
  readonly e164: string | null
}

/** A longer run of digits is not a telephone number and is not searched. */
const LONGEST = 24
const LOOKED_AT_MOST = 60

const hitOf = ({ customerId, e164, raw }: PhoneRow): Hit => ({ customerId, foundBy: 'phone', found: e164 ?? raw })

function inRange(db: ReadableDb, column: string, start: string, limit: number): Hit[] {
  return db
    .all<PhoneRow>(
      `SELECT "customerId", "raw", "e164" FROM "contactPoint" WHERE "${column}" >= ? AND "${column}" < ? ORDER BY "${column}" LIMIT ${limit}`,
      start,
      after(start),
    )
    .map(hitOf)
}

/**
 * Finds numbers that begin with these digits, with or without the country code and the trunk zero. A number that fits
 * as a whole comes first.
 */
export function phonesThatBegin(db: ReadableDb, digits: string, limit: number): Hit[] {
  const withoutTrunk = digits.replace(/^0+/, '')
  return [
    ...inRange(db, 'e164', `+${digits.replace(/^00/, '')}`, limit),
    ...(withoutTrunk.length >= 3 ? inRange(db, '_national', withoutTrunk, limit) : []),
  ]
}

export const phonesThatEnd = (db: ReadableDb, digits: string, limit: number): Hit[] =>
  inRange(db, '_reversed', reversed(digits), limit)

/**
 * Finds numbers that contain these digits anywhere. It needs four digits or more, because every number contains fewer.
 */
export function phonesThatHold(db: ReadableDb, digits: string): Hit[] {
  if (digits.length < FRAGMENT_DIGITS || digits.length > LONGEST) return []
  const match = fragmentsOf(digits)
    .map((fragment) => `"${fragment}"`)
    .join(' ')
  return db
    .all<{ rowid: number }>(
      `SELECT rowid FROM "phoneSearch" WHERE "phoneSearch" MATCH ? ORDER BY rowid LIMIT ${LOOKED_AT_MOST}`,
      match,
    )
    .flatMap(({ rowid }) => {
      const row = db.get<PhoneRow & AnyRow>(
        'SELECT "customerId", "kind", "raw", "e164", "nationalKey" FROM "contactPoint" WHERE "_searchId" = ?',
        rowid,
      )
      // The index knows which groups of four digits a number contains, but not their order.
      return row && numberDigits(row)?.includes(digits) ? [hitOf(row)] : []
    })
}
