import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startEmbeddedPostgres, type RunningPostgres } from '../../../server/db/embedded-postgres.ts'
import { runningPostgres } from '../../../server/db/running-postgres.ts'
import { openDatabase } from '../../../server/open-database.ts'

let folder: string
let running: RunningPostgres[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-pg-'))
  // If the tests run as root, PostgreSQL runs as the user nobody, who must be able to enter this folder.
  chmodSync(folder, 0o755)
  running = []
})
afterEach(async () => {
  for (const postgres of running) await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

const start = async () => {
  const postgres = await startEmbeddedPostgres({ dataFolder: folder })
  running.push(postgres)
  return postgres
}
const stop = async (postgres: RunningPostgres) => {
  running = running.filter((one) => one !== postgres)
  await postgres.stop()
}
async function ask(postgres: RunningPostgres, text: string) {
  const client = new Client({ connectionString: postgres.connectionString })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('keeps what was committed over a stop, syncs to disk and speaks UTF-8', async () => {
  const first = await start()
  await ask(first, "create table kept as select '李伟' as name")
  expect(
    await ask(
      first,
      "select current_setting('fsync') as fsync, current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listen",
    ),
  ).toEqual([{ fsync: 'on', encoding: 'UTF8', listen: '127.0.0.1' }])
  await stop(first)
  expect(await ask(await start(), 'select name from kept')).toEqual([{ name: '李伟' }])
})

test('refuses a connection without the password', async () => {
  const { connectionString } = await start()
  const url = new URL(connectionString)
  url.password = 'guessed'
  const client = new Client({ connectionString: url.href })
  await expect(client.connect()).rejects.toThrow(/authentication/)
})

test('only the owner can read the secret that opens the database, and the database’s own log', async () => {
  await stop(await start())
  // A copy may have left the file with these rights.
  chmodSync(join(folder, 'postgres-secret'), 0o644)
  await start()
  for (const name of ['postgres-secret', 'postgres.log'])
    expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0])
})

/** Starts another server process on the folder; `port` is the port of its PostgreSQL. */
async function startElsewhere() {
  const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('../../../server/db/embedded-postgres.ts', import.meta.url).href)});
    const p = await startEmbeddedPostgres({ dataFolder: ${JSON.stringify(folder)} }); console.log(new URL(p.connectionString).port); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<string>((resolve) => {
    child.stdout.once('data', (text: Buffer) => {
      resolve(text.toString().trim())
    })
  })
  const gone = new Promise((resolve) => {
    child.once('exit', resolve)
  })
  return { child, port, gone }
}
const pidFile = () => join(folder, 'postgres', 'postmaster.pid')

test('ends without help when its server is killed with -9', async () => {
  const { child, gone } = await startElsewhere()
  expect(existsSync(pidFile())).toBe(true)
  child.kill('SIGKILL')
  await gone
  await vi.waitFor(() => {
    expect(existsSync(pidFile())).toBe(false)
  }, 30_000)
})

test('a start right after a kill -9 waits for the old PostgreSQL to end, and loses nothing', async () => {
  const first = await start()
  await ask(first, "create table kept as select '李伟' as name")
  await stop(first)
  const { child, gone } = await startElsewhere()
  child.kill('SIGKILL')
  await gone
  expect(await ask(await start(), 'select name from kept')).toEqual([{ name: '李伟' }])
})

test.skipIf(process.platform === 'win32')(
  'takes over a PostgreSQL that nothing could end, and stops it at its own end',
  async () => {
    const { child, port, gone } = await startElsewhere()
    const guard = Number(execFileSync('pgrep', ['-P', String(child.pid), '-x', 'sh'], { encoding: 'utf8' }))
    process.kill(guard, 'SIGKILL')
    child.kill('SIGKILL')
    await gone
    const taken = await start()
    expect(new URL(taken.connectionString).port).toBe(port)
    await stop(taken)
    expect(existsSync(pidFile())).toBe(false)
  },
)

test('a wrong secret is reported, and nothing is left running', async () => {
  await stop(await start())
  writeFileSync(join(folder, 'postgres-secret'), 'guessed\n')
  await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(
    /does not open with the postgres-secret beside it. Put the right file back/,
  )
  expect(existsSync(pidFile())).toBe(false)
})

