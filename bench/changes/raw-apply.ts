import Database from 'better-sqlite3'
import { codecs } from '../../db/rows/codec.ts'
import { customerWords, insertCustomerWords } from '../../db/rows/customer-index.ts'
import { insertPhoneFragments, phoneFragments } from '../../db/rows/phone-index.ts'
import { tables } from '../../db/schema/tables.ts'
import type { EntityName } from '../../protocol/entities.ts'
import type { RowChange } from './changed-rows.ts'

/**
 * The floor of an apply: bare better-sqlite3 puts the same rows into the same tables, indexes and search words, without
 * reading or checking anything first.
 */
export interface RawApply {
  /** Applies changes in one transaction. */
  apply(changes: readonly RowChange[]): void
  close(): void
}

export function openRawApply(path: string, keyHex: string): RawApply {
  const db = new Database(path)
  for (const pragma of [
    `cipher = 'aegis'`,
    `key = 'raw:${keyHex}'`,
    'journal_mode = wal',
    'synchronous = normal',
    'temp_store = 2',
    'cache_size = -16384',
    'wal_autocheckpoint = 8000',
  ])
    db.pragma(pragma)
  const upserts = new Map<EntityName, Database.Statement>()
  const upsert = (entity: EntityName) => {
    let statement = upserts.get(entity)
    if (!statement) upserts.set(entity, (statement = db.prepare(upsertSql(entity))))
    return statement
  }
  const customer = db.prepare(insertCustomerWords)
  const phone = db.prepare(insertPhoneFragments)
  const apply = db.transaction((changes: readonly RowChange[]) => {
    for (const { entity, version, row } of changes) {
      const { lastInsertRowid } = upsert(entity).run(...codecs[entity].encode(row!))
      if (version > 1 || !tables[entity].searched) continue
      // The row is new in this file, so its search words are added.
      if (entity === 'customer') customer.run(...customerWords(lastInsertRowid, row!))
      const fragments = entity === 'contactPoint' ? phoneFragments(lastInsertRowid, row!) : null
      if (fragments) phone.run(...fragments)
    }
  })
  return { apply, close: () => db.close() }
}

function upsertSql(entity: EntityName): string {
  const { name, columns, derived } = tables[entity]
  const all = [...columns, ...derived].map((column) => `"${column.name}"`)
  const changed = all.filter((column) => column !== '"id"').map((column) => `${column} = excluded.${column}`)
  return `INSERT INTO ${name} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')}) ON CONFLICT ("id") DO UPDATE SET ${changed.join(', ')}`
}
