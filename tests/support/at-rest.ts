import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFiles } from '../../db/files/open-files.ts'
import { unsettledCommands } from '../../db/journal/commands.ts'
import { codecs, decodeRow } from '../../db/rows/codec.ts'
import { allTables } from '../../db/schema/tables.ts'
import { canonicalJson } from '../../protocol/canonical-json.ts'
import { entityNames, type EntityName } from '../../protocol/entities.ts'
import type { Pool } from '../../server/db/connect.ts'
import { entitySql } from '../../server/db/rows.ts'

/** How many rows of each entity, and SHA-256 over all of them. */
export type RowsAtRest = Readonly<Record<EntityName, string>>

const digest = (rows: readonly { readonly id: string }[]) =>
  `${rows.length} rows ${createHash('sha256').update(rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(canonicalJson).join('\n')).digest('hex').slice(0, 16)}`

/** What the center has of these scopes. */
export async function rowsOfCenter(pool: Pool, scopes: readonly string[]): Promise<RowsAtRest> {
  const all = await Promise.all(entityNames.map(async (entity) => {
    const { select, table } = entitySql(entity)
    const { rows } = await pool.query<{ id: string }>(`select ${select} from ${table} where scope = any($1)`, [scopes])
    return [entity, digest(rows)] as const
  }))
  return Object.fromEntries(all) as RowsAtRest
}

/** What a workstation that was stopped has in its cache, and how many commands of its journal are not settled. */
export function rowsOfDesk(folder: string): { readonly rows: RowsAtRest; readonly open: number } {
  const files = openFiles({ folder, journalKeyHex: readFileSync(join(folder, 'files.key'), 'utf8').trim(), newKeyHex: ['00'.repeat(32)], stamp: 'rest' })
  try {
    const rows = Object.fromEntries(allTables.map(({ entity, name }) =>
      [entity, digest(files.cache.all<Record<string, unknown>>(`SELECT ${codecs[entity].select} FROM ${name}`).map((row) => decodeRow(entity, row)))])) as RowsAtRest
    return { rows, open: unsettledCommands(files.journal).length }
  } finally {
    files.close()
  }
}
