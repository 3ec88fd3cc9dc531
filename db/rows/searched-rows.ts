import type { EntityName } from '../../protocol/entities.ts'
import type { SqlValue, WritableDb } from '../handles.ts'
import { tables } from '../schema/tables.ts'
import type { AnyRow } from './any-row.ts'
import { codecs } from './codec.ts'
import { inPlace } from './in-place.ts'
import { customerWords, deleteCustomerWords, insertCustomerWords, namedBy } from './customer-index.ts'
import { deletePhoneFragments, insertPhoneFragments, phoneFragments } from './phone-index.ts'

/** How the search index holds the rows of an entity. */
interface Index {
  /** The fields from which the words are made: while these stay the same, so do the words. */
  readonly madeOf: readonly string[]
  /** The values for `insert`; null: the row has no words. */
  words(searchId: number | bigint, row: AnyRow): SqlValue[] | null
  readonly insert: string
  readonly remove: string
}

const indexes: Partial<Record<EntityName, Index>> = {
  customer: { madeOf: namedBy, words: customerWords, insert: insertCustomerWords, remove: deleteCustomerWords },
  contactPoint: {
    madeOf: ['kind', 'raw', 'e164', 'nationalKey'],
    words: phoneFragments,
    insert: insertPhoneFragments,
    remove: deletePhoneFragments,
  },
}

function statementsOf(entity: EntityName, index: Index) {
  const { name } = tables[entity]
  const insert = codecs[entity].insert.replace('(', '("_searchId", ').replace('VALUES (', 'VALUES (?, ')
  return {
    index,
    insert,
    replace: insert.replace('INSERT', 'INSERT OR REPLACE'),
    searchId: `SELECT "_searchId" FROM ${name} WHERE "id" = ?`,
    next: `SELECT coalesce(max("_searchId"), 0) + 1 AS "next" FROM ${name}`,
  }
}

const searched = new Map(
  Object.entries(indexes).map(([entity, index]) => [entity, statementsOf(entity as EntityName, index)]),
)
const statements = (entity: EntityName) => searched.get(entity)!

function writeWords(db: WritableDb, index: Index, searchId: number | bigint, row: AnyRow): void {
  const words = index.words(searchId, row)
  if (words) db.run(index.insert, ...words)
}

/** The fields of an entity from which its search words are made. */
export const wordsMadeOf = (entity: EntityName): readonly string[] => indexes[entity]?.madeOf ?? []

/** Writes a row as a new one, or over the stored row `there`, which holds the old values of the searched fields. */
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

/** Writes a new row under a number that no other row has. */
export function insertSearched(db: WritableDb, entity: EntityName, searchId: number, row: AnyRow): void {
  const { index, insert } = statements(entity)
  db.run(insert, searchId, ...codecs[entity].encode(row))
  writeWords(db, index, searchId, row)
}

/** Removes a row's words from the index; call it before the row itself is deleted. */
export function forgetWords(db: WritableDb, entity: EntityName, id: string): void {
  const { index, searchId } = statements(entity)
  const there = db.get<{ _searchId: number }>(searchId, id)
  if (there) db.run(index.remove, there._searchId)
}
