import type { FoundCustomer } from '../../domain/matching/rank-candidates.ts'
import { writtenNumber } from '../../domain/numbers/written-address.ts'
import type { Customer } from '../../protocol/entities.ts'
import type { ShownNumber } from '../../protocol/match.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ReadableDb } from '../handles.ts'
import { reversed } from '../rows/derived-columns.ts'
import { readRow } from '../rows/store.ts'
import { lastContactAt } from './last-contact.ts'

const LOOKED_AT_MOST = 40
/** How many last digits make a suggestion; fewer digits agree by chance too often. */
export const SUFFIX_DIGITS = 7
const CALLBACK_WINDOW_MS = 12 * 3_600_000

interface CustomerRef {
  readonly customerId: CustomerId
}

/** The customers who have exactly this number. When it finds one, a screen pop waits for no other statement. */
export const byE164 = (db: ReadableDb, e164: string): CustomerRef[] =>
  db.all(`SELECT "customerId" FROM "contactPoint" WHERE "e164" = ? AND "invalid" = 0 LIMIT ${LOOKED_AT_MOST}`, e164)

const byNationalKey = (db: ReadableDb, key: string): CustomerRef[] =>
  db.all(
    `SELECT "customerId" FROM "contactPoint" WHERE "_national" = ? AND "invalid" = 0 AND "nationalKey" = ? LIMIT ${LOOKED_AT_MOST}`,
    key.slice(key.indexOf(':') + 1),
    key,
  )

function bySuffix(db: ReadableDb, digits: string): CustomerRef[] {
  if (digits.length < SUFFIX_DIGITS) return []
  const start = reversed(digits.slice(-SUFFIX_DIGITS))
  return db.all(
    `SELECT "customerId" FROM "contactPoint" WHERE "_reversed" >= ? AND "_reversed" < ? AND "invalid" = 0 LIMIT 9`,
    start,
    `${start}:`,
  )
}

/** Finds customers by what the voice menu collected: an account, order or booking number. */
function byCollected(db: ReadableDb, collected: string): CustomerRef[] {
  const key = collected.trim().toUpperCase()
  if (key === '') return []
  return db.all(
    `SELECT "id" AS "customerId" FROM "customer" WHERE "number" = ? UNION SELECT "customerId" FROM "order" WHERE "number" = ? LIMIT 9`,
    key,
    key,
  )
}

/** All customers a call may be from, each with the reasons. A text that is not a number finds nobody. */
export function findCallers(
  db: ReadableDb,
  number: ShownNumber,
  collected: string | null,
  now: number,
): FoundCustomer[] {
  const found: { customerId: CustomerId; via: FoundCustomer['via'] }[] = []
  if (collected) found.push(...byCollected(db, collected).map((row) => ({ ...row, via: 'collected' as const })))
  if (number.e164) found.push(...byE164(db, number.e164).map((row) => ({ ...row, via: 'exact' as const })))
  if (number.nationalKey) {
    if (found.length === 0)
      found.push(...byNationalKey(db, number.nationalKey).map((row) => ({ ...row, via: 'national' as const })))
    const digits = number.nationalKey.slice(number.nationalKey.indexOf(':') + 1)
    if (found.length === 0 && digits.length > SUFFIX_DIGITS)
      found.push(...bySuffix(db, digits).map((row) => ({ ...row, via: 'suffix' as const })))
  }
  // A number of an older numbering plan, or one without a country, is not valid, but its last digits may still be a
  // customer's.
  if (number.e164 === null && (number.kind === 'number' || number.kind === 'invalid')) {
    found.push(
      ...bySuffix(db, writtenNumber(number.raw)?.digits.replace('+', '') ?? '').map((row) => ({
        ...row,
        via: 'suffix' as const,
      })),
    )
  }
  const customers = found.flatMap(({ customerId, via }) => {
    const customer = readRow(db, 'customer', customerId)
    return customer ? [{ customer, via }] : []
  })
  const organisations = Map.groupBy(customers, ({ customer }) => customer.organisationId ?? customer.id)
  return customers.map(({ customer, via }) => ({
    customer,
    via,
    ...organisationNames(db, customer.organisationId),
    pick: number.e164 ? pickOf(db, number.e164, customer.id) : null,
    ...factsOf(db, customer, now),
    sameOrganisation:
      new Set(organisations.get(customer.organisationId ?? customer.id)?.map((other) => other.customer.id)).size > 1,
  }))
}

const organisationNames = (
  db: ReadableDb,
  id: string | null,
): Pick<FoundCustomer, 'organisationName' | 'organisationNativeName'> =>
  (id
    ? db.get(
        'SELECT "displayName" AS "organisationName", "nativeName" AS "organisationNativeName" FROM "customer" WHERE "id" = ?',
        id,
      )
    : null) ?? { organisationName: null, organisationNativeName: null }

function pickOf(db: ReadableDb, e164: string, customerId: string): FoundCustomer['pick'] {
  return (
    db.get<NonNullable<FoundCustomer['pick']>>(
      'SELECT "verdict", "times", "pickedAt" AS "at" FROM "numberPick" WHERE "e164" = ? AND "customerId" = ? ORDER BY "pickedAt" DESC LIMIT 1',
      e164,
      customerId,
    ) ?? null
  )
}

function factsOf(
  db: ReadableDb,
  { id }: Customer,
  now: number,
): Pick<FoundCustomer, 'lastContactAt' | 'openComplaint' | 'openOrder' | 'callbackDue'> {
  const is = (sql: string, ...values: (string | number)[]) => db.get(sql, id, ...values) !== undefined
  return {
    lastContactAt: lastContactAt(db, id),
    openComplaint: is('SELECT 1 FROM "complaint" WHERE "customerId" = ? AND "closedAt" IS NULL LIMIT 1'),
    openOrder: is(
      `SELECT 1 FROM "order" WHERE "customerId" = ? AND "status" IN ('new', 'confirmed', 'shipped') LIMIT 1`,
    ),
    callbackDue: is(
      `SELECT 1 FROM "task" WHERE "customerId" = ? AND "kind" = 'callback' AND "status" = 'open' AND "dueAt" BETWEEN ? AND ? LIMIT 1`,
      now - CALLBACK_WINDOW_MS,
      now + CALLBACK_WINDOW_MS,
    ),
  }
}

/** Whether a number is one of our own lines. */
export const isOurLine = (db: ReadableDb, e164: string): boolean =>
  db.get('SELECT 1 FROM "line" WHERE "number" = ? LIMIT 1', e164) !== undefined
