import type { CustomerEntity } from '../../domain/commands/define.ts'
import type { EntityName, Row } from '../../protocol/entities.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'
import { tables } from '../schema/tables.ts'
import type { AnyRow } from './any-row.ts'
import { codecs, decodeRow } from './codec.ts'
import { insertOpenPrice, openPrices } from './open-prices.ts'
import { inPlace } from './in-place.ts'
import { forgetWords, putSearched, wordsMadeOf } from './searched-rows.ts'

/** A row by its id, or null. */
export function readRow<E extends EntityName>(db: ReadableDb, entity: E, id: string): Row<E> | null {
  const stored = db.get<AnyRow>(oneSql[entity], id)
  return stored ? decodeRow(entity, stored) : null
}

const oneSql = Object.fromEntries(
  Object.values(tables).map((table) => [
    table.entity,
    `SELECT ${codecs[table.entity].select} FROM ${table.name} WHERE "id" = ?`,
  ]),
) as Record<EntityName, string>

/** All rows of a customer, newest first where the entity has a time. */
export function readOfCustomer<E extends CustomerEntity>(
  db: ReadableDb,
  entity: E,
  customerId: string,
  limit: Limit = -1,
): Row<E>[] {
  return db.all<AnyRow>(ofCustomerSql[entity][limit], customerId).map((stored) => decodeRow(entity, stored))
}

/**
 * The limits that callers use. They are written into the statements' text, because SQLite prepares a statement again
 * each time a limit is bound to it.
 */
const limits = [-1, 100, 200] as const
type Limit = (typeof limits)[number]

const ofCustomerSql = Object.fromEntries(
  Object.values(tables)
    .filter((table) => table.hasCustomer)
    .map((table) => {
      const order = table.time ? ` ORDER BY "${table.time}" DESC, "id" DESC` : ' ORDER BY "id" DESC'
      const all = `SELECT ${codecs[table.entity].select} FROM ${table.name} WHERE "customerId" = ?${order}`
      return [
        table.entity,
        Object.fromEntries(limits.map((limit) => [limit, limit < 0 ? all : `${all} LIMIT ${limit}`])),
      ]
    }),
) as Record<CustomerEntity, Record<Limit, string>>

/**
 * Where a row lies, and the values that keys and indexes hold of it. This decides whether another version of the row is
 * newer and how it is written over this one.
 */
export interface RowPlace {
  readonly version: number
  /** '' for history without a customer; null where the entity has no customer field. */
  readonly customerId: string | null
  readonly [column: string]: unknown
}

const placeSql = Object.fromEntries(
  Object.values(tables).map(({ entity, name, hasCustomer, searched }) => {
    const columns = new Set([
      'version',
      ...(hasCustomer ? ['customerId'] : []),
      ...inPlace[entity].held,
      ...(searched ? wordsMadeOf(entity) : []),
    ])
    return [
      entity,
      `SELECT ${[...columns].map((column) => `"${column}"`).join(', ')}${hasCustomer ? '' : ', NULL AS "customerId"'} FROM ${name} WHERE "id" = ?`,
    ]
  }),
) as Record<EntityName, string>
const deleteSql = Object.fromEntries(
  Object.values(tables).map((table) => [table.entity, `DELETE FROM ${table.name} WHERE "id" = ?`]),
) as Record<EntityName, string>

export const placeOf = (db: ReadableDb, entity: EntityName, id: string): RowPlace | undefined =>
  db.get<RowPlace>(placeSql[entity], id)

/** Writes a row and everything that is derived from it, over the stored one. */
export function putRow(
  db: WritableDb,
  entity: EntityName,
  row: AnyRow,
  there = placeOf(db, entity, row['id'] as string),
): void {
  if (tables[entity].searched) {
    putSearched(db, entity, row, there)
    return
  }
  const id = row['id'] as string
  const encoded = codecs[entity].encode(row)
  const values = there && inPlace[entity].valuesOf(encoded, there)
  if (values) db.run(inPlace[entity].update, ...values)
  else {
    // The clustering key may have changed (another customer, another time), so the row at the old place has to go
    // first.
    if (there && tables[entity].time) db.run(deleteSql[entity], id)
    db.run(codecs[entity].replace, ...encoded)
  }
  if (entity === 'quote') {
    db.run('DELETE FROM "openPrice" WHERE "quoteId" = ?', id)
    for (const price of openPrices(row)) db.run(insertOpenPrice, ...price)
  }
}

/** Removes a row and everything that is derived from it. */
export function removeRow(db: WritableDb, entity: EntityName, id: string): void {
  if (tables[entity].searched) forgetWords(db, entity, id)
  if (entity === 'quote') db.run('DELETE FROM "openPrice" WHERE "quoteId" = ?', id)
  db.run(deleteSql[entity], id)
}
