import { readSearchQuery, type SearchQuery } from '../../../domain/search-text.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import type { SearchHit } from '../../../protocol/workstation.ts'
import type { ReadableDb } from '../../handles.ts'
import { SUFFIX_DIGITS } from '../number-lookup.ts'
import { customerBrief } from '../people.ts'
import { after, inShares, type Hit } from './hit.ts'
import { byNames } from './names.ts'
import { paperNumbers } from './paper-numbers.ts'
import { phonesThatBegin, phonesThatEnd, phonesThatHold } from './phones.ts'

/** People who type four digits mean the last digits of a number. */
const LAST_DIGITS = 4
const FEW = 3
/** From this many digits on, the text is a whole number and not a part of one. */
const WHOLE_NUMBER = 10

/**
 * Finds customers by what was typed: names in any script, pinyin and initials, parts of telephone numbers, numbers on
 * documents, e-mail addresses. The likeliest come first, each with the field that matched. Limits are written into the
 * statements' text, because SQLite prepares a statement again when a limit is bound.
 */
export function searchCustomers(db: ReadableDb, typed: string, limit: number): SearchHit[] {
  const hits = new Map<string, SearchHit>()
  for (const { customerId, foundBy, found } of hitsOf(db, readSearchQuery(typed), limit)) {
    const customer = hits.has(customerId) ? null : customerBrief(db, customerId)
    if (!customer) continue
    hits.set(customerId, { ...customer, foundBy, found })
    if (hits.size >= limit) break
  }
  return [...hits.values()]
}

/** Yields hits step by step, so that nothing is searched once there are enough. */
function* hitsOf(db: ReadableDb, query: SearchQuery, limit: number): Generator<Hit> {
  switch (query.kind) {
    case 'nothing':
      return
    case 'digits':
      yield* byDigits(db, query.text, query.digits, limit)
      return
    case 'email':
      yield* byEmail(db, query.text, limit)
      return
    case 'words': {
      const { whole, begun } = paperNumbers(db, query.text, limit)
      yield* whole
      yield* begun
      yield* byNames(db, query)
      if (query.digits !== null) yield* phonesThatBegin(db, query.digits, limit)
      return
    }
    default:
      return query satisfies never
  }
}

function* byDigits(db: ReadableDb, text: string, digits: string, limit: number): Generator<Hit> {
  const { whole, begun } = paperNumbers(db, text, limit)
  yield* whole
  const [begins, ends] = [phonesThatBegin(db, digits, limit), phonesThatEnd(db, digits, limit)]
  const middles = phonesThatHold(db, digits).filter(
    (hit) => ![...begins, ...ends].some(({ found }) => found === hit.found),
  )
  const [meant, otherwise] = digits.length === LAST_DIGITS ? [ends, begins] : [begins, ends]
  // If only a few numbers contain the digits in the middle, they say more than the many that begin with them by chance.
  const few = middles.length <= FEW ? middles : []
  yield* inShares(
    [meant, few, otherwise, begun].filter((hits) => hits.length > 0),
    limit,
  )
  yield* middles
  // A whole number of an older numbering plan is found by the digits that the newer plan kept.
  if (digits.length >= WHOLE_NUMBER && [...whole, ...begins, ...ends, ...middles].length === 0)
    yield* phonesThatEnd(db, digits.slice(-SUFFIX_DIGITS), limit)
}

function* byEmail(db: ReadableDb, text: string, limit: number): Generator<Hit> {
  for (const row of db.all<{ customerId: CustomerId; found: string }>(
    `SELECT "customerId", "emailKey" AS "found" FROM "contactPoint" WHERE "emailKey" >= ? AND "emailKey" < ? ORDER BY "emailKey" LIMIT ${limit}`,
    text,
    after(text),
  )) {
    yield { ...row, foundBy: 'email' }
  }
}
