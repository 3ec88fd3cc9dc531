import { CACHE_SCHEMA } from '../protocol/version.ts'
import { openReadable } from '../db/open.ts'
import { searchCustomers } from '../db/queries/search/search-customers.ts'
import { figure, inTurns, type Figure } from './figure.ts'
import { openRaw, PHONE_AT, sample } from './raw.ts'
import type { ScaleFile } from './scale-file.ts'

const SEARCHES = 4000

/**
 * Searches for what agents type: Chinese characters, pinyin, initials, the beginning of a Latin name, parts of
 * telephone numbers, numbers on documents.
 */
export function search(file: ScaleFile): Figure[] {
  const raw = openRaw(file)
  const db = openReadable({ path: file.path, keyHex: file.keyHex, purpose: 'cache', schema: CACHE_SCHEMA })
  const natives = sample(
    raw,
    'SELECT "nativeName" AS v FROM "customer" WHERE "_searchId" = ? AND "nativeName" IS NOT NULL',
    SEARCHES / 8,
  )
  const names = sample(raw, 'SELECT "displayName" AS v FROM "customer" WHERE "_searchId" = ?', SEARCHES / 4)
  const phones = sample(raw, PHONE_AT, SEARCHES / 4)
  const paper = ['order', 'invoice', 'shipment'].flatMap((table) =>
    sample(
      raw,
      `SELECT "${table === 'shipment' ? 'trackingNumber' : 'number'}" AS v FROM "${table}" WHERE "customerId" = (SELECT "id" FROM "customer" WHERE "_searchId" = ?) LIMIT 1`,
      SEARCHES / 16,
    ),
  )
  /** The end of a number, its middle, or its beginning. */
  const pieceOf = (e164: string, i: number) =>
    [e164.slice(-4 - (i % 5)), e164.slice(5, 9 + (i % 4)), e164.slice(0, 6 + (i % 6))][i % 3]!
  const typed = [
    ...natives,
    ...natives.map((name) => name.slice(0, 2)),
    ...names.map((name, i) => name.toLowerCase().slice(0, 2 + (i % 7))),
    ...names.map((name) =>
      name
        .split(' ')
        .map((word) => word[0])
        .join('')
        .toLowerCase(),
    ),
    ...phones.map(pieceOf),
    ...paper,
  ].toSorted(() => Math.random() - 0.5)
  const bare = raw.prepare('SELECT rowid FROM "customerSearch" WHERE "customerSearch" MATCH ? ORDER BY rowid LIMIT 20')
  const { ours, floor } = inTurns(
    typed,
    (text) => searchCustomers(db, text, 20),
    (text) => bare.all(`"${text.replaceAll('"', '')}"*`),
  )
  db.close()
  raw.close()
  return [figure('search', 'ms', ours, floor, 'p99', 'p99 ≤ 30 ms')]
}
