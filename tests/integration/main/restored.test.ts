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

test('a database that lost acknowledged commands, and says so, gets them again from the workstation that made them, once', async () => {
  const { pool } = server.database
  await desk.act('session.signIn', { login: 'ana', password: PASSWORD })
  await desk.seen('sync.state', {}, (state) => state.link === 'online' && state.setup === null)
  const ids = ['one', 'two', 'three'].map((value) => ({ value, preferenceId: crypto.randomUUID() }))
  for (const { value, preferenceId } of ids)
    await desk.run('preference.set', { preferenceId, customerId: customer.id, key: value, value, source: 'said' })
  await desk.seen('sync.state', {}, (state) => state.unsent === 0 && state.behind === 0)

  // The backup is older than the last two commands.
  await pool.query("delete from preference where key <> 'one'")
  await pool.query("delete from command_result where args->>'key' <> 'one'")
  await pool.query('update device_incarnation set next_seq = 2')
  await beginEpoch(pool, crypto.randomUUID())

  const kept = async () =>
    (await pool.query<{ key: string; version: number }>('select key, version from preference order by key')).rows
  for (let count = 0; (await kept()).length < 3 && count < 300; count += 1)
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  expect(await kept()).toEqual([
    { key: 'one', version: 1 },
    { key: 'three', version: 1 },
    { key: 'two', version: 1 },
  ])
  await desk.seen('sync.state', {}, (state) => state.link === 'online' && state.unsent === 0 && state.setup === null)
  await desk.seen('customer.record', { customerId: customer.id }, (record) => record?.preferences.length === 3)
})

test('a database from before a sign-in keeps that sign-in’s commands with their text, and runs them when the user signs in again', async () => {
  const { pool } = server.database
  const preferenceId = crypto.randomUUID()
  await desk.run('preference.set', {
    preferenceId,
    customerId: customer.id,
    key: 'four',
    value: 'four',
    source: 'said',
  })
  await desk.seen('sync.state', {}, (state) => state.unsent === 0 && state.behind === 0)

  await pool.query("delete from preference where key = 'four'")
  await pool.query("delete from command_result where args->>'key' = 'four'")
  await pool.query('delete from session')
  await beginEpoch(pool, crypto.randomUUID())
  const parked = await desk.seen('sync.unsent', {}, (items) => items.some(({ state }) => state === 'parked'))
  expect(parked).toMatchObject([
    { args: { key: 'four', value: 'four' }, outcome: { kind: 'parked', error: { code: 'SEAL_UNKNOWN' } } },
  ])
  // The word of the workstation alone does not prove who made the command.
  expect((await pool.query("select 1 from preference where key = 'four'")).rows).toEqual([])

  expect(await desk.act('session.signIn', { login: 'ana', password: PASSWORD })).toMatchObject({ ok: true })
  await desk.seen('sync.unsent', {}, (items) => items.length === 0)
  expect((await pool.query('select version from preference where id = $1', [preferenceId])).rows).toEqual([
    { version: 1 },
  ])
})
