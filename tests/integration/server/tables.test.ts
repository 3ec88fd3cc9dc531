import { getTableColumns } from '../../../server/db/schema/drizzle.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entities, entityNames, type EntityName, type Row } from '../../../protocol/entities.ts'
import { bulkLoad } from '../../../server/db/bulk-load.ts'
import { insertRow, readRow, updateRow } from '../../../server/db/rows.ts'
import { entityTables } from '../../../server/db/tables.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'

type Columns<E extends EntityName> = keyof (typeof entityTables)[E]['$inferSelect']
type Disagreeing = {
  [E in EntityName]: [Exclude<keyof Row<E>, Columns<E>>, Exclude<Columns<E>, keyof Row<E>>] extends [never, never]
    ? never
    : E
}[EntityName]

test('every table has the type of its entity', () => {
  // The file does not compile while a table lacks a field or has one too many, and the error names the field.
  const agreeing: [Disagreeing] extends [never] ? true : Disagreeing = true
  expect(agreeing).toBe(true)
})

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe.each(entityNames)('the table of %s', (entity) => {
  const fields = Object.entries(entities[entity].schema.shape)
  const columns = getTableColumns(entityTables[entity]) as Record<string, { notNull: boolean; name: string }>
  const withNulls = (row: Row<EntityName>) =>
    Object.fromEntries(
      Object.entries(row).map(([field, value]) => [
        field,
        entities[entity].schema.shape[field as never] && columns[field]?.notNull ? value : null,
      ]),
    ) as unknown as Row<EntityName>

  test('has exactly the fields of its entity, nullable where they are', () => {
    expect(Object.keys(columns).toSorted()).toEqual(fields.map(([field]) => field).toSorted())
    for (const [field, schema] of fields)
      expect([field, columns[field]?.notNull]).toEqual([field, !schema.safeParse(null).success])
  })

  test('gives back what was written, filled and empty', async () => {
    const filled = entities[entity].schema.parse(entityExamples[entity]()) as Row<EntityName>
    await insertRow(database.pool, entity, filled)
    expect(await readRow(database.pool, entity, filled.id)).toEqual(filled)
    const empty = withNulls(filled)
    await updateRow(database.pool, entity, empty)
    expect(await readRow(database.pool, entity, filled.id)).toEqual(empty)
  })

  test('gives back what was bulk loaded', async () => {
    const rows = [entityExamples[entity](), withNulls(entityExamples[entity]())] as Row<EntityName>[]
    expect(await bulkLoad(database.pool, entity, rows)).toBe(2)
    for (const row of rows) expect(await readRow(database.pool, entity, row.id)).toEqual(row)
  })
})
