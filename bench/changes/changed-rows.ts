import type Database from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import { codecs } from '../../db/rows/codec.ts'
import type { AnyRow } from '../../db/rows/any-row.ts'
import type { EntityName } from '../../protocol/entities.ts'
import type { Change } from '../../protocol/wire.ts'

/** A change without its place in the feed. */
export type RowChange = Omit<Change, 'seq'>

/**
 * What changes for a customer when an order makes progress: the newest row of each of these entities, and the state
 * that it gets.
 */
const moving: readonly (readonly [entity: EntityName, time: string, state: AnyRow])[] = [
  ['order', 'placedAt', { status: 'delivered' }],
  ['shipment', 'shippedAt', {}],
  ['invoice', 'issuedAt', {}],
  ['payment', 'receivedAt', {}],
]
/** One customer in `CALLED` called, and for every `NEW` customers there is a new customer with a number. */
const CALLED = 3
const NEW = 40
/** The fewest rows that change for a customer who has ordered. */
const ROWS_A_CUSTOMER = 3

/**
 * The changes of a week, in the order of time: the customers who ordered last, with the newest of their orders,
 * parcels, invoices and payments; new contacts; and some new customers with their contact points. Each row occurs once.
 */
export function* changedRows(raw: Database.Database, count: number): Generator<RowChange> {
  const ordered = raw
    .prepare('SELECT "customerId" FROM "order" GROUP BY "customerId" ORDER BY max("placedAt") DESC LIMIT ?')
    .pluck()
    .all(count) as string[]
  const one = (entity: EntityName, where: string) => {
    const statement = raw.prepare(`SELECT ${codecs[entity].select} FROM "${entity}" WHERE ${where} LIMIT 1`)
    return (value: unknown) => {
      const stored = statement.get(value) as AnyRow | undefined
      return stored && codecs[entity].decode(stored)
    }
  }
  const customerOf = one('customer', '"id" = ?')
  const contactPointOf = one('contactPoint', '"customerId" = ?')
  const newest = moving.map(([entity, time, state]) => ({
    entity,
    state,
    find: one(entity, `"customerId" = ? ORDER BY "${time}" DESC`),
  }))
  const anyContact = one('interaction', '? = 1')(1)
  let given = 0
  // Take about as many customers as needed, and put the newest order last, as in the feed.
  for (const [place, customerId] of ordered
    .slice(0, Math.ceil(count / ROWS_A_CUSTOMER))
    .toReversed()
    .entries()) {
    if (given >= count) return
    const customer = customerOf(customerId)
    if (!customer) continue
    const changes: RowChange[] = [again('customer', customer, { remark: `seen in the week ${place % 52}` })]
    for (const { entity, state, find } of newest) {
      const row = find(customerId)
      if (row) changes.push(again(entity, row, state))
    }
    if (anyContact && place % CALLED === 0)
      changes.push(
        fresh('interaction', anyContact, { customerId, startedAt: Date.now() - place, endedAt: null, callId: null }),
      )
    const contactPoint = place % NEW === 0 ? contactPointOf(customerId) : undefined
    if (contactPoint) {
      const added = fresh('customer', customer, { number: `N${place}`, organisationId: null })
      changes.push(added, fresh('contactPoint', contactPoint, { customerId: added.id }))
    }
    for (const change of changes.slice(0, count - given)) yield change
    given += changes.length
  }
}

const again = (entity: EntityName, row: AnyRow, state: AnyRow): RowChange => {
  const version = (row['version'] as number) + 1
  return { entity, id: row['id'] as string, version, scope: row['scope'] as string, row: { ...row, ...state, version } }
}

const fresh = (entity: EntityName, like: AnyRow, state: AnyRow): RowChange => {
  const id = uuid()
  return { entity, id, version: 1, scope: like['scope'] as string, row: { ...like, ...state, id, version: 1 } }
}
