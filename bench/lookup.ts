import Database from 'better-sqlite3'
import { openReadable } from '../db/open.ts'
import { byE164, findCallers } from '../db/queries/number-lookup.ts'
import { writtenIn } from '../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../domain/numbers/normalise-number.ts'
import { CACHE_SCHEMA } from '../protocol/version.ts'
import { figure, inTurns, type Figure } from './figure.ts'
import { openRaw, PHONE_AT, sample } from './raw.ts'
import type { ScaleFile } from './scale-file.ts'

const LOOKUPS = 20_000

/**
 * Finds the customers of a caller's number at scale, against the same statement in bare better-sqlite3 on the same
 * file.
 */
export function lookup(file: ScaleFile): Figure[] {
  const raw: Database.Database = openRaw(file)
  const db = openReadable({ path: file.path, keyHex: file.keyHex, purpose: 'cache', schema: CACHE_SCHEMA })
  const numbers = sample(raw, PHONE_AT, LOOKUPS)
  const bare = raw.prepare('SELECT "customerId" FROM "contactPoint" WHERE "e164" = ? AND "invalid" = 0 LIMIT 40')
  const statement = inTurns(
    numbers,
    (e164) => byE164(db, e164),
    (e164) => bare.all(e164),
  )
  const rules = writtenIn('CN')
  const whole = inTurns(
    numbers.slice(0, LOOKUPS / 4),
    (e164) => findCallers(db, normaliseNumber(e164, rules), null, Date.now()),
    (e164) => bare.all(e164),
  )
  db.close()
  raw.close()
  return [
    figure('lookup', 'ms', statement.ours, statement.floor, 'p99', 'p99 ≤ 2 × raw'),
    figure('lookup.ranked', 'ms', whole.ours, whole.floor, 'p99', 'normalised, read and with its reasons; no target'),
  ]
}
