import { entities, entityNames, type EntityName } from '../../protocol/entities.ts'
import { columnsOf, type Column } from './columns.ts'

/** How an entity's rows are stored: its columns, the columns derived from them, and how it is clustered. */
export interface Table {
  readonly entity: EntityName
  /** The table's name, quoted for SQL. */
  readonly name: string
  readonly columns: readonly Column[]
  /**
   * Columns that are computed when a row is written (`rows/derived-columns.ts`) and never read into a row of the
   * contract.
   */
  readonly derived: readonly { readonly name: string; readonly type: string }[]
  /** For history: the time by which its rows are clustered, after the customer. null: the rows are clustered by id. */
  readonly time: string | null
  readonly hasCustomer: boolean
  /** Whether its rows have a small number (`_searchId`) beside their id, under which the search index knows them. */
  readonly searched: boolean
}

const derivedOf: Partial<Record<EntityName, Table['derived']>> = {
  // The digits of the national number: forwards for prefixes and exact keys, backwards for last digits.
  contactPoint: [
    { name: '_national', type: 'TEXT' },
    { name: '_reversed', type: 'TEXT' },
  ],
}

function tableOf(entity: EntityName): Table {
  const { clustering } = entities[entity]
  const columns = columnsOf[entity]
  return {
    entity,
    name: `"${entity}"`,
    columns,
    derived: derivedOf[entity] ?? [],
    time: clustering.by === 'customer' ? clustering.time : null,
    hasCustomer: columns.some((column) => column.name === 'customerId'),
    searched: entity === 'customer' || entity === 'contactPoint',
  }
}

export const tables = Object.fromEntries(entityNames.map((entity) => [entity, tableOf(entity)])) as unknown as Record<
  EntityName,
  Table
>
export const allTables: readonly Table[] = entityNames.map((entity) => tables[entity])

const sqlType = { text: 'TEXT', integer: 'INTEGER', boolean: 'INTEGER', json: 'TEXT' } as const

/**
 * The `CREATE TABLE` of an entity. History has no rowid and is clustered by customer and time; a searched entity is
 * clustered by its small number.
 */
export function createTable(table: Table): string {
  const lines = table.columns.map((column) => {
    const required = column.nullable && !isHistoryKey(table, column.name) ? '' : ' NOT NULL'
    return `"${column.name}" ${sqlType[column.kind]}${required}`
  })
  for (const column of table.derived) lines.push(`"${column.name}" ${column.type}`)
  if (table.time) lines.push(`PRIMARY KEY ("customerId", "${table.time}", "id")`)
  else if (table.searched) lines.unshift('"_searchId" INTEGER PRIMARY KEY')
  else lines.push('PRIMARY KEY ("id")')
  const layout = table.searched ? '' : ' WITHOUT ROWID'
  return `CREATE TABLE ${table.name} (${lines.join(', ')})${layout}`
}

const isHistoryKey = (table: Table, column: string) => table.time !== null && column === 'customerId'
