import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { insertRow } from '../../../server/db/rows.ts'
import { openDatabase } from '../../../server/open-database.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { connectWorkstation, envelopeOf, signInAs, type WorkstationClient } from '../../support/workstation-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringside-process-'))
const index = new URL('../../../server/index.ts', import.meta.url).pathname
const customer = entityExamples.customer()
const pidFile = join(folder, 'postgres', 'postmaster.pid')
let children: ChildProcess[] = []

beforeAll(async () => {
  chmodSync(folder, 0o755)
  const database = await openDatabase({ dataFolder: folder })
  await addUser(database.pool, 'ana')
  await insertRow(database.pool, 'customer', customer)
  await database.close()
})
afterEach(async () => {
  for (const child of children) await end(child, 'SIGTERM')
  children = []
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/**
 * Runs the server as a process. `url` resolves when it listens, `ended` resolves to its exit code and all its output.
 */
function run(port = 0) {
  const child = spawn(process.execPath, [index], {
    env: { ...process.env, RINGSIDE_DATA: folder, PORT: String(port), DATABASE_URL: '' },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  children.push(child)
  let said = ''
  const url = new Promise<string>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error(`it ended before it listened: ${said}`))
    })
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString()
      const found = /"url":"([^"]+)"/.exec(said)?.[1]
      if (found) resolve(found)
    })
  })
  url.catch(() => undefined)
  const quiet = new Promise((resolve) => {
    child.stderr?.once('close', resolve)
  })
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once('exit', (code) => {
      void (async () => {
        await quiet
        resolve({ code, said })
      })()
    })
  })
  return { child, url, ended }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => {
    child.once('exit', resolve)
  })
  child.kill(signal)
  await gone
}

test('killed with -9 again and again while commands arrive, it does every command once and in order', async () => {
  const commands: ReturnType<typeof envelopeOf>[] = []
  const incarnation = crypto.randomUUID()
  let server = run()
  const who = await signInAs(await server.url, 'ana')
  for (let seq = 1; seq <= 60; seq += 1) {
    commands.push(
      envelopeOf(seq, who, 'preference.set', {
        preferenceId: crypto.randomUUID(),
        customerId: customer.id,
        key: `k${seq}`,
        value: 'v',
        source: 'said',
      }),
    )
  }
  let desk: WorkstationClient | null = null
  let expected = 1
  let killings = 0
  while (expected <= commands.length) {
    desk ??= await connectWorkstation(await server.url, who)
    const asked = desk
      .ask('commands', { incarnation, commands: commands.slice(expected - 1, expected + 9) })
      .catch(() => null)
    if (killings < 3 && expected > killings * 15) {
      killings += 1
      // This is in the middle of the batch: some commands are committed and not acknowledged.
      await new Promise((resolve) => {
        setTimeout(resolve, 15 + killings * 5)
      })
      await end(server.child, 'SIGKILL')
      desk.close()
      desk = null
      server = run()
      continue
    }
    const reply = await asked
    if (reply?.ok) expected = reply.value.expected
  }
  expect(killings).toBe(3)
  const last = await connectWorkstation(await server.url, who)
  const keysAndVersions = async () => {
    const reply = await last.ask('pull', { epoch: last.welcome.epoch, after: 0, limit: 5000 })
    return reply.ok
      ? reply.value.changes
          .filter(({ entity }) => entity === 'preference')
          .map(({ row, version }) => [row?.['key'], version])
      : []
  }
  // The last change may have no number yet when its command has been acknowledged.
  await expect
    .poll(keysAndVersions, { timeout: 20_000 })
    .toEqual(commands.map((_, position) => [`k${position + 1}`, 1]))
  desk?.close()
  last.close()
}, 120_000)

test('ends with everything it started when it is told to end', async () => {
  const { child, url, ended } = run()
  await url
  expect(existsSync(pidFile)).toBe(true)
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
  expect(existsSync(pidFile)).toBe(false)
})

test('ends with everything it started when its launcher is gone', async () => {
  const { child, url, ended } = run()
  await url
  child.disconnect()
  expect((await ended).code).toBe(0)
  expect(existsSync(pidFile)).toBe(false)
})

test('told to end twice, by Ctrl+C at the terminal and by its launcher, it ends everything once', async () => {
  const { child, url, ended } = run()
  await url
  child.kill('SIGINT')
  child.kill('SIGTERM')
  child.disconnect()
  expect((await ended).code).toBe(0)
  expect(existsSync(pidFile)).toBe(false)
})

test('told to end while its database starts, it leaves nothing behind', async () => {
  const { child, ended } = run()
  await vi.waitFor(
    () => {
      expect(existsSync(pidFile)).toBe(true)
    },
    { timeout: 60_000, interval: 5 },
  )
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
  expect(existsSync(pidFile)).toBe(false)
})

test('ends normally when the terminal closes and nobody reads its output', async () => {
  const { child, url, ended } = run()
  await url
  child.stderr?.destroy()
  child.kill('SIGHUP')
  expect((await ended).code).toBe(0)
  expect(existsSync(pidFile)).toBe(false)
})

test('a port in use is reported in one sentence, and nothing is left running', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { ended } = run(port)
  const { code, said } = await ended
  other.close()
  expect(code).toBe(1)
  expect(said).toContain(`Port ${port} is in use by another program. Stop that one, or choose another with PORT.`)
  expect(existsSync(pidFile)).toBe(false)
})
