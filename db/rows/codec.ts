import type { EntityName, Row } from '../../protocol/entities.ts'
import type { SqlValue } from '../handles.ts'
import { allTables, type Table } from '../schema/tables.ts'
import type { AnyRow } from './any-row.ts'
import { derivedColumns } from './derived-columns.ts'

interface Codec {
  /** The quoted columns of the contract, for a SELECT. */
  readonly select: string
  readonly insert: string
  readonly replace: string
  encode(row: AnyRow): SqlValue[]
  decode(stored: AnyRow): AnyRow
}

/** Interactions without a customer are stored under the empty customer id, because a clustered key cannot be null. */
const NOBODY = ''

function codecOf(table: Table): Codec {
  const names = [...table.columns, ...table.derived].map((column) => `"${column.name}"`)
  const select = table.columns.map((column) => `"${column.name}"`).join(', ')
  const into = `INTO ${table.name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  const booleans = table.columns.filter((column) => column.kind === 'boolean').map((column) => column.name)
  const jsons = table.columns.filter((column) => column.kind === 'json').map((column) => column.name)
  const orphans = table.time !== null && table.columns.some((column) => column.name === 'customerId' && column.nullable)
  return {
    select,
    insert: `INSERT ${into}`,
    replace: `INSERT OR REPLACE ${into}`,
    encode: (row) => {
      const values: SqlValue[] = []
      for (const { name, kind } of table.columns) {
        const value = row[name]
        if (value === null || value === undefined) values.push(orphans && name === 'customerId' ? NOBODY : null)
        else if (kind === 'boolean') values.push(value ? 1 : 0)
        else if (kind === 'json') values.push(JSON.stringify(value))
        else values.push(value as SqlValue)
      }
      if (table.derived.length > 0) values.push(...derivedColumns(table.entity, row))
      return values
    },
    decode: (stored) => {
      for (const name of booleans) if (stored[name] !== null) stored[name] = stored[name] === 1
      for (const name of jsons) if (stored[name] !== null) stored[name] = JSON.parse(stored[name] as string)
      if (orphans && stored['customerId'] === NOBODY) stored['customerId'] = null
      return stored
    },
  }
}

export const codecs = Object.fromEntries(allTables.map((table) => [table.entity, codecOf(table)])) as Record<
  EntityName,
  Codec
>

/** Turns a stored row into the form of the contract. */
export const decodeRow = <E extends EntityName>(entity: E, stored: AnyRow): Row<E> =>
  codecs[entity].decode(stored) as unknown as Row<E>
