import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '../../server/db/embedded-postgres.ts'

/** A PostgreSQL for a run of tests. Each takes a database of its own from a template. */
export interface Cluster {
  readonly connectionString: string
  stop(): Promise<void>
}

/** A real one, empty. TEST_DATABASE_URL names another one, of version 15 or later, to run the same tests on. */
export async function startCluster(): Promise<Cluster> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { connectionString: given, stop: async () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'ringside-postgres-'))
  // Where the tests run as root, PostgreSQL runs as nobody and has to get in.
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

/** Makes a database, empty or as `template` is, in place of one that is there. Gives its address. */
export async function makeDatabase(cluster: string, name: string, template?: string): Promise<string> {
  await dropDatabase(cluster, name)
  await asAdmin(cluster, `create database ${name}${template ? ` template ${template} strategy wal_log` : ''}`)
  const url = new URL(cluster)
  url.pathname = `/${name}`
  return url.href
}

export const dropDatabase = (cluster: string, name: string): Promise<void> => asAdmin(cluster, `drop database if exists ${name} with (force)`)

/** Runs one statement beside all databases that are used. */
async function asAdmin(cluster: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: cluster })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
