import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trustedProxies } from '../../server/http/trusted-proxies.ts'
import { addUser, PASSWORD } from '../support/people.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { connectWorkstation, signInAs } from '../support/workstation-client.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ metricsPort: 0 })
  await addUser(server.database.pool, 'ana')
  await addUser(server.database.pool, 'sue', { role: 'supervisor' })
})
afterAll(() => server?.remove())

const places = [
  '/api/health',
  '/api/agents',
  '/api/snapshot',
  '/api/snapshot/none',
  '/no/such/place',
  '/operator',
  '/operator/page.css',
  '/operator/status.json',
  '/%',
]

describe('every answer', () => {
  test.each(places)('of %s lets no browser guess its type, frame it or keep it', async (path) => {
    const { headers } = await fetch(server.url + path)
    expect(
      Object.fromEntries(
        ['x-content-type-options', 'x-frame-options', 'cache-control'].map((name) => [name, headers.get(name)]),
      ),
    ).toEqual({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'cache-control': 'no-store' })
    expect(headers.get('referrer-policy')).toMatch(/^(no-referrer|same-origin)$/)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  test('of a refused sign-in and of the metrics does the same', async () => {
    const refused = await fetch(`${server.url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    const metrics = await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)
    expect([refused, metrics].map(({ headers }) => headers.get('x-content-type-options'))).toEqual([
      'nosniff',
      'nosniff',
    ])
  })

  test('tells browsers to use only TLS if a trusted proxy says that this request came over TLS', async () => {
    const hsts = async (url: string, headers: Record<string, string>) =>
      (await fetch(`${url}/operator`, { headers })).headers.get('strict-transport-security')
    expect(await hsts(server.url, { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' })).toMatch(
      /^max-age=\d{8}/,
    )
    expect(await hsts(server.url, { 'x-forwarded-proto': 'http' })).toBeNull()
    expect(await hsts(server.url, {})).toBeNull()
    const bare = await startTestServer({ isTrusted: trustedProxies('none') })
    expect(await hsts(bare.url, { 'x-forwarded-proto': 'https' })).toBeNull()
    await bare.remove()
  })
})

describe('the two kinds of sign-in', () => {
  test('do not open each other: the cookie is no token of the API, and a workstation’s token is no cookie', async () => {
    const form = await fetch(`${server.url}/operator/sign-in`, {
      method: 'POST',
      body: new URLSearchParams({ login: 'sue', password: PASSWORD }),
      redirect: 'manual',
    })
    const cookie = form.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const token = cookie.split('=')[1] ?? ''
    expect((await fetch(`${server.url}/operator`, { headers: { cookie } })).status).toBe(200)
    for (const path of ['/api/agents', '/api/snapshot'])
      expect((await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
    const desk = await signInAs(server.url, 'sue')
    const socket = await connectWorkstation(server.url, { ...desk, sessionToken: token })
    expect(socket.welcome.identity).toBeNull()
    socket.close()
    expect(
      (await fetch(`${server.url}/api/agents`, { headers: { authorization: `Bearer ${desk.sessionToken}` } })).status,
    ).toBe(200)
    expect(
      (await fetch(`${server.url}/operator`, { headers: { cookie: `ringside_operator=${desk.sessionToken}` } })).status,
    ).toBe(401)
    // Signing out of one does not end the other.
    await fetch(`${server.url}/api/sign-out`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
    expect((await fetch(`${server.url}/operator`, { headers: { cookie } })).status).toBe(200)
  })
})

describe('a connection over which nothing useful comes', () => {
  const ended = (socket: Socket) =>
    new Promise<void>((resolve) => {
      socket
        .once('close', () => {
          resolve()
        })
        .on('error', () => undefined)
        .resume()
    })
  const drip = (socket: Socket, text: string) => {
    const letters = setInterval(() => {
      if (socket.writable) socket.write(text)
    }, 500)
    socket.once('close', () => {
      clearInterval(letters)
    })
  }
  const open = () => connect(server.port, '127.0.0.1')
  const kinds: [string, (socket: Socket) => void][] = [
    ['says nothing', () => undefined],
    [
      'gives its headers a letter at a time',
      (socket) => {
        socket.write('GET /api/health HTTP/1.1\r\nHost: x\r\nX-A: ')
        drip(socket, 'a')
      },
    ],
    [
      'gives its body a letter at a time',
      (socket) => {
        socket.write(
          'POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n',
        )
        drip(socket, ' ')
      },
    ],
    [
      'asks once and stays',
      (socket) => {
        socket.write('GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n')
      },
    ],
    [
      'asks for a socket and says nothing on it',
      (socket) => {
        socket.write(
          'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
        )
      },
    ],
    [
      'ends its half and waits',
      (socket) => {
        socket.end()
      },
    ],
  ]

  test('is closed, whatever the client does', async () => {
    const over = await Promise.all(
      kinds.map(async ([kind, begin]) => {
        const socket = open()
        socket.once('connect', () => {
          begin(socket)
        })
        await ended(socket)
        return kind
      }),
    )
    expect(over).toEqual(kinds.map(([kind]) => kind))
  }, 90_000)
})
