import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, Pool, Queryable } from './connect.ts'
import { StartError } from './start-error.ts'

const migrationsFolder = join(import.meta.dirname, 'migrations')
const MIGRATION_LOCK = 7_246_744

/**
 * Brings the tables up to date, on one node at a time. Refuses a database of a newer version before it changes
 * anything.
 */
export async function migrateDatabase(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = await newestApplied(client)
    const newest = newestKnown()
    if (applied > newest) {
      const { rows } = await client.query<{ name: string }>('select current_database() as name')
      throw new StartError(
        `The database ${rows[0]?.name} was written by a newer version of Ringside and was not changed. Install that version or a later one.`,
      )
    }
    if (applied < newest) await applyMigrations(client)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
    client.release()
  }
}

/** The migrator is loaded only if there is something to apply, which is not so at most starts. */
async function applyMigrations(client: Client): Promise<void> {
  const [{ drizzle }, { migrate }] = await Promise.all([
    import('drizzle-orm/node-postgres'),
    import('drizzle-orm/node-postgres/migrator'),
  ])
  await migrate(drizzle(client), { migrationsFolder })
}

async function newestApplied(db: Queryable): Promise<number> {
  const {
    rows: [table],
  } = await db.query<{ there: boolean }>("select to_regclass('drizzle.__drizzle_migrations') is not null as there")
  if (!table?.there) return 0
  const { rows } = await db.query<{ newest: number | null }>(
    'select max(created_at) as newest from drizzle.__drizzle_migrations',
  )
  return rows[0]?.newest ?? 0
}

function newestKnown(): number {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  return Math.max(...journal.entries.map((entry) => entry.when))
}
