import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { postgresAccount, type Account } from './postgres-account.ts'
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { preparePostgresFolder, type PostgresFolder } from './postgres-folder.ts'
import { guardPostmaster } from './postgres-guard.ts'
import { livingPostmaster, removeStalePid, type Postmaster } from './postmaster.ts'
import { StartError } from './start-error.ts'

export interface RunningPostgres {
  readonly connectionString: string
  /** Shuts the database down cleanly. Resolves when it is down. */
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 60_000
const REVIVE_AFTER_MS = 500
/** How long a PostgreSQL that a killed server left behind may take to end. */
const LEAVING_MS = 60_000
/** An advisory lock. The one server that owns this PostgreSQL holds it, and stops PostgreSQL when it stops itself. */
const OWNER_LOCK = 7_246_743

/**
 * Runs the PostgreSQL that npm delivers, with its files in `dataFolder`. It ends with this process, however the process
 * ends. If one is left running all the same, this process takes it over. If a running server owns it, this throws. If
 * it dies, it is started again at the same port. Throws a `StartError` that says what to do.
 */
export async function startEmbeddedPostgres(options: { dataFolder: string }): Promise<RunningPostgres> {
  const account = postgresAccount()
  const binaries = postgresBinaries(account)
  const folder = await preparePostgresFolder(options.dataFolder, binaries, account)
  const run = (port?: number) => launch(folder, binaries, account, join(options.dataFolder, 'postgres.log'), port)
  const addressOf = ({ port }: Postmaster) => `postgresql://ringside:${folder.password}@127.0.0.1:${port}/postgres`
  let stopping = false
  let reviving: Promise<void> | null = null
  let postmaster: Postmaster = { pid: 0, port: 0 }
  let unguard = () => {}

  /** Starts or takes over PostgreSQL and becomes its owner. `port` is the port that it must have. */
  const own = async (port?: number): Promise<Client> => {
    for (const end = Date.now() + LEAVING_MS; ; await pause(50)) {
      const found = livingPostmaster(folder.path)
      postmaster = found ?? (await run(port))
      try {
        const client = await becomeOwner(addressOf(postmaster), options.dataFolder)
        unguard = guardPostmaster(postmaster.pid, account)
        client.once('end', () => {
          if (stopping) return
          unguard()
          reviving = revive()
        })
        return client
      } catch (error) {
        if (error instanceof StartError) throw error
        if ((error as { code?: string }).code === '28P01') throw wrongSecret(folder.path, error)
        // A PostgreSQL that is shutting down because its server was killed answers with an error or not at all, until
        // it is gone.
        if (Date.now() > end)
          throw new StartError(
            `The process ${postmaster.pid} holds the database in ${folder.path} and does not answer. End it, then start again.`,
            { cause: error },
          )
      }
    }
  }
  /** Starts the database again. Called when the owner's connection ends, because it ends whenever the database does. */
  const revive = async (): Promise<void> => {
    for (;;) {
      await pause(REVIVE_AFTER_MS)
      if (stopping) return
      try {
        owner = await own(postmaster.port)
        return
      } catch {
        // PostgreSQL's log says why it failed. A later attempt may work (space was freed on a full disk, a port became
        // free).
      }
    }
  }
  let owner = await own()
  const connectionString = addressOf(postmaster)
  return {
    connectionString,
    stop: async () => {
      stopping = true
      await reviving
      await owner.end().catch(() => undefined)
      // Keep the guard until the database is down: we may be killed while we wait.
      await shutDown(postmaster.pid, folder.path)
      unguard()
    },
  }
}

async function launch(
  folder: PostgresFolder,
  binaries: PostgresBinaries,
  account: Account,
  logFile: string,
  fixedPort?: number,
): Promise<Postmaster> {
  removeStalePid(folder.path)
  for (let attempt = 1; ; attempt += 1) {
    const port = fixedPort ?? (await freePort())
    const log = openSync(logFile, 'a', 0o600)
    const from = fstatSync(log).size
    const child = spawn(
      binaries.postgres,
      [
        '-D',
        folder.path,
        '-p',
        String(port),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'unix_socket_directories=',
        '-c',
        'fsync=on',
        '-c',
        'full_page_writes=on',
        '-c',
        'max_connections=100',
        '-c',
        'shared_buffers=256MB',
        '-c',
        'max_wal_size=2GB',
        '-c',
        'wal_compression=on',
        '-c',
        'timezone=UTC',
        '-c',
        'log_timezone=UTC',
        // Statements can hold what callers said, so they must not reach the log.
        '-c',
        'log_min_error_statement=panic',
        '-c',
        'log_error_verbosity=terse',
        // Slow statements are logged without their parameters.
        '-c',
        'log_min_duration_statement=500',
        '-c',
        'log_parameter_max_length=0',
        '-c',
        'log_parameter_max_length_on_error=0',
      ],
      { ...account, cwd: '/', env: binaries.environment, stdio: ['ignore', log, log], detached: true },
    )
    closeSync(log)
    const failed = await untilReady(child, port, folder)
    if (failed === null) return { pid: child.pid ?? 0, port }
    const said = readFileSync(logFile).subarray(from).toString()
    if (said.includes('Address already in use') && attempt < 3) continue
    // After PostgreSQL was killed with -9, its other processes take a moment to notice.
    if (said.includes('is still in use') && attempt < 20) {
      await pause(250)
      continue
    }
    throw new StartError(reason(said, folder.path, logFile))
  }
}

/** Waits for PostgreSQL: null when it answers, else its exit code. If it does not answer in time, it is ended. */
async function untilReady(child: ChildProcess, port: number, folder: PostgresFolder): Promise<number | null> {
  const ended: { code: number | null } = { code: null }
  const gone = new Promise<void>((resolve) => {
    const end = (code: number | null) => {
      ended.code = code ?? -1
      resolve()
    }
    child.once('exit', end)
    child.once('error', () => end(-1))
  })
  for (let end = Date.now() + START_TIMEOUT_MS; ended.code === null && Date.now() < end; await pause(25)) {
    const client = new Client({
      host: '127.0.0.1',
      port,
      user: 'ringside',
      password: folder.password,
      database: 'postgres',
    })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return null
    } catch (error) {
      const { code } = error as { code?: string }
      // PostgreSQL says that it is starting up. After a power cut that can take long, so the time starts again.
      if (code === '57P03') end = Date.now() + START_TIMEOUT_MS
      if (code !== '28P01') continue
      child.kill('SIGINT')
      await gone
      throw wrongSecret(folder.path, error)
    }
  }
  child.kill('SIGQUIT')
  await gone
  return ended.code ?? -1
}

