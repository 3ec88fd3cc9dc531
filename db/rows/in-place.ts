import type { EntityName } from '../../protocol/entities.ts'
import type { SqlValue } from '../handles.ts'
import { cacheIndexes } from '../schema/cache-schema.ts'
import { allTables, type Table } from '../schema/tables.ts'
import type { AnyRow } from './any-row.ts'

/**
 * How a row is updated in place. Most changes touch no key and no indexed column: then one page is written instead of
 * one for every index, which is most of the cost of applying a week of changes.
 */
export interface InPlace {
  /** The columns that are part of the table's key or of an index. */
  readonly held: readonly string[]
  /**
   * The values for `update`, from an encoded row and the stored values of its held columns; null: a held column has
   * changed.
   */
  valuesOf(encoded: readonly SqlValue[], stored: AnyRow): SqlValue[] | null
  readonly update: string
}

function inPlaceOf(table: Table): InPlace {
  const names = [...table.columns, ...table.derived].map((column) => column.name)
  const key = table.searched ? ['_searchId'] : table.time ? ['customerId', table.time, 'id'] : ['id']
  const inIndexes = new Set(cacheIndexes.flatMap((sql) => columnsInIndex(sql, table)))
  const held = names.filter((name) => key.includes(name) || inIndexes.has(name))
  const places = held.map((name) => names.indexOf(name))
  const free = names.flatMap((name, place) => (held.includes(name) ? [] : [place]))
  return {
    held: table.searched ? ['_searchId', ...held] : held,
    valuesOf: (encoded, stored) => {
      if (!held.every((name, index) => stored[name] === encoded[places[index]!])) return null
      return [...free.map((place) => encoded[place]!), ...key.map((name) => stored[name] as SqlValue)]
    },
    update: `UPDATE ${table.name} SET ${free.map((place) => `"${names[place]}" = ?`).join(', ')} WHERE ${key.map((name) => `"${name}" = ?`).join(' AND ')}`,
  }
}

const columnsInIndex = (sql: string, table: Table): string[] => {
  const [, of, what] = /ON "(\w+)" (.+)$/.exec(sql) ?? []
  return of === table.entity ? [...what!.matchAll(/"(\w+)"/g)].map(([, name]) => name!) : []
}

export const inPlace = Object.fromEntries(allTables.map((table) => [table.entity, inPlaceOf(table)])) as Record<
  EntityName,
  InPlace
>
