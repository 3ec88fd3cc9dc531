import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '../../server/db/embedded-postgres.ts'

/** A PostgreSQL for a test run. Each test makes its own database from a template. */
export interface Cluster {
  readonly connectionString: string
  stop(): Promise<void>
}

/**
 * A real PostgreSQL without databases of ours. TEST_DATABASE_URL can name another one, version 15 or later, on which
 * the same tests then run.
 */
export async function startCluster(): Promise<Cluster> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { connectionString: given, stop: async () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'ringside-postgres-'))
  // If the tests run as root, PostgreSQL runs as the user nobody, who must be able to enter this folder.
  chmodSync(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ dataFolder: folder })
  return {
    connectionString: postgres.connectionString,
    stop: async () => {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Makes a database, empty or as a copy of `template`, and replaces one of the same name. Returns its address. */
export async function makeDatabase(cluster: string, name: string, template?: string): Promise<string> {
  await dropDatabase(cluster, name)
  await asAdmin(cluster, `create database ${name}${template ? ` template ${template} strategy wal_log` : ''}`)
  const url = new URL(cluster)
  url.pathname = `/${name}`
  return url.href
}

export const dropDatabase = (cluster: string, name: string): Promise<void> =>
  asAdmin(cluster, `drop database if exists ${name} with (force)`)

/** Runs one statement on a database that no test uses. */
async function asAdmin(cluster: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: cluster })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