const wrongSecret = (path: string, cause: unknown) =>
  new StartError(`The database in ${path} does not open with the postgres-secret beside it. Put the right file back.`, {
    cause,
  })

function reason(log: string, path: string, logFile: string): string {
  const line =
    log
      .split('\n')
      .findLast((text) => /FATAL|PANIC|ERROR/.test(text))
      ?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '') ?? 'it gave no reason'
  if (/No space left/.test(log)) return `The disk with ${path} is full (${line}). Free some space and start again.`
  if (/Permission denied|has wrong ownership|invalid permissions/.test(log))
    return `PostgreSQL may not use ${path} (${line}). Give the folder back to the user who made it.`
  return `The database in ${path} does not start: ${line}. If it is damaged, bring back a backup, or move the folder away and start again with an empty database. Details: ${logFile}.`
}

async function becomeOwner(connectionString: string, dataFolder: string): Promise<Client> {
  const client = new Client({ connectionString, application_name: 'ringside-owner' })
  client.on('error', () => undefined)
  await client.connect()
  // PostgreSQL may take a while to notice that the connection of a server that was just killed is gone.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [OWNER_LOCK])
    if (rows[0]?.locked) return client
    await pause(100)
  }
  await client.end()
  throw new StartError(
    `Another Ringside server already runs with the data folder ${dataFolder}. Stop it first, or name another folder.`,
  )
}

async function shutDown(pid: number, path: string): Promise<void> {
  if (!signal(pid, 'SIGINT')) return
  for (let waitedMs = 0; waitedMs < 15_000; waitedMs += 25) {
    // Do not wait for the process: it may stay as a zombie where no parent collects it. The pid file disappears when
    // the database is down.
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
  await new Promise((resolve) => {
    probe.close(resolve)
  })
  if (address === null || typeof address === 'string')
    throw new StartError('This machine gives no free port on 127.0.0.1.')
  return address.port
}
