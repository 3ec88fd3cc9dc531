import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertRow } from '../../../server/db/rows.ts'
import { createLog } from '../../../server/log.ts'
import { openDatabase, type OpenDatabase } from '../../../server/open-database.ts'
import { startServer, type RunningServer } from '../../../server/start-server.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { connectWorkstation, envelopeOf, signInAs } from '../../support/workstation-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringside-gone-'))
const customer = entityExamples.customer()
let database: OpenDatabase
let server: RunningServer

beforeAll(async () => {
  chmodSync(folder, 0o755)
  database = await openDatabase({ dataFolder: folder })
  await addUser(database.pool, 'ana')
  await insertRow(database.pool, 'customer', customer)
  server = await startServer({ database, dataFolder: folder, plan: [], log: createLog(() => undefined, Date.now) })
})
afterAll(async () => {
  await server.stop()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the database is killed in the middle of work: it comes back without help, every command is done once and everybody sees it', async () => {
  const who = await signInAs(server.url, 'ana')
  const desk = await connectWorkstation(server.url, who)
  const incarnation = crypto.randomUUID()
  const commands = Array.from({ length: 40 }, (_, index) =>
    envelopeOf(index + 1, who, 'preference.set', {
      preferenceId: crypto.randomUUID(),
      customerId: customer.id,
      key: `k${index}`,
      value: 'v',
      source: 'said',
    }),
  )
  let expected = 1
  let killed = false
  let retried = 0
  while (expected <= commands.length) {
    const reply = await desk.ask('commands', { incarnation, commands: commands.slice(expected - 1, expected + 4) })
    if (!reply.ok) throw new Error(reply.error.code)
    expected = reply.value.expected
    if (reply.value.outcomes.some(({ outcome }) => outcome.kind === 'retryLater')) {
      retried += 1
      await new Promise((resolve) => {
        setTimeout(resolve, 100)
      })
    }
    if (expected > 15 && !killed) {
      killed = true
      process.kill(Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
    }
  }
  expect(retried).toBeGreaterThan(0)
  const last = desk.welcome.head + commands.length
  await desk.until(() => ((desk.pages.at(-1)?.upTo ?? 0) >= last ? true : undefined), 'the last change')
  const seen = desk.pages.flatMap((page) => page.changes)
  expect(seen.map((change) => change.row?.['key'])).toEqual(commands.map((_, index) => `k${index}`))
  expect(new Set(seen.map((change) => change.version))).toEqual(new Set([1]))
  desk.close()
})
