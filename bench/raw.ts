import Database from 'better-sqlite3'
import type { ScaleFile } from './scale-file.ts'

/** Opens the same file in bare better-sqlite3, with which the floor is measured. */
export function openRaw(file: ScaleFile): Database.Database {
  const raw = new Database(file.path, { readonly: true })
  raw.pragma(`cipher = 'aegis'`)
  raw.pragma(`key = 'raw:${file.keyHex}'`)
  raw.pragma('cache_size = -32768')
  return raw
}

/** `count` values of customers at random places of the file; the parameter of `sql` is the customer's place. */
export function sample(raw: Database.Database, sql: string, count: number): string[] {
  const { n } = raw.prepare('SELECT max("_searchId") AS n FROM "customer"').get() as { n: number }
  const statement = raw.prepare(sql)
  const out: string[] = []
  while (out.length < count) {
    const row = statement.get(1 + Math.floor(Math.random() * n)) as { v: string } | undefined
    if (row) out.push(row.v)
  }
  return out
}

/** A phone number of the customer at a place. */
export const PHONE_AT =
  'SELECT "e164" AS v FROM "contactPoint" WHERE "customerId" = (SELECT "id" FROM "customer" WHERE "_searchId" = ?) AND "e164" IS NOT NULL LIMIT 1'