test('a pid file that names the PostgreSQL of another folder does not make the server use that PostgreSQL', async () => {
  await stop(await start())
  const other = mkdtempSync(join(tmpdir(), 'ringside-pg-'))
  chmodSync(other, 0o755)
  const neighbour = await startEmbeddedPostgres({ dataFolder: other })
  try {
    const [pid, , , port] = readFileSync(join(other, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    writeFileSync(pidFile(), `${pid}\n${join(folder, 'postgres')}\n1\n${port}\n\n127.0.0.1\n`)
    const ours = await start()
    expect(new URL(ours.connectionString).port).not.toBe(port)
    expect(await ask(neighbour, 'select 1 as one')).toEqual([{ one: 1 }])
  } finally {
    await neighbour.stop()
    rmSync(other, { recursive: true, force: true })
  }
})

test('a pid file left by a power cut does not prevent the start, even if its process number now belongs to another process', async () => {
  await stop(await start())
  writeFileSync(
    join(folder, 'postgres', 'postmaster.pid'),
    `${process.pid}\n${join(folder, 'postgres')}\n1\n5432\n\n127.0.0.1\n`,
  )
  expect(await ask(await start(), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a second server on the same folder is refused and told what to do', async () => {
  await start()
  await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(
    /already runs with the data folder .* Stop it first, or name another folder/,
  )
})

test('a damaged data folder is not touched, and one sentence says what to do', async () => {
  await stop(await start())
  const control = join(folder, 'postgres', 'global', 'pg_control')
  truncateSync(control, 100)
  await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(
    /does not start: .* bring back a backup, or move the folder away/,
  )
  renameSync(join(folder, 'postgres', 'PG_VERSION'), join(folder, 'gone'))
  await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(
    /is not a database or is damaged .* Bring back a backup, or move it away/,
  )
  expect(readFileSync(control)).toHaveLength(100)
})

test('a database of another PostgreSQL is not touched', async () => {
  await stop(await start())
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n')
  await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(
    /was made by PostgreSQL 17; this is 18. It was not touched/,
  )
})

test('a folder that a killed first start left half made is made again', async () => {
  mkdirSync(join(folder, 'postgres.new', 'base'), { recursive: true })
  writeFileSync(join(folder, 'postgres.new', 'base', '1'), 'half')
  expect(await ask(await start(), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a folder that cannot be written is reported', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(startEmbeddedPostgres({ dataFolder: join(folder, 'file', 'data') })).rejects.toThrow(
    /cannot be used: a file stands in its place. RINGSIDE_DATA names another one/,
  )
})

test.runIf(existsSync('/proc'))(
  'if no folder can be made there, the start says so and does not try for ever',
  async () => {
    await expect(startEmbeddedPostgres({ dataFolder: '/proc/ringside/data' })).rejects.toThrow(
      /cannot be used: no folder can be made at \/proc\/ringside/,
    )
  },
)

test('a database from a newer version is refused untouched', async () => {
  const database = await openDatabase({ dataFolder: folder })
  await database.pool.query(
    "insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 99999999999999)",
  )
  await database.close()
  await expect(openDatabase({ dataFolder: folder })).rejects.toThrow(
    /The database postgres was written by a newer version of Ringside and was not changed/,
  )
})

test('a DATABASE_URL at which no database answers is reported', async () => {
  await expect(openDatabase({ dataFolder: folder, databaseUrl: 'postgresql://x:y@127.0.0.1:9/none' })).rejects.toThrow(
    /DATABASE_URL names cannot be used .* Check its address/,
  )
})

test('a DATABASE_URL that is not an address is reported', async () => {
  await expect(openDatabase({ dataFolder: folder, databaseUrl: 'nonsense' })).rejects.toThrow(
    /is no address of a PostgreSQL. It looks like postgresql:/,
  )
})

test('a command that runs beside the server finds the running database, and leaves it to the server', async () => {
  expect(runningPostgres(folder)).toBeNull()
  const server = await start()
  const address = runningPostgres(folder)
  expect(address).toBe(server.connectionString)
  const beside = await openDatabase({ dataFolder: folder, databaseUrl: address ?? '' })
  await beside.close()
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
  await stop(server)
  expect(runningPostgres(folder)).toBeNull()
})
