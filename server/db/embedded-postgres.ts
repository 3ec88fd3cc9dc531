import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { postgresAccount, type Account } from './postgres-account.ts'
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { preparePostgresFolder, type PostgresFolder } from './postgres-folder.ts'
import { livingPostmaster, removeStalePid, type Postmaster } from './postmaster.ts'
import { StartError } from './start-error.ts'

export interface RunningPostgres {
  readonly connectionString: string
  /** Shuts the database down cleanly; answers when it is down. */
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 60_000
const REVIVE_AFTER_MS = 500
/** Held by the one server that owns this PostgreSQL and stops it with itself. */
const OWNER_LOCK = 7_246_743

/**
 * Runs the PostgreSQL that npm delivers, its files in `dataFolder`. One that a killed server left running is taken
 * over; one that a living server owns is refused; one that dies is started again at the same port. Throws a
 * `StartError` that says what to do.
 */
export async function startEmbeddedPostgres(options: { dataFolder: string }): Promise<RunningPostgres> {
  const account = postgresAccount()
  const binaries = postgresBinaries(account)
  const folder = preparePostgresFolder(options.dataFolder, binaries, account)
  const run = (port?: number) => launch(folder, binaries, account, join(options.dataFolder, 'postgres.log'), port)
  let postmaster = livingPostmaster(folder.path) ?? (await run())
  const connectionString = `postgresql://ringside:${folder.password}@127.0.0.1:${postmaster.port}/postgres`
  let stopping = false
  let reviving: Promise<void> | null = null

  const own = async (): Promise<Client> => {
    const client = await becomeOwner(connectionString, options.dataFolder)
    client.once('end', () => { if (!stopping) reviving = revive() })
    return client
  }
  /** The owner's connection ends when the database does, whoever ended it. */
  const revive = async (): Promise<void> => {
    for (;;) {
      await pause(REVIVE_AFTER_MS)
      if (stopping) return
      try {
        postmaster = livingPostmaster(folder.path) ?? (await run(postmaster.port))
        owner = await own()
        return
      } catch {
        // Its log says why; it may yet come up (a full disk that is freed, a port that is given back).
      }
    }
  }
  let owner = await own()
  return {
    connectionString,
    stop: async () => {
      stopping = true
      await reviving
      await owner.end().catch(() => undefined)
      await shutDown(postmaster.pid, folder.path)
    },
  }
}

async function launch(folder: PostgresFolder, binaries: PostgresBinaries, account: Account, logFile: string, fixedPort?: number): Promise<Postmaster> {
  removeStalePid(folder.path)
  for (let attempt = 1; ; attempt += 1) {
    const port = fixedPort ?? (await freePort())
    const log = openSync(logFile, 'a', 0o600)
    const from = lengthOf(logFile)
    const child = spawn(binaries.postgres, [
      '-D', folder.path, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=',
      '-c', 'fsync=on', '-c', 'full_page_writes=on', '-c', 'max_connections=100', '-c', 'shared_buffers=256MB',
      '-c', 'max_wal_size=2GB', '-c', 'wal_compression=on', '-c', 'timezone=UTC', '-c', 'log_timezone=UTC',
      // Statements can hold what callers said; they never reach the log.
      '-c', 'log_min_error_statement=panic', '-c', 'log_error_verbosity=terse',
      // Slow statements are named, without their parameters.
      '-c', 'log_min_duration_statement=500', '-c', 'log_parameter_max_length=0', '-c', 'log_parameter_max_length_on_error=0',
    ], { ...account, cwd: '/', env: binaries.environment, stdio: ['ignore', log, log], detached: true })
    closeSync(log)
    const failed = await untilReady(child, port, folder)
    if (failed === null) return { pid: child.pid ?? 0, port }
    const said = readFileSync(logFile, 'utf8').slice(from)
    if (said.includes('Address already in use') && attempt < 3) continue
    throw new StartError(reason(said, folder.path, logFile))
  }
}

const lengthOf = (file: string) => readFileSync(file, 'utf8').length

/** null once it answers, or the exit code. */
async function untilReady(child: ChildProcess, port: number, folder: PostgresFolder): Promise<number | null> {
  const ended: { code: number | null } = { code: null }
  child.once('exit', (code) => { ended.code = code ?? -1 })
  child.once('error', () => { ended.code = -1 })
  const end = Date.now() + START_TIMEOUT_MS
  while (ended.code === null && Date.now() < end) {
    const client = new Client({ host: '127.0.0.1', port, user: 'ringside', password: folder.password, database: 'postgres' })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return null
    } catch (error) {
      if ((error as { code?: string }).code === '28P01') throw new StartError(`The database in ${folder.path} does not open with the postgres-secret beside it. Put the right file back.`, { cause: error })
      await pause(25)
    }
  }
  return ended.code ?? -1
}

function reason(log: string, path: string, logFile: string): string {
  const line = log.split('\n').findLast((text) => /FATAL|PANIC|ERROR/.test(text))?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '') ?? 'it gave no reason'
  if (/No space left/.test(log)) return `The disk with ${path} is full (${line}). Free some space and start again.`
  if (/Permission denied|has wrong ownership|invalid permissions/.test(log)) return `PostgreSQL may not use ${path} (${line}). Give the folder back to the user who made it.`
  return `The database in ${path} does not start: ${line}. If it is damaged, bring back a backup, or move the folder away and start again with an empty database. Details: ${logFile}.`
}

async function becomeOwner(connectionString: string, dataFolder: string): Promise<Client> {
  const client = new Client({ connectionString, application_name: 'ringside-owner' })
  client.on('error', () => undefined)
  await client.connect()
  // The connection of a server that was killed a moment ago may take a while to be noticed.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [OWNER_LOCK])
    if (rows[0]?.locked) return client
    await pause(100)
  }
  await client.end()
  throw new StartError(`Another Ringside server already runs with the data folder ${dataFolder}. Stop it first, or name another folder.`)
}

async function shutDown(pid: number, path: string): Promise<void> {
  if (!signal(pid, 'SIGINT')) return
  for (let waitedMs = 0; waitedMs < 15_000; waitedMs += 25) {
    // Its process may linger as a zombie where nobody collects it; the pid file is gone when the database is down.
    if (livingPostmaster(path) === null) return
    await pause(25)
  }
  signal(pid, 'SIGQUIT')
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => { probe.close(resolve) })
  if (address === null || typeof address === 'string') throw new StartError('This machine gives no free port on 127.0.0.1.')
  return address.port
}
