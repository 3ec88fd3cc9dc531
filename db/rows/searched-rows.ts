import type { EntityName } from '../../protocol/entities.ts'
import type { SqlValue, WritableDb } from '../handles.ts'
import { tables } from '../schema/tables.ts'
import type { AnyRow } from './any-row.ts'
import { codecs } from './codec.ts'
import { inPlace } from './in-place.ts'
import { customerWords, deleteCustomerWords, insertCustomerWords, namedBy } from './customer-index.ts'
import { deletePhoneFragments, insertPhoneFragments, phoneFragments } from './phone-index.ts'

/** How the rows of a searched entity stand in their index. */
interface Index {
  /** The fields that the words are made of: while these stay, so do the words. */
  readonly madeOf: readonly string[]
  /** Values for `insert`; null: nothing to be found by. */
  words(searchId: number | bigint, row: AnyRow): SqlValue[] | null
  readonly insert: string
  readonly remove: string
}

const indexes: Partial<Record<EntityName, Index>> = {
  customer: { madeOf: namedBy, words: customerWords, insert: insertCustomerWords, remove: deleteCustomerWords },
  contactPoint: { madeOf: ['kind', 'raw', 'e164', 'nationalKey'], words: phoneFragments, insert: insertPhoneFragments, remove: deletePhoneFragments },
}

function statementsOf(entity: EntityName, index: Index) {
  const { name } = tables[entity]
  const insert = codecs[entity].insert.replace('(', '("_searchId", ').replace('VALUES (', 'VALUES (?, ')
  return {
    index, insert,
    replace: insert.replace('INSERT', 'INSERT OR REPLACE'),
    searchId: `SELECT "_searchId" FROM ${name} WHERE "id" = ?`,
    next: `SELECT coalesce(max("_searchId"), 0) + 1 AS "next" FROM ${name}`,
  }
}

const searched = new Map(Object.entries(indexes).map(([entity, index]) => [entity, statementsOf(entity as EntityName, index)]))
const statements = (entity: EntityName) => searched.get(entity)!

function writeWords(db: WritableDb, index: Index, searchId: number | bigint, row: AnyRow): void {
  const words = index.words(searchId, row)
  if (words) db.run(index.insert, ...words)
}

/** The fields of a searched entity that its words are made of. */
export const wordsMadeOf = (entity: EntityName): readonly string[] => indexes[entity]?.madeOf ?? []

/** Writes a row over the one that is `there`, with the stored values of what it is found by, or as a new one. */
export function putSearched(db: WritableDb, entity: EntityName, row: AnyRow, there: AnyRow | undefined): void {
  const { index, replace, next } = statements(entity)
  const encoded = codecs[entity].encode(row)
  const searchId = (there?.['_searchId'] as number | undefined) ?? db.get<{ next: number }>(next)!.next
  const values = there && inPlace[entity].valuesOf(encoded, there)
  if (values) db.run(inPlace[entity].update, ...values)
  else db.run(replace, searchId, ...encoded)
  if (there && index.madeOf.every((field) => there[field] === row[field])) return
  if (there) db.run(index.remove, searchId)
  writeWords(db, index, searchId, row)
}

/** Writes a row that is not there yet under a number that nobody has. */
export function insertSearched(db: WritableDb, entity: EntityName, searchId: number, row: AnyRow): void {
  const { index, insert } = statements(entity)
  db.run(insert, searchId, ...codecs[entity].encode(row))
  writeWords(db, index, searchId, row)
}

/** Takes a row's words out of the index, before the row itself goes. */
export function forgetWords(db: WritableDb, entity: EntityName, id: string): void {
  const { index, searchId } = statements(entity)
  const there = db.get<{ _searchId: number }>(searchId, id)
  if (there) db.run(index.remove, there._searchId)
}
