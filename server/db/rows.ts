import { getTableColumns, getTableName } from './schema/drizzle.ts'
import type { EntityName, Row } from '../../protocol/entities.ts'
import type { Queryable } from './connect.ts'
import { entityTables } from './tables.ts'

/** The SQL for an entity's rows, made once from its table. */
export interface EntitySql {
  readonly table: string
  /** Field names of the entity, in the order of `columns`. */
  readonly fields: readonly string[]
  readonly columns: readonly string[]
  /** The fields that PostgreSQL stores as JSON. */
  readonly json: ReadonlySet<string>
  /** The `select` list. It gives rows in the form that they have on the wire. */
  readonly select: string
  readonly insert: string
  readonly update: string
}

const made = new Map<EntityName, EntitySql>()

/** The statements of one entity. */
export function entitySql(entity: EntityName): EntitySql {
  const known = made.get(entity)
  if (known) return known
  const table = `"${getTableName(entityTables[entity])}"`
  const described = Object.entries(getTableColumns(entityTables[entity])).map(([field, column]) => ({
    field,
    name: `"${column.name}"`,
    json: column.dataType === 'json',
  }))
  const columns = described.map((column) => column.name)
  const places = described.map((_, index) => `$${index + 1}`)
  const sql: EntitySql = {
    table,
    fields: described.map((column) => column.field),
    columns,
    json: new Set(described.filter((column) => column.json).map((column) => column.field)),
    select: described.map((column) => `${column.name} as "${column.field}"`).join(', '),
    insert: `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`,
    update: `update ${table} set ${columns.map((name, index) => `${name} = ${places[index]}`).join(', ')} where "id" = ${places[columns.indexOf('"id"')]}`,
  }
  made.set(entity, sql)
  return sql
}

/** The quoted name of the column that stores a field. */
export function columnOf(entity: EntityName, field: string): string {
  const { fields, columns } = entitySql(entity)
  const column = columns[fields.indexOf(field)]
  if (!column) throw new Error(`A ${entity} has no field ${field}.`)
  return column
}

/** One row by id. With `lock`, it is locked until the transaction ends. */
export async function readRow<E extends EntityName>(
  db: Queryable,
  entity: E,
  id: string,
  lock = false,
): Promise<Row<E> | null> {
  const sql = entitySql(entity)
  const { rows } = await db.query<Row<E>>({
    name: `one.${entity}${lock ? '.lock' : ''}`,
    text: `select ${sql.select} from ${sql.table} where "id" = $1${lock ? ' for update' : ''}`,
    values: [id],
  })
  return rows[0] ?? null
}

/** All rows of an entity that belong to a customer, in the order of their ids. */
export async function readRowsOfCustomer<E extends EntityName>(
  db: Queryable,
  entity: E,
  customerId: string,
  lock = false,
): Promise<Row<E>[]> {
  const sql = entitySql(entity)
  const { rows } = await db.query<Row<E>>({
    name: `customer.${entity}${lock ? '.lock' : ''}`,
    text: `select ${sql.select} from ${sql.table} where "customer_id" = $1 order by "id"${lock ? ' for update' : ''}`,
    values: [customerId],
  })
  return rows
}

/** Writes a new row. Throws if a row with this id exists. */
export async function insertRow<E extends EntityName>(db: Queryable, entity: E, row: Row<E>): Promise<void> {
  await db.query({ name: `insert.${entity}`, text: entitySql(entity).insert, values: parameters(entity, row) })
}

/** Replaces the row with the same id. */
export async function updateRow<E extends EntityName>(db: Queryable, entity: E, row: Row<E>): Promise<void> {
  await db.query({ name: `update.${entity}`, text: entitySql(entity).update, values: parameters(entity, row) })
}

function parameters<E extends EntityName>(entity: E, row: Row<E>): unknown[] {
  const { fields, json } = entitySql(entity)
  const values = row as Record<string, unknown>
  return fields.map((field) => (json.has(field) ? JSON.stringify(values[field]) : (values[field] ?? null)))
}
