import { foldText, readSearchQuery, type SearchQuery } from '../../domain/search-text.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { SearchHit } from '../../protocol/workstation.ts'
import type { ReadableDb } from '../handles.ts'
import { reversed } from '../rows/derived-columns.ts'
import { customerBrief, customerBriefBySearchId, type CustomerBrief } from './people.ts'

type FoundBy = SearchHit['foundBy']
interface Hit { readonly customer: CustomerBrief | null; readonly foundBy: FoundBy; readonly found: string | null }

/**
 * Customers by what was typed: names in any script, pinyin and initials, numbers and their parts, order and account numbers, addresses.
 * Limits stand in the statements' text, because SQLite prepares anew when one is bound.
 */
export function searchCustomers(db: ReadableDb, typed: string, limit: number): SearchHit[] {
  const hits = new Map<string, SearchHit>()
  for (const { customer, foundBy, found } of hitsOf(db, readSearchQuery(typed), limit)) {
    if (!customer || hits.has(customer.customerId)) continue
    hits.set(customer.customerId, { ...customer, foundBy, found })
    if (hits.size >= limit) break
  }
  return [...hits.values()]
}

function* hitsOf(db: ReadableDb, query: SearchQuery, limit: number): Generator<Hit> {
  switch (query.kind) {
    case 'nothing':
      return
    case 'cjk':
      // Each character is a word of the index, so a run of them is a phrase; the last may be the beginning of a Latin word.
      yield* byText(db, `"names" : ${phrase(query.tokens)}`, query, limit)
      yield* byOrganisation(db, `"names" : ${phrase(query.tokens)}`, limit)
      return
    case 'digits':
      yield* byNumber(db, query.text, limit)
      yield* byPhone(db, query.digits, limit)
      return
    case 'email':
      yield* byEmail(db, query.text, limit)
      return
    case 'words': {
      yield* byNumber(db, query.text, limit)
      // Whole words first, so that "Li" comes before "Lindqvist"; then each as a beginning, in names or in pinyin.
      yield* byText(db, query.tokens.map(word).join(' '), query, limit)
      yield* byText(db, query.tokens.map((token) => `${word(token)}*`).join(' '), query, limit)
      if (query.tokens.length > 1) yield* byText(db, `"pinyin" : ${word(query.tokens.join(''))}*`, query, limit)
      yield* byOrganisation(db, query.tokens.map((token) => `${word(token)}*`).join(' '), limit)
      return
    }
    default:
      return query satisfies never
  }
}

/** Quoted, so that nothing typed is read as an operator of the search language. */
const word = (token: string) => `"${token.replaceAll('"', '""')}"`
const phrase = (tokens: readonly string[]) => `${word(tokens.join(' '))}*`

function* byText(db: ReadableDb, match: string, query: SearchQuery, limit: number): Generator<Hit> {
  // By rowid, not by rank: ranking would read every match of "li*", which may be a hundred thousand.
  for (const { rowid } of db.all<{ rowid: number }>(`SELECT rowid FROM "customerSearch" WHERE "customerSearch" MATCH ? ORDER BY rowid LIMIT ${limit}`, match)) {
    const customer = customerBriefBySearchId(db, rowid)
    yield { customer, foundBy: customer ? fieldOf(customer, query) : 'name', found: null }
  }
}

function fieldOf(customer: CustomerBrief, query: SearchQuery): FoundBy {
  if (query.kind === 'cjk') return 'nativeName'
  const name = foldText(customer.displayName)
  const first = query.kind === 'words' ? query.tokens[0]! : ''
  return name.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(first)) ? 'name' : 'pinyin'
}

/** People of the organisations that match: who asks for "Chen Co." wants somebody there. */
function* byOrganisation(db: ReadableDb, match: string, limit: number): Generator<Hit> {
  const organisations = db.all<{ id: string; displayName: string }>(
    `SELECT c."id", c."displayName" FROM "customerSearch" s JOIN "customer" c ON c."_searchId" = s.rowid
     WHERE "customerSearch" MATCH ? AND c."kind" = 'organisation' ORDER BY s.rowid LIMIT 5`, match)
  for (const { id, displayName } of organisations) {
    for (const member of db.all<{ id: CustomerId }>(`SELECT "id" FROM "customer" WHERE "organisationId" = ? LIMIT ${limit}`, id)) {
      yield { customer: customerBrief(db, member.id), foundBy: 'organisation', found: displayName }
    }
  }
}

/** Account and order numbers, whole or by their beginning, as typed and in capitals. */
function* byNumber(db: ReadableDb, text: string, limit: number): Generator<Hit> {
  const start = text.toUpperCase().replace(/^#/, '')
  if (start.length < 2) return
  const end = after(start)
  for (const row of db.all<{ id: CustomerId; number: string }>(`SELECT "id", "number" FROM "customer" WHERE "number" >= ? AND "number" < ? ORDER BY "number" LIMIT ${limit}`, start, end)) {
    yield { customer: customerBrief(db, row.id), foundBy: 'account', found: row.number }
  }
  for (const row of db.all<{ customerId: CustomerId; number: string }>(`SELECT "customerId", "number" FROM "order" WHERE "number" >= ? AND "number" < ? ORDER BY "number" LIMIT ${limit}`, start, end)) {
    yield { customer: customerBrief(db, row.customerId), foundBy: 'order', found: row.number }
  }
}

interface PhoneRow { readonly customerId: CustomerId; readonly raw: string; readonly e164: string | null }

/** A number by its beginning (with or without country, with or without trunk zero) or by its last digits. */
function* byPhone(db: ReadableDb, digits: string, limit: number): Generator<Hit> {
  const range = (column: string, start: string) =>
    db.all<PhoneRow>(`SELECT "customerId", "raw", "e164" FROM "contactPoint" WHERE "${column}" >= ? AND "${column}" < ? ORDER BY "${column}" LIMIT ${limit}`, start, after(start))
  const withoutTrunk = digits.replace(/^0+/, '')
  const starts = [range('e164', `+${digits.replace(/^00/, '')}`), withoutTrunk.length >= 3 ? range('_national', withoutTrunk) : []]
  for (const rows of [...starts, range('_reversed', reversed(digits))]) {
    for (const row of rows) yield { customer: customerBrief(db, row.customerId), foundBy: 'phone', found: row.e164 ?? row.raw }
  }
}

function* byEmail(db: ReadableDb, text: string, limit: number): Generator<Hit> {
  for (const row of db.all<{ customerId: CustomerId; emailKey: string }>(
    `SELECT "customerId", "emailKey" FROM "contactPoint" WHERE "emailKey" >= ? AND "emailKey" < ? ORDER BY "emailKey" LIMIT ${limit}`, text, after(text))) {
    yield { customer: customerBrief(db, row.customerId), foundBy: 'email', found: row.emailKey }
  }
}

/** The least text above everything that begins with `start`, for a range on an index. */
const after = (start: string) => `${start}\u{10ffff}`
