import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertPending } from '../../../server/feed/pending.ts'
import { sequencePending } from '../../../server/feed/sequence-pending.ts'
import { postgresFeedStore } from '../../../server/feed/postgres-feed-store.ts'
import { sharePages } from '../../../server/feed/shared-pages.ts'
import { readPlace, type FeedPlace } from '../../../server/feed/read-log.ts'
import { CACHE_SCHEMA, PROTOCOL_VERSION } from '../../../protocol/version.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { startSilentProxy } from '../../support/silent-proxy.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { until } from '../../support/until.ts'
import { createVirtualClock } from '../../support/virtual-clock.ts'
import { connectWorkstation, signInAs, type SignedIn } from '../../support/workstation-client.ts'

let server: TestServer
let ana: SignedIn
let bo: SignedIn
beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana')
  await addUser(server.database.pool, 'bo')
  ana = await signInAs(server.url, 'ana')
  bo = await signInAs(server.url, 'bo')
})
afterAll(() => server.remove())

/** Random text, which packing makes hardly smaller. */
const noise = (bytes: number) => randomBytes(bytes).toString('base64').slice(0, bytes)

/**
 * Leaves this many changes for the feed, and resolves when they have numbers, from this sequencer or from the server's
 * own.
 */
const leaveNotes = async (count: number, bytes: number) => {
  const { pool } = server.database
  const { head } = await readPlace(pool)
  const rows = Array.from({ length: count }, () => ({ ...entityExamples.interaction(), note: noise(bytes) }))
  await insertPending(
    pool,
    rows.map((row) => ({ entity: 'interaction' as const, id: row.id, version: 1, scope: 'org', leftScope: null, row })),
  )
  while ((await readPlace(pool)).head < head + count) await sequencePending(pool, 'full')
  return rows
}

/** The answer to a bare upgrade request. */
const upgrade = (url: string) =>
  new Promise<{ status: number; retryAfter: string | undefined }>((resolve, reject) => {
    const asked = request(`${url}/socket.io/?EIO=4&transport=websocket`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      },
    })
    asked.once('response', (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] })
    })
    asked.once('upgrade', (_response, socket) => {
      socket.destroy()
      resolve({ status: 101, retryAfter: undefined })
    })
    asked.once('error', reject)
    asked.end()
  })

test('a workstation that connects when too many do gets 503 with Retry-After as the answer to the upgrade, before any handshake', async () => {
  const small = await startTestServer({ door: { atOnce: 100, perSecond: 1, together: 3 } })
  try {
    const answers = []
    for (let count = 0; count < 8; count += 1) answers.push(await upgrade(small.url))
    expect(answers.map(({ status }) => status)).toEqual([101, 101, 101, 503, 503, 503, 503, 503])
    expect(answers.slice(3).map(({ retryAfter }) => retryAfter)).toEqual(['1', '2', '3', '4', '5'])
    // All other requests are answered as always.
    expect((await fetch(`${small.url}/api/health`)).status).toBe(200)
  } finally {
    await small.remove()
  }
})

test('a page of the feed that many workstations ask for is read once for each set of scopes, and again when the head has moved', async () => {
  const { pool, connectionString } = server.database
  await leaveNotes(30, 10)
  const store = postgresFeedStore(pool, connectionString, () => undefined)
  let place: FeedPlace = await readPlace(pool)
  const served = { read: 0, shared: 0 }
  const clock = createVirtualClock()
  const pages = sharePages({
    store,
    place: () => place,
    clock,
    onServed: (how) => {
      served[how] += 1
    },
  })
  const all = await Promise.all(Array.from({ length: 40 }, () => pages.page(['org'], 0, 5000)))
  expect(new Set(all).size).toBe(1)
  expect(served).toEqual({ read: 1, shared: 39 })
  // Another set of scopes or another place never gets a page that was read for others.
  expect((await pages.page(['team:x'], 0, 5000)).changes).toEqual([])
  expect(served.read).toBe(2)
  const cut = await pages.page(['org'], 0, 10)
  expect(served.read).toBe(3)

  await leaveNotes(1, 10)
  place = await readPlace(pool)
  const again = await pages.page(['org'], 0, 5000)
  expect(again.changes).toHaveLength((all[0]?.changes.length ?? 0) + 1)
  expect(served.read).toBe(4)
  // A page that ended before the head stays the same for ever.
  expect(await pages.page(['org'], 0, 10)).toBe(cut)
  // After a restore of the database it does not.
  place = { ...place, epoch: 'another' }
  expect(await pages.page(['org'], 0, 10)).not.toBe(cut)
  clock.advance(60_000)
  const before = served.read
  await pages.page(['org'], 0, 10)
  expect(served.read).toBe(before + 1)
})

