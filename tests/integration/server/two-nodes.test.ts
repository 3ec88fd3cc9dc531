import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertRow } from '../../../server/db/rows.ts'
import { createLog } from '../../../server/log.ts'
import { openDatabase, type OpenDatabase } from '../../../server/open-database.ts'
import { startServer, type RunningServer } from '../../../server/start-server.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { connectWorkstation, signInAs } from '../../support/workstation-client.ts'

let first: TestServer
let second: RunningServer
let secondDatabase: OpenDatabase
const folder = mkdtempSync(join(tmpdir(), 'ringside-node-'))
const customer = entityExamples.customer()

beforeAll(async () => {
  first = await startTestServer()
  await addUser(first.database.pool, 'ana')
  await addUser(first.database.pool, 'bo')
  await insertRow(first.database.pool, 'customer', customer)
  secondDatabase = await openDatabase({ dataFolder: folder, databaseUrl: first.database.connectionString })
  second = await startServer({
    database: secondDatabase,
    dataFolder: folder,
    plan: [],
    log: createLog(() => undefined, Date.now),
  })
})
afterAll(async () => {
  await second.stop()
  await secondDatabase.close()
  await first.remove()
  rmSync(folder, { recursive: true, force: true })
})

test('two nodes on one database: commands sent to either reach both, once, in one order without gaps', async () => {
  const [ana, bo] = [
    await connectWorkstation(first.url, await signInAs(first.url, 'ana')),
    await connectWorkstation(second.url, await signInAs(second.url, 'bo')),
  ]
  const work = (desk: typeof ana, name: string) => async () => {
    for (let index = 0; index < 25; index += 1) {
      const reply = await desk.run('preference.set', {
        preferenceId: crypto.randomUUID(),
        customerId: customer.id,
        key: `${name}${index}`,
        value: 'v',
        source: 'said',
      })
      expect(reply.outcomes[0]?.outcome.kind).toBe('applied')
    }
  }
  const head = Math.max(ana.welcome.head, bo.welcome.head)
  await Promise.all([work(ana, 'a')(), work(bo, 'b')()])
  for (const desk of [ana, bo])
    await desk.until(() => ((desk.pages.at(-1)?.upTo ?? 0) >= head + 50 ? true : undefined), 'all fifty')
  const seen = (desk: typeof ana) =>
    desk.pages
      .flatMap((page) => page.changes)
      .filter((change) => change.seq > head)
      .map((change) => `${change.seq} ${change.id} ${change.version}`)
  expect(seen(ana)).toEqual(seen(bo))
  expect(seen(ana)).toHaveLength(50)
  ana.close()
  bo.close()
})

test('a user who signed in at one node may connect to the other', async () => {
  const who = await signInAs(first.url, 'ana')
  const desk = await connectWorkstation(second.url, who)
  expect(desk.welcome.identity?.login).toBe('ana')
  desk.close()
})
