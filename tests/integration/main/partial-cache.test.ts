import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReadable } from '../../../db/open.ts'
import { monthsBefore } from '../../../domain/kept-history.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { CACHE_SCHEMA, PROTOCOL_VERSION } from '../../../protocol/version.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const HISTORY_MONTHS = 6
const now = Date.now()
const longAgo = monthsBefore(now, 30)
const lately = monthsBefore(now, 1)

const customer = { ...entityExamples.customer(), kind: 'person' as const, organisationId: null, ownerUserId: null }
const someone = (number: string) => ({
  ...entityExamples.customer(),
  kind: 'person' as const,
  organisationId: null,
  ownerUserId: null,
  number,
})
const others = [someone('K-2'), someone('K-3')]
const phone = { ...entityExamples.contactPoint(), customerId: customer.id }
const order = (customerId: CustomerId, number: string, placedAt: number, status: 'delivered' | 'shipped') => ({
  ...entityExamples.order(),
  customerId,
  number,
  placedAt,
  status,
})
const complaint = { ...entityExamples.complaint(), customerId: customer.id, openedAt: longAgo, closedAt: null }
const oldNote = {
  ...entityExamples.interaction(),
  customerId: customer.id,
  startedAt: longAgo,
  note: 'said thirty months ago',
}

let server: TestServer
let desk: TestWorkstation

beforeAll(async () => {
  server = await startTestServer({ historyMonths: HISTORY_MONTHS })
  const { pool } = server.database
  await addUser(pool, 'anna', { extension: '201' })
  await bulkLoad(pool, 'customer', [customer, ...others])
  await bulkLoad(pool, 'contactPoint', [phone])
  await bulkLoad(pool, 'order', [
    order(customer.id, 'O-OLD', longAgo, 'delivered'),
    order(customer.id, 'O-OPEN', longAgo, 'shipped'),
    order(customer.id, 'O-NEW', lately, 'delivered'),
    order(others[0]!.id, 'O-2', longAgo, 'delivered'),
    order(others[1]!.id, 'O-3', longAgo, 'delivered'),
  ])
  await bulkLoad(pool, 'complaint', [complaint])
  await bulkLoad(pool, 'interaction', [oldNote])
  await finishBulkLoad(pool)
  desk = await startTestWorkstation(server.url)
  await desk.act('session.signIn', { login: 'anna', password: PASSWORD })
  // A search reads no record, so the older history of nobody is fetched yet.
  await desk.seen('customer.search', { text: 'K-3', limit: 1 }, (hits) => hits.length === 1)
})

afterAll(async () => {
  await desk?.remove()
  await server?.remove()
})

describe('a workstation that keeps the last months only', () => {
  it('pops at once with everything recent or unfinished, and once more with everything', async () => {
    await desk.core.takeLink({ ok: true, value: { kind: 'call', number: '138 0013 8000' } })
    const pop = await desk.event('pop', (shown) => shown.record !== null)
    expect(pop.record?.orders.map((row) => row.order.number).toSorted()).toEqual(['O-NEW', 'O-OPEN'])
    expect(pop.record?.complaints.map((row) => row.id)).toEqual([complaint.id])
    expect(pop.record?.timeline.entries.some((entry) => entry.kind === 'interaction')).toBe(false)
    expect(pop.record?.historyFrom).toBeGreaterThan(longAgo)
    const whole = await desk.seen(
      'customer.record',
      { customerId: customer.id },
      (record) => record?.historyFrom === null,
    )
    expect(whole?.orders.map((row) => row.order.number).toSorted()).toEqual(['O-NEW', 'O-OLD', 'O-OPEN'])
    expect(
      whole?.timeline.entries.some((entry) => entry.kind === 'interaction' && entry.row.note === oldNote.note),
    ).toBe(true)
  })

  it('says from which date on its history is complete if the server is not reached, and fetches the rest when it is reached again', async () => {
    await server.stop()
    await desk.seen('sync.state', {}, (state) => state.link !== 'online')
    const offline = await desk.seen('customer.record', { customerId: others[0]!.id }, (record) => record !== null)
    expect([offline?.historyFrom !== null, offline?.orders.length]).toEqual([true, 0])
    // The record that was fetched before stays complete.
    expect(
      (await desk.seen('customer.record', { customerId: customer.id }, (record) => record !== null))?.historyFrom,
    ).toBeNull()
    const { folder } = desk
    await desk.stop()
    await server.restart()
    desk = await startTestWorkstation(server.url, { folder })
    const back = await desk.seen(
      'customer.record',
      { customerId: others[0]!.id },
      (record) => record?.historyFrom === null,
    )
    expect(back?.orders.map((row) => row.order.number)).toEqual(['O-2'])
  })

  it('gets all history if it does not ask for the recent part', async () => {
    const signedIn = (await (
      await fetch(`${server.url}/api/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          login: 'anna',
          password: PASSWORD,
          device: { deviceId: crypto.randomUUID(), deviceToken: null, label: 'old' },
          protocolVersion: PROTOCOL_VERSION,
        }),
      })
    ).json()) as { value: { sessionToken: string } }
    const headers = { authorization: `Bearer ${signedIn.value.sessionToken}` }
    const ordersIn = async (query: string): Promise<string[]> => {
      let response = await fetch(`${server.url}/api/snapshot${query}`, { headers })
      for (let tries = 0; response.status === 503 && tries < 100; tries += 1) {
        await new Promise((resolve) => {
          setTimeout(resolve, 100)
        })
        response = await fetch(`${server.url}/api/snapshot${query}`, { headers })
      }
      const {
        value: { id, key },
      } = (await response.json()) as { value: { id: string; key: string } }
      const path = join(tempFolder(), 'snapshot.db')
      writeFileSync(
        path,
        Buffer.from(await (await fetch(`${server.url}/api/snapshot/${id}`, { headers })).arrayBuffer()),
      )
      const file = openReadable({ path, keyHex: key, purpose: 'snapshot', schema: CACHE_SCHEMA })
      const numbers = file
        .all<{ number: string }>('SELECT "number" FROM "order" ORDER BY "number"')
        .map(({ number }) => number)
      file.close()
      return numbers
    }
    expect(await ordersIn('')).toEqual(['O-2', 'O-3', 'O-NEW', 'O-OLD', 'O-OPEN'])
    expect(await ordersIn('?history=recent')).toEqual(['O-NEW', 'O-OPEN'])
  })
})
