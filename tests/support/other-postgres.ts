import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { postgresAccount } from '../../server/db/postgres-account.ts'

/** A PostgreSQL of the machine's own, as an operator would have it. */
export interface OtherPostgres {
  readonly connectionString: string
  stop(): Promise<void>
}

const binariesOf = (major: number) => `/usr/lib/postgresql/${major}/bin`

/** Whether Debian's package of this version is on the machine. */
export const hasPostgres = (major: number): boolean => existsSync(join(binariesOf(major), 'initdb'))

/** Makes and starts an empty one on a free port, as a user who may. */
export async function startOtherPostgres(major: number, port: number): Promise<OtherPostgres> {
  const account = postgresAccount()
  const home = mkdtempSync(join(tmpdir(), `ringside-postgres-${major}-`))
  chmodSync(home, 0o755)
  const data = join(home, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (account.uid !== undefined && account.gid !== undefined) chownSync(data, account.uid, account.gid)
  execFileSync(join(binariesOf(major), 'initdb'), ['-D', data, '-U', 'ringside', '--encoding=UTF8', '--no-locale', '--auth=trust'], { ...account, cwd: '/', stdio: 'ignore' })
  const child = spawn(join(binariesOf(major), 'postgres'), ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='], { ...account, cwd: '/', stdio: 'ignore' })
  const gone = new Promise((resolve) => { child.once('exit', resolve) })
  const connectionString = `postgresql://ringside@127.0.0.1:${port}/postgres`
  for (let tries = 0; ; tries += 1) {
    const client = new Client({ connectionString })
    client.on('error', () => undefined)
    const answers = await client.connect().then(() => true, () => false)
    await client.end().catch(() => undefined)
    if (answers) break
    if (tries > 200 || child.exitCode !== null) throw new Error(`PostgreSQL ${major} does not start.`)
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
