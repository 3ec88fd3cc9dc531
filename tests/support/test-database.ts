import { Client } from 'pg'
import { inject } from 'vitest'
import { openDatabase, type OpenDatabase } from '../../server/open-database.ts'

export interface TestDatabase extends OpenDatabase {
  /** Closes and removes it. */
  drop(): Promise<void>
}

/** A fresh, migrated database of its own in the run's PostgreSQL. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await asAdmin(`create database ${name} template ringside_template strategy wal_log`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  const database = await openDatabase({
    dataFolder: '', databaseUrl: url.href, site: { name: 'Test', timeZone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' },
  })
  return {
    ...database,
    drop: async () => {
      await database.close()
      await asAdmin(`drop database ${name} with (force)`)
    },
  }
}

async function asAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
