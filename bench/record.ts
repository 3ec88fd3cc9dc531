import { entities, type EntityName } from '../protocol/entities.ts'
import { CACHE_SCHEMA } from '../protocol/version.ts'
import type { CustomerId } from '../protocol/scalars.ts'
import { openReadable } from '../db/open.ts'
import { customerRecord } from '../db/queries/customer-record.ts'
import { figure, inTurns, type Figure } from './figure.ts'
import { openRaw } from './raw.ts'
import type { ScaleFile } from './scale-file.ts'

/** The entities that a record lists, each with the column that orders its list. */
const lists: readonly (readonly [entity: EntityName, order: string])[] = [
  ['order', 'placedAt'],
  ['shipment', 'shippedAt'],
  ['orderReturn', 'requestedAt'],
  ['invoice', 'issuedAt'],
  ['payment', 'receivedAt'],
  ['quote', 'issuedAt'],
  ['complaint', 'openedAt'],
  ['interaction', 'startedAt'],
  ['stay', 'arriveAt'],
  ['task', 'id'],
  ['preference', 'id'],
  ['contactPoint', 'id'],
]

/**
 * Reads the complete record of customers with about 220 rows, against a bare read of the same rows with their JSON
 * parsed. Both read one state of the file, as the reader does.
 */
export function record(file: ScaleFile): Figure[] {
  const raw = openRaw(file)
  const db = openReadable({ path: file.path, keyHex: file.keyHex, purpose: 'cache', schema: CACHE_SCHEMA })
  const columns = (entity: EntityName) =>
    Object.keys(entities[entity].schema.shape)
      .map((name) => `"${name}"`)
      .join(', ')
  const customer = raw.prepare(`SELECT ${columns('customer')} FROM "customer" WHERE "id" = ?`)
  const reading = (whose: string) =>
    lists.map(([entity, order]) => ({
      entity,
      statement: raw.prepare(
        `SELECT ${columns(entity)} FROM "${entity}" WHERE "customerId" ${whose} ORDER BY "${order}" DESC LIMIT 100`,
      ),
    }))
  const [statements, ofOthers] = [reading('= ?'), reading('IN (SELECT "value" FROM json_each(?))')]
  const rowsOf = (of: typeof statements, whose: string) =>
    of.map(({ entity, statement }) => {
      const rows = statement.all(whose) as Record<string, string>[]
      if (entity === 'order' || entity === 'quote') for (const row of rows) row['lines'] = JSON.parse(row['lines']!)
      return rows
    })
  // The record of a person who calls for an organisation holds its rows too, and that of an organisation holds its
  // people's.
  const sameBuyer = raw
    .prepare(
      'SELECT "organisationId" FROM "customer" WHERE "id" = ? AND "organisationId" IS NOT NULL UNION ALL SELECT "id" FROM "customer" WHERE "organisationId" = ? LIMIT 100',
    )
    .pluck()
  const others = new Map(file.longest.map((id) => [id, sameBuyer.all(id, id) as string[]]))
  const bare = (id: string) => {
    const beside = others.get(id) ?? []
    return [
      customer.get(id),
      ...rowsOf(statements, id),
      ...(beside.length > 0
        ? [...beside.map((other) => customer.get(other)), ...rowsOf(ofOthers, JSON.stringify(beside))]
        : []),
    ]
  }
  const context = { now: Date.UTC(2026, 10, 20, 4), timeZone: 'Asia/Shanghai' }
  const bareAtOnce = raw.transaction(bare)
  const near220 = file.longest.filter((id) => {
    const rows = statements.reduce((sum, { statement }) => sum + statement.all(id).length, 0)
    return rows >= 180 && rows <= 280
  })
  const ids = Array.from({ length: 4000 }, (_, i) => near220[i % near220.length]!)
  const { ours, floor } = inTurns(
    ids,
    (id) => db.snapshot(() => customerRecord(db, id as CustomerId, context)),
    bareAtOnce,
  )
  db.close()
  raw.close()
  return [figure('record', 'ms', ours, floor, 'p99', 'p99 ≤ 1.6 × raw')]
}
