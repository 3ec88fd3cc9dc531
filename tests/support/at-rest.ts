import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cachePlace } from '../../db/files/cache-file.ts'
import { journalPath, openFiles } from '../../db/files/open-files.ts'
import { unsettledCommands } from '../../db/journal/commands.ts'
import { journalMigrations } from '../../db/journal/schema.ts'
import { openReadable } from '../../db/open.ts'
import { readMeta } from '../../db/schema/meta.ts'
import { codecs, decodeRow } from '../../db/rows/codec.ts'
import { allTables, tables } from '../../db/schema/tables.ts'
import { canonicalJson } from '../../protocol/canonical-json.ts'
import { entityNames, type EntityName } from '../../protocol/entities.ts'
import { CACHE_SCHEMA } from '../../protocol/version.ts'
import type { Pool } from '../../server/db/connect.ts'
import { entitySql } from '../../server/db/rows.ts'
import type { TestWorkstation } from './test-workstation.ts'

/** For each entity the number of rows and a SHA-256 over all of them. */
export type RowsAtRest = Readonly<Record<EntityName, string>>

const digest = (rows: readonly { readonly id: string }[]) =>
  `${rows.length} rows ${createHash('sha256')
    .update(
      rows
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(canonicalJson)
        .join('\n'),
    )
    .digest('hex')
    .slice(0, 16)}`

/** The rows that the server has of these scopes. */
export async function rowsOfCenter(pool: Pool, scopes: readonly string[]): Promise<RowsAtRest> {
  const all = await Promise.all(
    entityNames.map(async (entity) => {
      const { select, table } = entitySql(entity)
      const { rows } = await pool.query<{ id: string }>(`select ${select} from ${table} where scope = any($1)`, [
        scopes,
      ])
      return [entity, digest(rows)] as const
    }),
  )
  return Object.fromEntries(all) as RowsAtRest
}

/** Every command that the server ever answered: how many there are, and a SHA-256 over what each one says. */
export async function commandsOfCenter(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'select command_id as id, name, args, user_id as "userId" from command_result',
  )
  return digest(rows)
}

/**
 * Every command that was ever entered at these stopped workstations, in the form in which `commandsOfCenter` returns
 * them.
 */
export function commandsOfDesks(folders: readonly string[]): string {
  return digest(
    folders.flatMap((folder) => {
      const journal = openReadable({
        path: journalPath(folder),
        keyHex: keyOf(folder),
        purpose: 'journal',
        schema: journalMigrations.length,
      })
      try {
        return journal
          .all<{ id: string; args: string }>('SELECT "commandId" AS "id", "name", "args", "userId" FROM "command"')
          .map((row) => ({ ...row, args: JSON.parse(row.args) as unknown }))
      } finally {
        journal.close()
      }
    }),
  )
}

const keyOf = (folder: string) => readFileSync(join(folder, 'files.key'), 'utf8').trim()

/** The rows in the cache of a stopped workstation, and how many commands of its journal are not settled. */
export function rowsOfDesk(folder: string): { readonly rows: RowsAtRest; readonly open: number } {
  const files = openFiles({ folder, journalKeyHex: keyOf(folder), newKeyHex: ['00'.repeat(32)], stamp: 'rest' })
  try {
    const rows = Object.fromEntries(
      allTables.map(({ entity, name }) => [
        entity,
        digest(
          files.cache
            .all<Record<string, unknown>>(`SELECT ${codecs[entity].select} FROM ${name}`)
            .map((row) => decodeRow(entity, row)),
        ),
      ]),
    ) as RowsAtRest
    return { rows, open: unsettledCommands(files.journal).length }
  } finally {
    files.close()
  }
}

/** The cursor of a workstation that was killed, and the ids of the rows of an entity in its cache. */
export function heldByDesk(
  folder: string,
  entity: EntityName,
): { readonly cursor: number; readonly ids: ReadonlySet<string> } {
  const files = openFiles({ folder, journalKeyHex: keyOf(folder), newKeyHex: ['00'.repeat(32)], stamp: 'rest' })
  try {
    return {
      cursor: cachePlace(files.cache).cursor,
      ids: new Set(files.cache.all<{ id: string }>(`SELECT "id" FROM ${tables[entity].name}`).map(({ id }) => id)),
    }
  } finally {
    files.close()
  }
}

/** The cache that a workstation uses. An earlier cache may still lie beside it for a moment. */
export function cacheOf(folder: string): { readonly path: string; readonly keyHex: string } {
  const journal = openReadable({
    path: journalPath(folder),
    keyHex: keyOf(folder),
    purpose: 'journal',
    schema: journalMigrations.length,
  })
  try {
    return { path: join(folder, readMeta(journal, 'cacheFile') ?? ''), keyHex: readMeta(journal, 'cacheKey') ?? '' }
  } finally {
    journal.close()
  }
}

/** Reads the cursor of a running workstation from outside. */
export function watchCursor(folder: string): () => number {
  const { path, keyHex } = cacheOf(folder)
  return () => {
    const cache = openReadable({ path, keyHex, purpose: 'cache', schema: CACHE_SCHEMA })
    try {
      return Number(readMeta(cache, 'cursor'))
    } finally {
      cache.close()
    }
  }
}

/**
 * Resolves when nothing is under way any more: the workstation has sent everything, has all answers, and has the whole
 * feed.
 */
export async function restOf(desk: Pick<TestWorkstation, 'seen'>, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs
  for (;;) {
    try {
      await desk.seen(
        'sync.state',
        {},
        (state) => state.link === 'online' && state.setup === null && state.unsent === 0 && state.behind === 0,
      )
      return
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}
