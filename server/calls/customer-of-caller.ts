import { rankCandidates, type FoundCustomer } from '../../domain/matching/rank-candidates.ts'
import { rulesOfLine, writtenIn } from '../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../domain/numbers/normalise-number.ts'
import type { Party } from '../../protocol/calls.ts'
import type { Customer, Line } from '../../protocol/entities.ts'
import type { ShownNumber } from '../../protocol/match.ts'
import type { Queryable } from '../db/connect.ts'
import { entitySql, readRow } from '../db/rows.ts'
import { storable } from '../db/storable.ts'

const AT_MOST = 20

/**
 * The customer who called, if there is no doubt: the same rules by which a workstation opens a customer on its own.
 * Null for a withheld number, one of our own numbers, an unknown number, and one that several customers share.
 */
export async function customerOfCaller(
  db: Queryable,
  {
    caller,
    collected,
    line,
    country,
  }: {
    readonly caller: Party | null
    readonly collected: string | null
    readonly line: string | null
    readonly country: string
  },
): Promise<Customer | null> {
  const ourLine = line === null ? null : await lineOf(db, line)
  const rules = ourLine ? rulesOfLine(ourLine) : writtenIn(country)
  const number: ShownNumber = caller?.kind === 'number' ? normaliseNumber(caller.raw, rules) : none
  const isOurs = number.e164 !== null && (await lineOf(db, number.e164)) !== null
  const found = isOurs
    ? []
    : [
        ...(collected === null ? [] : await foundBy(db, 'collected', byCollected(collected))),
        ...(await foundBy(db, 'exact', byNumber(number))),
      ]
  const picks = number.e164 === null ? [] : await picksOf(db, number.e164)
  const match = rankCandidates(
    number,
    isOurs,
    found.map((one) => ({ ...one, pick: picks.find(({ customerId }) => customerId === one.customer.id) ?? null })),
  )
  return match.kind === 'one'
    ? (found.find(({ customer }) => customer.id === match.customerId)?.customer ?? null)
    : null
}

/** A caller without a number: it is withheld, or the call came from one of our own telephones. */
const none: ShownNumber = { kind: 'withheld', raw: '', e164: null, nationalKey: null, region: null, display: '' }

async function lineOf(db: Queryable, number: string): Promise<Line | null> {
  const { select, table } = entitySql('line')
  const { rows } = await db.query<Line>({
    name: 'caller.line',
    text: `select ${select} from ${table} where number = $1 limit 1`,
    values: [number],
  })
  return rows[0] ?? null
}

interface Ids {
  readonly name: string
  readonly text: string
  readonly values: readonly (string | null)[]
}

const byNumber = ({ e164, nationalKey }: ShownNumber): Ids => ({
  name: 'caller.number',
  values: [e164, storable(nationalKey)],
  text: `select distinct customer_id as id from contact_point where not invalid and kind = 'phone' and (e164 = $1 or national_key = $2) order by id limit ${AT_MOST}`,
})
const byCollected = (collected: string): Ids => ({
  name: 'caller.collected',
  values: [storable(collected.trim().toUpperCase())],
  text: `select id from customer where number = $1 union select customer_id from sales_order where number = $1 limit ${AT_MOST}`,
})

async function foundBy(
  db: Queryable,
  via: 'collected' | 'exact',
  { name, text, values }: Ids,
): Promise<FoundCustomer[]> {
  const { rows } = await db.query<{ id: string }>({ name, text, values: [...values] })
  const found: FoundCustomer[] = []
  for (const { id } of rows) {
    const customer = await readRow(db, 'customer', id)
    if (customer)
      found.push({
        customer,
        via,
        organisationName: null,
        pick: null,
        lastContactAt: null,
        openComplaint: false,
        openOrder: false,
        callbackDue: false,
        sameOrganisation: false,
      })
  }
  return found
}

async function picksOf(
  db: Queryable,
  e164: string,
): Promise<(NonNullable<FoundCustomer['pick']> & { customerId: string })[]> {
  const { rows } = await db.query<NonNullable<FoundCustomer['pick']> & { customerId: string }>({
    name: 'caller.picks',
    text: 'select distinct on (customer_id) customer_id as "customerId", verdict, times, picked_at as at from number_pick where e164 = $1 order by customer_id, picked_at desc',
    values: [e164],
  })
  return rows
}
