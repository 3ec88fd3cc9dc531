import type { EntityName } from '../../protocol/entities.ts'
import type { ServerRow } from '../apply/server-rows.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'
import { isOwnScope } from '../schema/cache-schema.ts'
import { readMeta, writeMeta } from '../schema/meta.ts'
import { allTables } from '../schema/tables.ts'

/** The teams and users whose rows this cache holds; a new cache holds none. */
export const ownScopes = (db: ReadableDb): string[] => JSON.parse(readMeta(db, 'ownScopes') ?? '[]') as string[]

export const noteOwnScopes = (db: WritableDb, scopes: readonly string[]): void =>
  writeMeta(db, 'ownScopes', JSON.stringify([...scopes].toSorted()))

/** The rows of teams and users that are not among `scopes`, as changes that remove them. */
export const rowsOfOthers = (db: ReadableDb, scopes: readonly string[]): ServerRow[] =>
  allTables.flatMap(({ entity, name }) =>
    db
      .all<{ id: string; version: number }>(
        `SELECT "id", "version" FROM ${name} WHERE ${isOwnScope} AND "scope" NOT IN (SELECT "value" FROM json_each(?))`,
        JSON.stringify(scopes),
      )
      .map(({ id, version }): ServerRow => ({ entity: entity satisfies EntityName, id, version, row: null })),
  )
