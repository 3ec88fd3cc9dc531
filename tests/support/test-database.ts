import { inject } from 'vitest'
import { openDatabase, type OpenDatabase } from '../../server/open-database.ts'
import { dropDatabase, makeDatabase } from './cluster.ts'

export interface TestDatabase extends OpenDatabase {
  /** Closes and removes the database. */
  drop(): Promise<void>
}

/** A fresh, migrated database in the PostgreSQL of this test run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = inject('postgresUrl')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const database = await openDatabase({
    dataFolder: '',
    databaseUrl: await makeDatabase(cluster, name, 'ringside_template'),
    site: { name: 'Test', timeZone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' },
  })
  return {
    ...database,
    drop: async () => {
      await database.close()
      await dropDatabase(cluster, name)
    },
  }
}
