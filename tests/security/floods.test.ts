import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CACHE_SCHEMA, PROTOCOL_VERSION } from '../../protocol/version.ts'
import { createTurns } from '../../server/auth/turns.ts'
import { createHttpServer } from '../../server/http/http-server.ts'
import { createLog } from '../../server/log.ts'
import { addUser } from '../support/people.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import {
  connectWorkstation,
  envelopeOf,
  postSignIn,
  signInAs,
  type SignedIn,
  type WorkstationClient,
} from '../support/workstation-client.ts'
import { until } from '../support/until.ts'

// Somebody on the network who sends a great deal, with or without a sign-in.

let server: TestServer
let who: SignedIn
beforeAll(async () => {
  server = await startTestServer({ metricsPort: 0 })
  for (const login of ['ana', 'bo', 'bo-of-the-floods', 'cy', 'dee']) await addUser(server.database.pool, login)
  who = await signInAs(server.url, 'ana')
})
afterAll(() => server.remove())

describe('passwords', () => {
  test('a burst of guesses gets as many tries as guesses one after the other', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 40 }, (_, guess) => postSignIn(server.url, 'bo', { password: `guess ${guess}` })),
    )
    expect(guesses.filter(({ status }) => status === 401).length).toBe(5)
    expect(guesses.filter(({ status }) => status === 429).length).toBe(35)
  })

  test('a user who signs in at several workstations at once gets in at all of them', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => postSignIn(server.url, 'cy')))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
  })

  test('made-up names neither make the server hash without limit nor fill its disk', async () => {
    await server.database.pool.query("insert into sign_in_attempt (key, failures, last_at) values ('old', 1, 0)")
    const answers = await Promise.all(
      Array.from({ length: 90 }, (_, name) =>
        postSignIn(server.url, `made-up-${name}`, { password: 'x', from: '203.0.113.7' }),
      ),
    )
    expect(answers.filter(({ status }) => status === 503).length).toBeGreaterThan(10)
    expect(
      answers.every(({ status, body }) =>
        status === 503 ? !body.ok && body.error.code === 'CENTER_BUSY' : status === 401 || status === 429,
      ),
    ).toBe(true)
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThan(25)
    expect((await server.database.pool.query("select 1 from sign_in_attempt where key = 'old'")).rows).toEqual([])
  })

  test('one address with many waiting requests delays another address by one turn only', async () => {
    const turns = createTurns({ atOnce: 1, waitingInGroup: 3 })
    const served: string[] = []
    const ask = (group: string, name: string) =>
      turns.run(group, async () => {
        await new Promise(setImmediate)
        served.push(name)
      })
    const all = [ask('a', 'a1'), ask('a', 'a2'), ask('a', 'a3'), ask('a', 'a4')]
    expect(ask('a', 'a5')).toBeNull()
    await Promise.all([...all, ask('b', 'b1')].map(async (one) => one))
    expect(served).toEqual(['a1', 'a2', 'b1', 'a3', 'a4'])
  })

  test('work that fails gives its turn back', async () => {
    const turns = createTurns({ atOnce: 1, waitingInGroup: 3 })
    await expect(turns.run('a', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await turns.run('a', async () => 'next')).toBe('next')
  })
})

describe('connections', () => {
  const open = async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    const heard: string[] = []
    socket.addEventListener('message', (event) => {
      heard.push(String(event.data))
    })
    await new Promise((resolve) => {
      socket.addEventListener('open', resolve)
    })
    return { socket, heard, closed: () => socket.readyState === WebSocket.CLOSED || undefined }
  }
  const handshake = (deviceToken: string) =>
    `40${JSON.stringify({ deviceId: who.deviceId, deviceToken, sessionToken: who.sessionToken, protocolVersion: PROTOCOL_VERSION, cacheSchema: CACHE_SCHEMA })}`

  test('a client that is not let in is told so and disconnected', async () => {
    const { socket, heard, closed } = await open()
    socket.send(handshake('x'.repeat(43)))
    await until(closed, 'the end')
    expect(heard.join()).toContain('NOT_SIGNED_IN')
  })

  test('a client that connects and then sends nothing, not even a close, keeps its connection for ten seconds only', async () => {
    const silent = connect(server.port, '127.0.0.1')
    let closed = false
    silent.on('close', () => {
      closed = true
    })
    silent.on('data', () => undefined)
    silent.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    )
    await until(() => closed, 'the end of it', 16_000)
  })

  test('one connection makes one handshake, however many the client sends', async () => {
    const strangers = await open()
    for (let count = 0; count < 5000; count += 1) strangers.socket.send(handshake('x'.repeat(43)))
    await until(strangers.closed, 'the end')
    expect(strangers.heard.filter((frame) => frame.startsWith('44')).length).toBeLessThanOrEqual(1)
    const insider = await open()
    for (let count = 0; count < 200; count += 1) insider.socket.send(handshake(who.deviceToken))
    await until(insider.closed, 'the end')
    expect(insider.heard.filter((frame) => frame.includes('"welcome"')).length).toBeLessThanOrEqual(1)
    const desk = await connectWorkstation(server.url, who)
    expect(desk.welcome.identity?.login).toBe('ana')
    desk.close()
  })
})

