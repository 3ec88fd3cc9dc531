import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../server/log.ts'
import { startServer, type RunningServer, type ServerOptions } from '../../server/start-server.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

export interface TestServer extends RunningServer {
  readonly database: TestDatabase
  /** The lines that the server logged. */
  readonly logged: string[]
  /** Starts the server again after a stop, on the same database and at the same address. */
  restart(): Promise<void>
  /** Stops the server and removes everything that it made. */
  remove(): Promise<void>
}

/** A complete server with its own database; by default there are no calls. */
export async function startTestServer(
  options: Partial<Omit<ServerOptions, 'database' | 'log'>> = {},
  given?: TestDatabase,
): Promise<TestServer> {
  const database = given ?? (await createTestDatabase())
  const dataFolder = mkdtempSync(join(tmpdir(), 'ringside-server-'))
  const logged: string[] = []
  const start = (port = options.port ?? 0) =>
    startServer({
      plan: [],
      dataFolder,
      ...options,
      port,
      database,
      log: createLog((line) => {
        logged.push(line)
      }, Date.now),
    })
  let running: RunningServer | null = await start()
  let { port } = running
  const stop = async () => {
    await running?.stop()
    running = null
  }
  return {
    get url() {
      return running?.url ?? ''
    },
    get port() {
      return running?.port ?? 0
    },
    get metricsPort() {
      return running?.metricsPort ?? null
    },
    connections: () => running?.connections() ?? 0,
    database,
    logged,
    stop,
    restart: async () => {
      running = await start(port)
      ;({ port } = running)
    },
    remove: async () => {
      await stop()
      await database.drop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