test('a page that could not be read is read again', async () => {
  let fail = true
  const page = { epoch: 'e', after: 0, upTo: 0, head: 0, changes: [] }
  const pages = sharePages({
    store: {
      page: async () => {
        if (fail) throw new Error('gone')
        return page
      },
    },
    place: () => ({ epoch: 'e', floor: 0, head: 0 }),
    clock: createVirtualClock(),
    onServed: () => undefined,
  })
  await expect(pages.page([], 0, 1)).rejects.toThrow('gone')
  fail = false
  expect(await pages.page([], 0, 1)).toEqual(page)
})

test.each([5, 60])(
  'pages of %i changes that are serialised or packed once reach every workstation whole, pushed and pulled',
  async (count) => {
    const desks = [await connectWorkstation(server.url, ana), await connectWorkstation(server.url, bo)]
    const head = desks[0]?.welcome.head ?? 0
    const rows = await leaveNotes(count, 30)
    for (const desk of desks) {
      await desk.until(() => ((desk.pages.at(-1)?.upTo ?? 0) >= head + count ? true : undefined), 'the rows')
      expect(desk.pages.flatMap((page) => page.changes.map((change) => change.row))).toEqual(rows)
    }
    const pulled = await Promise.all(
      desks.flatMap((desk) =>
        [1, 2, 3].map(() => desk.ask('pull', { epoch: desk.welcome.epoch, after: head, limit: 5000 })),
      ),
    )
    for (const reply of pulled) expect(reply.ok && reply.value.changes.map((change) => change.row)).toEqual(rows)
    for (const desk of desks) desk.close()
  },
)

test('a client that asks for many pages at once and reads none is disconnected before the server holds them for it', async () => {
  const { head } = await readPlace(server.database.pool)
  await leaveNotes(250, 19_000)
  const desk = await connectWorkstation(server.url, bo)
  const { ws } = desk.socket.io.engine.transport as unknown as { ws: { pause(): void } }
  ws.pause()
  for (let count = 0; count < 60; count += 1)
    desk.socket.emit('pull', { epoch: desk.welcome.epoch, after: head, limit: 5000 }, () => undefined)
  await until(() => server.logged.some((line) => line.includes('does not read')), 'that it is let go of', 40_000)
  desk.close()
})

test('the server notices a connection that has gone silent, and closes it', async () => {
  const proxy = await startSilentProxy(server.port)
  const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
  const heard: string[] = []
  socket.addEventListener('message', (event) => {
    heard.push(String(event.data))
  })
  await new Promise((resolve) => {
    socket.addEventListener('open', resolve)
  })
  socket.send(
    `40${JSON.stringify({ deviceId: ana.deviceId, deviceToken: ana.deviceToken, sessionToken: ana.sessionToken, protocolVersion: PROTOCOL_VERSION, cacheSchema: CACHE_SCHEMA })}`,
  )
  await until(() => heard.some((frame) => frame.includes('"welcome"')), 'the welcome')
  const before = server.connections()
  proxy.fallSilent()
  await until(() => server.connections() < before, 'that the center notices', 30_000)
  await proxy.close()
}, 60_000)