describe('requests', () => {
  const health = `GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`
  const raw = (bytes: string, port = server.port) => {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    let closed = false
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      closed = true
    })
    socket.write(bytes)
    return { socket, answers: () => heard.match(/HTTP\/1\.1 \d+/g) ?? [], closed: () => closed || undefined }
  }

  test('over one connection are served one after the other: a client that sends thousands before the first answer is disconnected', async () => {
    const many = raw(health.repeat(5000))
    await until(many.closed, 'the end of it')
    expect(many.answers().length).toBeLessThanOrEqual(1)
    const patient = raw(health)
    await until(() => patient.answers().length === 1, 'an answer')
    patient.socket.write(health)
    await until(() => patient.answers().length === 2, 'another over the same connection')
    patient.socket.destroy()
  })

  test('for metrics are also served one after the other, over no more connections than a few readers of metrics need', async () => {
    const port = server.metricsPort ?? 0
    const metrics = 'GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
    const many = raw(metrics.repeat(5000), port)
    await until(many.closed, 'the end of it')
    expect(many.answers().length).toBeLessThanOrEqual(1)
    const idle = Array.from({ length: 80 }, () => raw('GET', port))
    await until(() => idle.filter((one) => one.closed()).length >= 16, 'that some are not let in')
    for (const { socket } of idle) socket.destroy()
    await until(() => idle.every((one) => one.closed()), 'their end')
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200)
  })

  test('of a crowd are turned away before each of them waits for the database', async () => {
    // No connection of the pool is free, as when the database is slow.
    const { pool } = server.database
    const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))
    const crowd = Array.from({ length: 300 }, () => raw(health))
    await until(
      () => crowd.filter((one) => one.answers().join().includes('503')).length > 100,
      'that some are turned away',
    )
    expect(pool.waitingCount).toBeLessThanOrEqual(160)
    for (const client of held) client.release()
    await until(() => crowd.every((one) => one.answers().length === 1), 'an answer to each')
    for (const { socket } of crowd) socket.destroy()
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
  })
})

describe('an agent with a program of their own', () => {
  test('has no more connections than a workstation needs, however many they open', async () => {
    const desks: WorkstationClient[] = []
    for (let count = 0; count < 12; count += 1) desks.push(await connectWorkstation(server.url, who))
    await until(() => desks.filter(({ socket }) => socket.disconnected).length === 4, 'that the oldest are let go of')
    expect(desks.slice(4).every(({ socket }) => socket.connected)).toBe(true)

    const other = await connectWorkstation(server.url, await signInAs(server.url, 'bo-of-the-floods'))
    const batch = (by: SignedIn) => {
      const commands = Array.from({ length: 50 }, (_, index) =>
        envelopeOf(index + 1, by, 'task.claim', { taskId: crypto.randomUUID() }),
      )
      return { incarnation: crypto.randomUUID(), commands }
    }
    const flood = desks.slice(4).flatMap((desk) => Array.from({ length: 50 }, () => desk.ask('commands', batch(who))))
    // The other agent does not wait behind these four hundred batches.
    expect(await other.run('task.claim', { taskId: crypto.randomUUID() })).toMatchObject({ expected: 2 })
    const answers = await Promise.all(flood)
    const turnedAway = answers.filter((answer) => !answer.ok && answer.error.code === 'CENTER_BUSY').length
    expect(turnedAway).toBeGreaterThan(300)
    expect(answers.length - turnedAway).toBe(answers.filter(({ ok }) => ok).length)
    for (const desk of [...desks, other]) desk.close()
  })
})

test('a client that sends a request byte by byte is disconnected: the time limit for the headers is shorter than for the whole request', async () => {
  const app = createHttpServer({
    pool: server.database.pool,
    log: createLog(() => undefined, Date.now),
    isTrusted: () => false,
  })
  expect(app.server.headersTimeout).toBeGreaterThan(0)
  expect(app.server.requestTimeout).toBeGreaterThan(app.server.headersTimeout)
  await app.close()
})

test('a user who is deactivated is signed out at once, not at the next regular check', async () => {
  const session = await signInAs(server.url, 'dee')
  const desk = await connectWorkstation(server.url, session)
  const told = new Promise((resolve) => {
    desk.socket.once('signedOut', resolve)
  })
  await server.database.pool.query("update app_user set active = false where login = 'dee'")
  // Any change of a user makes the server check all users at once.
  await addUser(server.database.pool, 'new')
  await told
  expect(await desk.ask('pull', { epoch: desk.welcome.epoch, after: 0, limit: 10 })).toMatchObject({
    ok: false,
    error: { code: 'NOT_SIGNED_IN' },
  })
  desk.close()
}, 10_000)
