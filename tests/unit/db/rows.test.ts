import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openCache } from '../../../db/files/cache-file.ts'
import { putRow, readOfCustomer, readRow, removeRow } from '../../../db/rows/store.ts'
import { columnsOf } from '../../../db/schema/columns.ts'
import { pinyinWords } from '../../../db/search/pinyin-words.ts'
import { entities, entityNames, type EntityName } from '../../../protocol/entities.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tempFolder } from '../../support/temp-folder.ts'

function cache() {
  const db = openCache(join(tempFolder(), 'cache.db'), randomBytes(32).toString('hex'))
  onTestFinished(() => db.close())
  return db
}

const withNulls = (entity: EntityName) => {
  const row: Record<string, unknown> = { ...entityExamples[entity]() }
  for (const column of columnsOf[entity]) if (column.nullable) row[column.name] = null
  return row
}

describe.each(entityNames)('the table of %s', (entity) => {
  it('has the columns of the schema and returns what was written', () => {
    const db = cache()
    const columns = db
      .all<{ name: string }>(`SELECT "name" FROM pragma_table_info('${entity}')`)
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('_'))
    expect(columns).toEqual(Object.keys(entities[entity].schema.shape))
    for (const row of [entityExamples[entity](), withNulls(entity)] as { id: string }[]) {
      expect(entities[entity].schema.parse(row)).toEqual(row)
      putRow(db, entity, row)
      expect(readRow(db, entity, row.id)).toEqual(row)
      removeRow(db, entity, row.id)
      expect(readRow(db, entity, row.id)).toBeNull()
    }
  })

  it('returns what was written over a row, whichever fields differ, and every index agrees', () => {
    const db = cache()
    const row = entityExamples[entity]() as { id: string } & Record<string, unknown>
    const other = withNulls(entity)
    putRow(db, entity, row)
    let now: typeof row = row
    for (const { name, nullable, kind } of columnsOf[entity]) {
      if (name === 'id') continue
      const changed = nullable
        ? other[name]
        : kind === 'integer'
          ? Number(row[name]) + 1
          : kind === 'boolean'
            ? !row[name]
            : kind === 'text'
              ? `${String(row[name])}x`
              : row[name]
      now = { ...now, [name]: changed }
      putRow(db, entity, now)
      expect([name, readRow(db, entity, row.id)]).toEqual([name, now])
      expect([name, db.get<{ integrity_check: string }>('PRAGMA integrity_check')?.integrity_check]).toEqual([
        name,
        'ok',
      ])
      expect(db.get<{ n: number }>(`SELECT count(*) AS "n" FROM "${entity}"`)?.n).toBe(1)
    }
    putRow(db, entity, row)
    expect(readRow(db, entity, row.id)).toEqual(row)
  })
})

describe('history', () => {
  it('that moves to another customer or another time is there only once', () => {
    const db = cache()
    const row = entityExamples.interaction()
    putRow(db, 'interaction', row)
    const other = entityExamples.customer().id
    putRow(db, 'interaction', { ...row, customerId: other, startedAt: row.startedAt + 5 })
    expect(readOfCustomer(db, 'interaction', row.customerId!)).toEqual([])
    expect(readOfCustomer(db, 'interaction', other).length).toBe(1)
    putRow(db, 'interaction', { ...row, customerId: null })
    expect(readOfCustomer(db, 'interaction', other)).toEqual([])
    expect(readRow(db, 'interaction', row.id)?.customerId).toBeNull()
  })
})

describe('pinyin', () => {
  it.each([
    ['李伟', 'li wei liwei lw'],
    ['单雄信', 'shan xiong xin shanxiongxin sxx'],
    ['欧阳娜', 'ou yang na ouyangna oyn'],
    ['Li Wei', ''],
  ])('%s is typed as %s', (name, words) => {
    expect(pinyinWords(name)).toBe(words)
  })
})
