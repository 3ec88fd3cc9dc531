import { randomBytes } from 'node:crypto'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CACHE_SCHEMA, PROTOCOL_VERSION } from '../../protocol/version.ts'
import { readRow } from '../../server/db/rows.ts'
import { insertPending } from '../../server/feed/pending.ts'
import { entityExamples } from '../support/entity-examples.ts'
import { addUser } from '../support/people.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { connectWorkstation, envelopeOf, signInAs, type SignedIn } from '../support/workstation-client.ts'
import { until } from '../support/until.ts'

// A user with a valid sign-in who has seen or taken something of others: their tokens or their commands; or who does
// not read from their connection.

let server: TestServer
let ana: SignedIn
let bo: SignedIn
beforeAll(async () => {
  server = await startTestServer()
  for (const login of ['ana', 'bo']) await addUser(server.database.pool, login)
  ana = await signInAs(server.url, 'ana')
  bo = await signInAs(server.url, 'bo')
})
afterAll(() => server.remove())

const task = (more: object = {}) => ({
  taskId: crypto.randomUUID(),
  customerId: null,
  kind: 'callback',
  title: 'x',
  detail: '',
  dueAt: Date.now() + 60_000,
  ownerUserId: null,
  ...more,
})

describe('a token', () => {
  const knock = async (auth: object) => {
    const socket = io(server.url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: { protocolVersion: PROTOCOL_VERSION, cacheSchema: CACHE_SCHEMA, sessionToken: null, ...auth },
    })
    const answer = await new Promise<{ code?: string; identity?: unknown }>((resolve) => {
      socket.once('connect_error', (error: Error & { data?: { code: string } }) =>
        resolve({ code: error.data?.code ?? '' }),
      )
      socket.once('welcome', resolve)
    })
    socket.close()
    return answer
  }

  test('of another device opens nothing, and neither does a user’s own token with another device’s id', async () => {
    for (const auth of [
      { deviceId: ana.deviceId, deviceToken: bo.deviceToken },
      { deviceId: bo.deviceId, deviceToken: ana.deviceToken },
      { deviceId: crypto.randomUUID(), deviceToken: ana.deviceToken },
      { deviceId: ana.deviceId, deviceToken: ana.sessionToken },
    ]) {
      expect(await knock(auth)).toEqual({ code: 'NOT_SIGNED_IN' })
    }
  })

  test('of a session that was opened at another device counts for nobody here: the workstation may send its journal but gets no data', async () => {
    const desk = await connectWorkstation(server.url, { ...ana, sessionToken: bo.sessionToken })
    expect(desk.welcome.identity).toBeNull()
    for (const [name, args] of [
      ['pull', { epoch: desk.welcome.epoch, after: 0, limit: 10 }],
      ['lookup', { callId: null, e164: '+8613800138000', nationalKey: null }],
      ['setAgentState', { state: 'READY', reason: null }],
    ] as const) {
      expect([name, await desk.ask(name, args as never)]).toMatchObject([
        name,
        { ok: false, error: { code: 'NOT_SIGNED_IN' } },
      ])
    }
    desk.close()
  })
})

