import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { eraseCustomer } from '../../../server/erasure/erase-customer.ts'
import { listErasures } from '../../../server/erasure/list-erasures.ts'
import { cacheOf } from '../../support/at-rest.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'
import { until } from '../../support/until.ts'
import { connectWorkstation, signInAs } from '../../support/workstation-client.ts'

/** In the order in which they lie in the file: the tests use customers on pages that nothing has read yet. */
const ids = Array.from({ length: 3000 }, () => crypto.randomUUID()).toSorted()
const customers = ids.map((id, n) => ({
  ...entityExamples.customer(),
  id: id as never,
  number: `N-${n}`,
  organisationId: null,
  ownerUserId: null,
}))

let server: TestServer
let desk: TestWorkstation

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'anna')
  await addUser(server.database.pool, 'ben')
  await bulkLoad(server.database.pool, 'customer', customers)
  await finishBulkLoad(server.database.pool)
  desk = await startTestWorkstation(server.url)
  await desk.act('session.signIn', { login: 'anna', password: PASSWORD })
  await desk.seen('customer.record', { customerId: customers[0]!.id }, (record) => record !== null)
})
afterAll(async () => {
  await desk?.remove()
  await server?.remove()
})

const timesSetUp = () => desk.logged.filter((line) => line.includes('cache set up')).length

describe('damage of the cache while it is in use', () => {
  it('that a read of a record meets: another cache comes from the server, and the record with it', async () => {
    const before = timesSetUp()
    scribble()
    await desk.seen('customer.record', { customerId: customers[1500]!.id }, (record) => record !== null)
    await until(() => timesSetUp() > before, 'another cache')
  })

  it('that a change from the server meets: another cache comes, with the change in it', async () => {
    const ben = await connectWorkstation(server.url, await signInAs(server.url, 'ben'))
    const before = timesSetUp()
    scribble()
    await ben.run('customer.change', {
      customerId: customers[2000]!.id,
      was: { city: customers[2000]!.city },
      now: { city: 'Nowhere' },
    })
    ben.close()
    await until(() => timesSetUp() > before, 'another cache')
    await desk.seen(
      'customer.record',
      { customerId: customers[2000]!.id },
      (record) => record?.customer.city === 'Nowhere',
    )
  })

  it('that an entry of the agent meets: the entry is kept, and another cache comes with it', async () => {
    const before = timesSetUp()
    scribble()
    const preference = {
      preferenceId: crypto.randomUUID(),
      customerId: customers[2500]!.id,
      key: 'room',
      value: 'quiet',
      source: 'said' as const,
    }
    expect(await desk.run('preference.set', preference)).toMatchObject({ ok: true })
    await until(() => timesSetUp() > before, 'another cache')
    await desk.seen(
      'customer.record',
      { customerId: preference.customerId },
      (record) => record?.preferences.some(({ value }) => value === 'quiet') === true,
    )
  })

  it('that an erasure meets: no erased customer comes back, and another cache comes', async () => {
    const before = timesSetUp()
    scribble()
    const erased = await eraseCustomer(server.database.pool, {
      customerId: customers[2700]!.id,
      reason: 'asked for',
      by: null,
      now: Date.now(),
    })
    expect(erased).toMatchObject({ ok: true })
    await until(() => timesSetUp() > before, 'another cache', 60_000)
    await vi.waitFor(async () => {
      const [erasure] = await listErasures(server.database.pool)
      // The other device belongs to ben, who is away.
      expect(erasure?.devices.filter(({ confirmedAt }) => confirmedAt !== null).length).toBe(1)
    }, 60_000)
    await desk.seen('customer.record', { customerId: customers[2700]!.id }, (record) => record === null)
    await desk.seen('customer.record', { customerId: customers[2701]!.id }, (record) => record !== null)
  })

  it('that the answer to an entry and the list of unsent entries meet: the entry arrives once, and another cache comes', async () => {
    await desk.seen('sync.state', {}, ({ link, setup }) => link === 'online' && setup === null)
    const before = timesSetUp()
    const preference = {
      preferenceId: crypto.randomUUID(),
      customerId: customers[100]!.id,
      key: 'room',
      value: 'by the lift',
      source: 'said' as const,
    }
    const entered = desk.run('preference.set', preference)
    scribble()
    expect(await entered).toMatchObject({ ok: true })
    await desk.seen('sync.unsent', {}, (unsent) => unsent.length === 0)
    await desk.seen('customer.search', { text: 'N-2999', limit: 5 }, (hits) => hits.length > 0)
    await until(() => timesSetUp() > before, 'another cache')
    await desk.seen(
      'customer.record',
      { customerId: preference.customerId },
      (record) => record?.preferences.filter(({ value }) => value === 'by the lift').length === 1,
    )
  })
})

/** Writes noise over all pages but the first: the file can still be opened as if it were undamaged. */
function scribble(): void {
  const { path } = cacheOf(desk.folder)
  const from = 4096
  const file = openSync(path, 'r+')
  const noise = Buffer.alloc(statSync(path).size - from, 0x5a)
  writeSync(file, noise, 0, noise.length, from)
  closeSync(file)
}
