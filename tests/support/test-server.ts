import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../server/log.ts'
import { startServer, type RunningServer, type ServerOptions } from '../../server/start-server.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

export interface TestServer extends RunningServer {
  readonly database: TestDatabase
  /** What the server logged. */
  readonly logged: string[]
  /** Stops it and removes everything it made. */
  remove(): Promise<void>
}

/** A whole server on a database of its own; by default nobody calls. */
export async function startTestServer(options: Partial<Omit<ServerOptions, 'database' | 'log'>> = {}): Promise<TestServer> {
  const database = await createTestDatabase()
  const dataFolder = mkdtempSync(join(tmpdir(), 'ringside-server-'))
  const logged: string[] = []
  const server = await startServer({ plan: [], ...options, database, dataFolder, log: createLog((line) => { logged.push(line) }, Date.now) })
  return {
    ...server, database, logged,
    remove: async () => {
      await server.stop()
      await database.drop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
