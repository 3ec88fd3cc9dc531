import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginEpoch } from '../../../server/db/begin-epoch.ts'
import { insertRow } from '../../../server/db/rows.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
let server: TestServer
let desk: TestWorkstation

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana')
  await insertRow(server.database.pool, 'customer', customer)
  desk = await startTestWorkstation(server.url)
})
afterAll(async () => {
  await desk.remove()
  await server.remove()
})

test('a database that lost what was acknowledged, and says so, gets it again from who did it, once', async () => {
  const { pool } = server.database
  await desk.act('session.signIn', { login: 'ana', password: PASSWORD })
  await desk.seen('sync.state', {}, (state) => state.link === 'online' && state.setup === null)
  const ids = ['one', 'two', 'three'].map((value) => ({ value, preferenceId: crypto.randomUUID() }))
  for (const { value, preferenceId } of ids) await desk.run('preference.set', { preferenceId, customerId: customer.id, key: value, value, source: 'said' })
  await desk.seen('sync.state', {}, (state) => state.unsent === 0 && state.behind === 0)

  // The backup is from before the last two.
  await pool.query("delete from preference where key <> 'one'")
  await pool.query("delete from command_result where args->>'key' <> 'one'")
  await pool.query('update device_incarnation set next_seq = 2')
  await beginEpoch(pool, crypto.randomUUID())

  const kept = async () => (await pool.query<{ key: string; version: number }>('select key, version from preference order by key')).rows
  for (let count = 0; (await kept()).length < 3 && count < 300; count += 1) await new Promise((resolve) => { setTimeout(resolve, 50) })
  expect(await kept()).toEqual([{ key: 'one', version: 1 }, { key: 'three', version: 1 }, { key: 'two', version: 1 }])
  await desk.seen('sync.state', {}, (state) => state.link === 'online' && state.unsent === 0 && state.setup === null)
  await desk.seen('customer.record', { customerId: customer.id }, (record) => record?.preferences.length === 3)
})
