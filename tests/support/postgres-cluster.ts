import type { TestProject } from 'vitest/node'
import { createPool } from '../../server/db/connect.ts'
import { migrateDatabase } from '../../server/db/migrate.ts'
import { makeDatabase, startCluster } from './cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/**
 * One PostgreSQL for all test files, with a migrated template. Each test file copies its own database from the
 * template.
 */
export default async function setup(project: TestProject) {
  const cluster = await startCluster()
  const pool = createPool(await makeDatabase(cluster.connectionString, 'ringside_template'), () => undefined)
  await migrateDatabase(pool)
  await pool.end()
  project.provide('postgresUrl', cluster.connectionString)
  return () => cluster.stop()
}
