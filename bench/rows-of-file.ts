import type Database from 'better-sqlite3'
import { entityNames, type EntityName } from '../protocol/entities.ts'
import { codecs } from '../db/rows/codec.ts'
import type { AnyRow } from '../db/rows/any-row.ts'

/** How many rows of all entities a file holds. */
export const countRows = (raw: Database.Database): number =>
  entityNames.reduce(
    (sum, entity) => sum + (raw.prepare(`SELECT count(*) AS n FROM "${entity}"`).get() as { n: number }).n,
    0,
  )

/** Every row of one entity in its form on the wire, in the order in which they lie. */
export function* rowsOf(raw: Database.Database, entity: EntityName): Generator<AnyRow> {
  for (const stored of raw.prepare(`SELECT ${codecs[entity].select} FROM "${entity}"`).iterate())
    yield codecs[entity].decode(stored as AnyRow)
}

/** The next rows of one entity after an id, which is how a pull over HTTP pages. */
export const rowsAfter = (raw: Database.Database, entity: EntityName, id: string, limit: number): AnyRow[] =>
  (
    raw
      .prepare(`SELECT ${codecs[entity].select} FROM "${entity}" WHERE "id" > ? ORDER BY "id" LIMIT ?`)
      .all(id, limit) as AnyRow[]
  ).map(codecs[entity].decode)
