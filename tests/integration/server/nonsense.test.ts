import { connect } from 'node:net'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../../protocol/version.ts'
import { resultOf } from '../../../protocol/errors.ts'
import { MAX_BATCH_BYTES, requests, type RequestName } from '../../../protocol/wire.ts'
import { z } from 'zod'
import { addUser } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { connectWorkstation, envelopeOf, signInAs, type SignedIn } from '../../support/workstation-client.ts'

let server: TestServer
let who: SignedIn
beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana')
  who = await signInAs(server.url, 'ana')
})
afterAll(() => server.remove())

const Answer = resultOf(z.unknown())
const nonsense = [
  undefined,
  null,
  0,
  -1,
  Number.MAX_VALUE,
  '',
  'x'.repeat(10_000),
  [],
  [[]],
  {},
  { __proto__: null },
  { incarnation: 1, commands: 'x' },
  { epoch: '\0', after: -1, limit: 1e9 },
  { callId: null, e164: '\0', nationalKey: '\0' },
  { callId: null, e164: null, nationalKey: '\0' },
  { action: 'answer', callId: 'x'.repeat(1000) },
  { action: 'constructor' },
  { state: 'READY', reason: 'x' },
]

test('nonsense in a request gets a refusal and the next request is answered', async () => {
  for (const name of Object.keys(requests) as RequestName[]) {
    const desk = await connectWorkstation(server.url, who)
    for (const args of nonsense) {
      const answer = Answer.parse(await desk.ask(name, args as never))
      expect(answer.ok ? 'answered' : answer.error.code).not.toBe('INTERNAL')
    }
    expect(await desk.ask('pull', { epoch: desk.welcome.epoch, after: 0, limit: 1 })).toMatchObject({ ok: true })
    desk.close()
  }
})

test('requests that do not exist are refused, and a client that keeps sending them is disconnected', async () => {
  const desk = await connectWorkstation(server.url, who)
  const gone = new Promise((resolve) => {
    desk.socket.once('disconnect', resolve)
  })
  expect(await desk.ask('toString' as never, {} as never)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_NAME' } })
  for (let count = 0; count < 60; count += 1) desk.socket.emit('pull', 'without an acknowledgement')
  await gone
})

test('a handshake of nonsense is refused with a reason', async () => {
  for (const auth of [
    {},
    { deviceId: 'x' },
    {
      deviceId: crypto.randomUUID(),
      deviceToken: '\0',
      sessionToken: null,
      protocolVersion: PROTOCOL_VERSION,
      cacheSchema: 1,
    },
    { deviceToken: { a: 1 } },
  ]) {
    const socket = io(server.url, { transports: ['websocket'], reconnection: false, forceNew: true, auth })
    const error = await new Promise<Error & { data?: { code: string } }>((resolve) => {
      socket.once('connect_error', resolve)
    })
    socket.close()
    expect(['BAD_ARGUMENT', 'NOT_SIGNED_IN']).toContain(error.data?.code)
  }
})

test('a batch that is too large gets a sentence; one that is far too large ends the connection', async () => {
  const desk = await connectWorkstation(server.url, who)
  const big = (bytes: number) => ({
    incarnation: crypto.randomUUID(),
    commands: [envelopeOf(1, who, 'task.done', { text: 'x'.repeat(bytes) })],
  })
  expect(await desk.ask('commands', big(MAX_BATCH_BYTES))).toMatchObject({ ok: false, error: { code: 'TOO_LARGE' } })
  const gone = new Promise((resolve) => {
    desk.socket.once('disconnect', resolve)
  })
  desk.socket.emit('commands', big(4 * MAX_BATCH_BYTES), () => undefined)
  await gone
})

test('long polling is not offered', async () => {
  expect((await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`)).status).toBe(400)
})

test('nonsense over HTTP gets a refusal, never a crash and never a stack', async () => {
  const tries: [string, RequestInit][] = [
    ['/api/sign-in', { method: 'POST', body: 'x' }],
    ['/api/sign-in', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }],
    ['/api/sign-in', { method: 'POST', body: 'null', headers: { 'content-type': 'application/json' } }],
    [
      '/api/sign-in',
      {
        method: 'POST',
        body: JSON.stringify({
          login: 'a\0b',
          password: 'x',
          protocolVersion: PROTOCOL_VERSION,
          device: { deviceId: crypto.randomUUID(), deviceToken: null, label: '\0' },
        }),
        headers: { 'content-type': 'application/json' },
      },
    ],
    [
      '/api/sign-in',
      { method: 'POST', body: JSON.stringify('x'.repeat(100_000)), headers: { 'content-type': 'application/json' } },
    ],
    ['/api/sign-in', { method: 'GET' }],
    ['/api/snapshot', {}],
    ['/api/snapshot', { headers: { authorization: 'Bearer ../../etc/passwd' } }],
    ['/api/snapshot/..%2f..%2fetc%2fpasswd', { headers: { authorization: `Bearer ${who.sessionToken}` } }],
    ['/%00', {}],
    ['/nothing', {}],
  ]
  for (const [path, init] of tries) {
    const response = await fetch(`${server.url}${path}`, init)
    expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true])
    expect(Answer.parse(await response.json())).toMatchObject({ ok: false })
  }
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
})

test('random bytes on the port do not stop the server', async () => {
  for (const bytes of [
    '\0\0\0\0',
    'GET / HTTP/9.9\r\n\r\n',
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    'x'.repeat(100_000),
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.end(bytes)
      })
      socket.on('error', () => {
        resolve()
      })
      socket.on('close', () => {
        resolve()
      })
      socket.on('data', () => undefined)
    })
  }
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
})
