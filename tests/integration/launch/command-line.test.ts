import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { tempFolder } from '../../support/temp-folder.ts'

/** Runs a command as a person types it, and returns its exit code and all its output. */
function typed(command: string, env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['launch/run.mjs', ...command.split(' ')], {
    env: { ...process.env, DATABASE_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      said += text.toString()
    })
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, said }))
  })
}

it.each<[string, Record<string, string>, RegExp, number]>([
  ['nonsense', {}, /^Usage: npm start/, 2],
  ['start --port 5000', {}, /takes no arguments \(--port 5000\)\. PORT/, 2],
  ['dev --port 5000', {}, /takes no arguments/, 2],
  ['start', { PORT: 'abc' }, /^PORT must be a number/, 1],
  ['dev', { PORT: '0' }, /^PORT must be a number/, 1],
  ['start', { RINGSIDE_DATA: '/dev/null/x' }, /^The data folder .* cannot be used: a file stands in its place/, 1],
  ['dev', { RINGSIDE_DATA: '/dev/null/x' }, /cannot be used/, 1],
  ['ringside', {}, /^npm run ringside -- COMMAND/, 2],
  ['ringside nonsense', {}, /^There is no command "nonsense"\.\n\nnpm run ringside/, 2],
  ['ringside load --nonsense', {}, /^Unknown option '--nonsense'\.\n\nnpm run ringside/, 2],
  ['ringside load --from', {}, /^Option '--from <value>' argument missing\.\n\n/, 2],
  ['ringside load --customers many', {}, /^--customers takes a number/, 1],
  ['ringside load --from /nowhere', {}, /^\/nowhere lacks cdnow-orders\.txt\.gz/, 1],
  ['ringside load', { RINGSIDE_DATA: '/dev/null/x' }, /cannot be used/, 1],
  ['ringside load', { DATABASE_URL: 'nonsense' }, /^DATABASE_URL is no address of a PostgreSQL/, 1],
  [
    'ringside load',
    { DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:9/x' },
    /^The database that DATABASE_URL names cannot be used/,
    1,
  ],
  ['ringside revoke --list', { DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:9/x' }, /cannot be used/, 1],
  ['ringside erase --list', { DATABASE_URL: 'postgresql://::::/x' }, /(cannot be used|no address)/, 1],
  ['ringside restored', { DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:9/x' }, /cannot be used/, 1],
  ['ringside erase', {}, /^Say whom and why/, 1],
  ['ringside revoke', {}, /^Say which/, 1],
  ['ringside status --server nonsense', {}, /--server/, 1],
  ['ringside open', { RINGSIDE_DATA: '/nowhere' }, /^No Ringside runs on this data folder/, 1],
  ['ringside workstation', { PORT: 'abc' }, /^PORT must be a number/, 1],
  ['bench nonsense', {}, /^There is no benchmark nonsense/, 2],
  ['bench --nonsense', {}, /^Unknown option '--nonsense'\.\n\nnpm run bench/, 2],
  ['bench lookup --customers many', {}, /whole numbers above 0/, 2],
  ['bench lookup --json /nowhere/figures.json', {}, /^--json \/nowhere\/figures\.json cannot be written/, 2],
  ['simulate --nonsense', {}, /^Unknown option '--nonsense'\.\n\nUsage: npm run simulate/, 2],
])('npm run %s with %o ends with a sentence', async (command, env, says, code) => {
  const ended = await typed(command, { RINGSIDE_DATA: tempFolder(), ...env })
  expect(ended.said).toMatch(says)
  expect(ended.said).not.toMatch(/^\s+at |ENOENT|EACCES/m)
  expect(ended.code).toBe(code)
})

it('data files that are incomplete end a load with a sentence that names the file', async () => {
  const folder = join(tempFolder(), 'sets')
  mkdirSync(folder)
  for (const name of ['cdnow-orders.txt.gz', 'hotel-bookings.csv.gz', 'bank-calls-1999-02.tsv.gz'])
    writeFileSync(join(folder, name), 'not packed')
  const { said, code } = await typed(`ringside load --from ${folder}`, { RINGSIDE_DATA: tempFolder() })
  expect(said).toMatch(/\.gz is no gzip file\. Get the published file again/)
  expect(said).not.toMatch(/^\s+at /m)
  expect(code).toBe(1)
})

it('a port that is in use is named', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => {
    taken.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    taken.close()
  })
  const { port } = taken.address() as AddressInfo
  const server = spawn(process.execPath, ['server/index.ts'], {
    env: { ...process.env, DATABASE_URL: '', RINGSIDE_DATA: tempFolder(), PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (text: Buffer) => {
      said += text.toString()
    })
  const code = await new Promise((resolve) => {
    server.once('close', resolve)
  })
  expect([code, said.includes(String(port)), /^\s+at /m.test(said)]).toEqual([1, true, false])
})
