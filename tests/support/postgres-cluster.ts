import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { createPool } from '../../server/db/connect.ts'
import { startEmbeddedPostgres } from '../../server/db/embedded-postgres.ts'
import { migrateDatabase } from '../../server/db/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/**
 * One real PostgreSQL for a test run, with a migrated template that every test file copies its own database from.
 * TEST_DATABASE_URL names another one, of version 15 or later, to run the same tests on.
 */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-postgres-'))
  // Where the tests run as root, PostgreSQL runs as nobody and has to get in.
  chmodSync(folder, 0o755)
  const given = process.env['TEST_DATABASE_URL']
  const postgres = given ? { connectionString: given, stop: async () => undefined } : await startEmbeddedPostgres({ dataFolder: folder })
  const admin = new Client({ connectionString: postgres.connectionString })
  await admin.connect()
  await admin.query('drop database if exists ringside_template')
  await admin.query('create database ringside_template')
  await admin.end()
  const template = new URL(postgres.connectionString)
  template.pathname = '/ringside_template'
  const pool = createPool(template.href, () => undefined)
  await migrateDatabase(pool)
  await pool.end()
  project.provide('postgresUrl', postgres.connectionString)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
