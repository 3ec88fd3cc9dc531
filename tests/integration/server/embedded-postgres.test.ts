import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbeddedPostgres, type RunningPostgres } from '../../../server/db/embedded-postgres.ts'
import { openDatabase } from '../../../server/open-database.ts'

let folder: string
let running: RunningPostgres[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-pg-'))
  // Where the tests run as root, PostgreSQL runs as nobody and has to get in.
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
  expect(await ask(first, "select current_setting('fsync') as fsync, current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listen"))
    .toEqual([{ fsync: 'on', encoding: 'UTF8', listen: '127.0.0.1' }])
  await stop(first)
  expect(await ask(await start(), 'select name from kept')).toEqual([{ name: '李伟' }])
})

test('lets nobody in without the password', async () => {
  const { connectionString } = await start()
  const url = new URL(connectionString)
  url.password = 'guessed'
  const client = new Client({ connectionString: url.href })
  await expect(client.connect()).rejects.toThrow(/authentication/)
})

test('what opens the database and what it writes about itself is for its owner alone', async () => {
  await start()
  for (const name of ['postgres-secret', 'postgres.log']) expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0])
})

test('takes over what a server that was killed with -9 left running, and stops it at its own end', async () => {
  const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('../../../server/db/embedded-postgres.ts', import.meta.url).href)});
    const p = await startEmbeddedPostgres({ dataFolder: ${JSON.stringify(folder)} }); console.log(new URL(p.connectionString).port); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<string>((resolve) => { child.stdout.once('data', (text: Buffer) => { resolve(text.toString().trim()) }) })
  const gone = new Promise((resolve) => { child.once('exit', resolve) })
  child.kill('SIGKILL')
  await gone
  const taken = await start()
  expect(new URL(taken.connectionString).port).toBe(port)
  await stop(taken)
  expect(() => readFileSync(join(folder, 'postgres', 'postmaster.pid'))).toThrow(/ENOENT/)
})

test('a pid file left by a power cut does not stop it, even where its number belongs to another process now', async () => {
  await stop(await start())
  writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(folder, 'postgres')}\n1\n5432\n\n127.0.0.1\n`)
  expect(await ask(await start(), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a second server on the same folder is refused and told what to do', async () => {
  await start()
  await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(/already runs with the data folder .* Stop it first, or name another folder/)
})

test('a damaged data folder is not touched and the sentence says what to do', async () => {
  await stop(await start())
  const control = join(folder, 'postgres', 'global', 'pg_control')
  truncateSync(control, 100)
  await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(/does not start: .* bring back a backup, or move the folder away/)
  renameSync(join(folder, 'postgres', 'PG_VERSION'), join(folder, 'gone'))
  await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(/is not a database or is damaged .* Bring back a backup, or move it away/)
  expect(readFileSync(control)).toHaveLength(100)
})

test('a database of another PostgreSQL is not touched', async () => {
  await stop(await start())
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n')
  await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(/was made by PostgreSQL 17; this is 18. It was not touched/)
})

test('what a killed first start left half made is made anew', async () => {
  mkdirSync(join(folder, 'postgres.new', 'base'), { recursive: true })
  writeFileSync(join(folder, 'postgres.new', 'base', '1'), 'half')
  expect(await ask(await start(), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a folder that cannot be written is said so', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(startEmbeddedPostgres({ dataFolder: join(folder, 'file', 'data') })).rejects.toThrow(/cannot be written \(ENOTDIR\).*name another folder/)
})

test('a database from a newer version is refused untouched', async () => {
  const database = await openDatabase({ dataFolder: folder })
  await database.pool.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 99999999999999)")
  await database.close()
  await expect(openDatabase({ dataFolder: folder })).rejects.toThrow(/was written by a newer Ringside. It was not touched/)
})

test('a DATABASE_URL that leads nowhere is said so', async () => {
  await expect(openDatabase({ dataFolder: folder, databaseUrl: 'postgresql://x:y@127.0.0.1:9/none' })).rejects.toThrow(/DATABASE_URL names cannot be used .* Check its address/)
})
