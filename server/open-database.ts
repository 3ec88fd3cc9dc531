import { createPool, type Pool } from './db/connect.ts'
import { startEmbeddedPostgres, type RunningPostgres } from './db/embedded-postgres.ts'
import { migrateDatabase } from './db/migrate.ts'
import { ensureSite, type Site, type SiteSettings } from './db/site.ts'
import { StartError } from './db/start-error.ts'

export interface OpenDatabase {
  readonly pool: Pool
  readonly connectionString: string
  readonly site: Site
  readonly close: () => Promise<void>
}

export interface DatabaseOptions {
  /** Where the embedded PostgreSQL keeps its files; not used with `databaseUrl`. */
  readonly dataFolder: string
  /** The operator's own PostgreSQL, 15 or later, used instead of the embedded one. */
  readonly databaseUrl?: string | undefined
  /** The site's settings, for a new database. */
  readonly site?: SiteSettings
  readonly onError?: (error: Error) => void
}

const DEFAULT_SITE: SiteSettings = { name: 'Ringside', timeZone: 'UTC', currency: 'EUR', country: 'DE' }

/**
 * Opens the store of record, brings its tables up to date and reads the site. Throws a `StartError` that says what to
 * do.
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const given = options.databaseUrl === '' ? undefined : options.databaseUrl
  if (given && !/^(postgres(ql)?|socket):/.test(given))
    throw new StartError(
      'DATABASE_URL is no address of a PostgreSQL. It looks like postgresql://user:password@host:5432/database.',
    )
  const postgres: RunningPostgres | null = given
    ? null
    : await startEmbeddedPostgres({ dataFolder: options.dataFolder })
  const connectionString = given ?? postgres?.connectionString ?? ''
  // When we close the database, its connections break. That is expected and not reported.
  let closing = false
  const pool = createPool(connectionString, (error) => {
    if (!closing) options.onError?.(error)
  })
  const close = async () => {
    closing = true
    await pool.end()
    await postgres?.stop()
  }
  try {
    await migrateDatabase(pool).catch((cause: unknown) => {
      throw cause instanceof StartError || postgres ? cause : notReached(cause)
    })
    const site = await ensureSite(pool, options.site ?? DEFAULT_SITE, crypto.randomUUID())
    return { pool, connectionString, site, close }
  } catch (error) {
    await close()
    throw error
  }
}

function notReached(cause: unknown): StartError {
  const { message } = cause as Error
  return new StartError(
    `The database that DATABASE_URL names cannot be used (${message || 'it is not reached'}). Check its address, user and password, or leave DATABASE_URL out.`,
    { cause },
  )
}