describe('a command', () => {
  test('that was overheard does nothing when another user sends it, and nothing twice when its own user does', async () => {
    const [hers, his] = [await connectWorkstation(server.url, ana), await connectWorkstation(server.url, bo)]
    const overheard = envelopeOf(1, ana, 'task.add', task())
    const stolen = await his.ask('commands', { incarnation: crypto.randomUUID(), commands: [overheard] })
    expect(stolen).toMatchObject({
      ok: true,
      value: { outcomes: [{ outcome: { kind: 'parked', error: { code: 'SEAL_BROKEN' } } }] },
    })
    const { taskId } = overheard.args as { taskId: string }
    expect(await readRow(server.database.pool, 'task', taskId)).toBeNull()

    const own = envelopeOf(1, ana, 'task.add', task())
    const incarnation = crypto.randomUUID()
    const first = await hers.ask('commands', { incarnation, commands: [own] })
    for (const under of [incarnation, incarnation, crypto.randomUUID()])
      expect(await hers.ask('commands', { incarnation: under, commands: [own] })).toEqual(first)
    expect(await readRow(server.database.pool, 'task', (own.args as { taskId: string }).taskId)).toMatchObject({
      version: 1,
    })
    hers.close()
    his.close()
  })

  test('in the name of another user, or of no user, is not run: it waits for a person', async () => {
    const his = await connectWorkstation(server.url, bo)
    for (const userId of [ana.identity.userId, crypto.randomUUID() as typeof ana.identity.userId]) {
      const reply = await his.ask('commands', {
        incarnation: crypto.randomUUID(),
        commands: [envelopeOf(1, { ...bo, identity: { ...bo.identity, userId } }, 'task.add', task())],
      })
      expect(reply).toMatchObject({
        ok: true,
        value: { outcomes: [{ outcome: { kind: 'parked', error: { code: 'SEAL_BROKEN' } } }] },
      })
    }
    his.close()
  })

  test('with keys that reach for the prototype changes no object here', async () => {
    const his = await connectWorkstation(server.url, bo)
    const evil = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as object
    for (const [name, args] of [
      ['task.add', { ...task(), ...evil }],
      ['customer.change', { customerId: crypto.randomUUID(), was: evil, now: evil }],
      ['__proto__', evil],
      ['constructor', evil],
      ['task.add', Object.assign(JSON.parse('{"__proto__":{"scope":"finance"}}') as object, task())],
    ] as const) {
      const reply = await his.ask('commands', {
        incarnation: crypto.randomUUID(),
        commands: [envelopeOf(1, bo, name, args)],
      })
      expect([name, reply]).toMatchObject([name, { ok: true, value: { outcomes: [{ outcome: { kind: 'refused' } }] } }])
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    his.close()
  })

  test.each([100, 2000, 4000, 8000, 20_000, 100_000])(
    'nested %i deep ends in one answer, and the next command still runs',
    async (depth) => {
      // The test writes this frame itself, because the ordinary client cannot.
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
      const heard: string[] = []
      socket.addEventListener('message', (event) => {
        heard.push(String(event.data))
      })
      await new Promise((resolve) => {
        socket.addEventListener('open', resolve)
      })
      socket.send(
        `40${JSON.stringify({ deviceId: bo.deviceId, deviceToken: bo.deviceToken, sessionToken: bo.sessionToken, protocolVersion: PROTOCOL_VERSION, cacheSchema: CACHE_SCHEMA })}`,
      )
      await until(() => heard.some((frame) => frame.includes('"welcome"')), 'the welcome')
      const before = server.logged.length
      const incarnation = crypto.randomUUID()
      const batch = JSON.stringify({ incarnation, commands: [envelopeOf(1, bo, 'task.add', 'DEEP')] }).replace(
        '"DEEP"',
        `${'['.repeat(depth)}${']'.repeat(depth)}`,
      )
      socket.send(`427["commands",${batch}]`)
      const answer = await until(() => heard.find((frame) => frame.startsWith('437')), 'an answer')
      expect(answer).toContain('"code":"BAD_ARGUMENT"')
      // Other work continues and logs lines (for example that a snapshot is ready), but there may be no warning and no
      // error.
      expect(server.logged.slice(before).filter((line) => !line.includes('"level":"info"'))).toEqual([])
      socket.send(
        `428["commands",${JSON.stringify({ incarnation: crypto.randomUUID(), commands: [envelopeOf(1, bo, 'task.add', task())] })}]`,
      )
      expect(await until(() => heard.find((frame) => frame.startsWith('438')), 'the next answer')).toContain(
        '"kind":"applied"',
      )
      socket.close()
    },
  )
})

test('a client that gets much and reads nothing is disconnected before the server holds all of it', async () => {
  const his = await connectWorkstation(server.url, bo)
  ;(his.socket.io.engine.transport as unknown as { ws: { pause(): void } }).ws.pause()
  for (let batch = 0; batch < 8; batch += 1) {
    const rows = Array.from({ length: 200 }, () => ({
      ...entityExamples.interaction(),
      note: randomBytes(15_000).toString('base64'),
    }))
    await insertPending(
      server.database.pool,
      rows.map((row) => ({
        entity: 'interaction' as const,
        id: row.id,
        version: 1,
        scope: 'org',
        leftScope: null,
        row,
      })),
    )
  }
  await until(() => server.logged.some((line) => line.includes('does not read')), 'that it is let go of')
  his.close()
  // All others are served as before.
  const hers = await connectWorkstation(server.url, ana)
  expect((await hers.ask('pull', { epoch: hers.welcome.epoch, after: 0, limit: 10 })).ok).toBe(true)
  hers.close()
})
