import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trustedProxies } from '../../server/http/trusted-proxies.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { addUser, PASSWORD } from '../support/people.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { signInAs } from '../support/workstation-client.ts'

// The server is behind a TLS proxy on this machine, which says for whom it asks, so every case can have its own
// address.

let server: TestServer
let node2: TestServer
beforeAll(async () => {
  server = await startTestServer()
  node2 = await startTestServer({}, { ...server.database, drop: async () => undefined, close: async () => undefined })
  for (const login of ['ana', 'bo', 'cy', 'dee']) await addUser(server.database.pool, login)
  await addUser(server.database.pool, 'sue', { role: 'supervisor' })
})
afterAll(async () => {
  await node2?.remove()
  await server?.remove()
})

interface Try {
  readonly from: string
  readonly password?: string
  readonly device?: { deviceId: string; deviceToken: string | null }
  readonly at?: TestServer
}
async function signIn(login: string, { from, password = 'wrong', device, at = server }: Try): Promise<number> {
  const { status } = await fetch(`${at.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify({
      login,
      password,
      protocolVersion: PROTOCOL_VERSION,
      device: { deviceId: crypto.randomUUID(), deviceToken: null, ...device, label: 'test' },
    }),
  })
  return status
}
const operator = async (login: string, { from, password = 'wrong' }: Try): Promise<number> =>
  (
    await fetch(`${server.url}/operator/sign-in`, {
      method: 'POST',
      headers: { 'x-forwarded-for': from },
      body: new URLSearchParams({ login, password }),
      redirect: 'manual',
    })
  ).status

describe('a person who tries to sign in', () => {
  test('with one name after another from one address has to wait, whether the tries come one by one or all at once, at every node', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 40; n += 1) statuses.push(await signIn(`name-${n}`, { from: '203.0.113.1' }))
    expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401))
    expect(statuses.slice(20)).toEqual(Array.from({ length: 20 }, () => 429))
    expect(await signIn('ana', { from: '203.0.113.1', password: PASSWORD, at: node2 })).toBe(429)
    expect(await signIn('ana', { from: '203.0.113.2', password: PASSWORD })).toBe(200)
    const burst = await Promise.all(Array.from({ length: 40 }, (_, n) => signIn(`other-${n}`, { from: '203.0.113.3' })))
    // The server checks two passwords at a time.
    expect(burst.filter((status) => status === 401).length).toBeLessThanOrEqual(21)
  })

  test('behind the same proxy as somebody who guesses is not locked out by the guesses', async () => {
    for (let n = 0; n < 6; n += 1) await signIn('bo', { from: '203.0.113.10' })
    expect(await signIn('bo', { from: '203.0.113.10', password: PASSWORD })).toBe(429)
    expect(await signIn('bo', { from: '203.0.113.11', password: PASSWORD })).toBe(200)
  })

  test('at a device where they worked before gets in, whatever strangers try under their name and from their address', async () => {
    const { deviceId, deviceToken } = await signInAs(server.url, 'cy')
    for (let n = 0; n < 6; n += 1) await signIn('cy', { from: '203.0.113.20' })
    for (let n = 0; n < 20; n += 1) await signIn(`stranger-${n}`, { from: '203.0.113.20' })
    expect(await signIn('cy', { from: '203.0.113.20', password: PASSWORD })).toBe(429)
    expect(await signIn('cy', { from: '203.0.113.20', password: PASSWORD, device: { deviceId, deviceToken } })).toBe(
      200,
    )
    // Neither the device's id alone nor another device's token gets them in, and neither does another name at this
    // device.
    for (const device of [
      { deviceId, deviceToken: null },
      { deviceId, deviceToken: 'x'.repeat(43) },
    ])
      expect(await signIn('cy', { from: '203.0.113.20', password: PASSWORD, device })).toBe(429)
    expect(await signIn('dee', { from: '203.0.113.20', password: PASSWORD, device: { deviceId, deviceToken } })).toBe(
      429,
    )
  })

  test('at that device has five free tries there too', async () => {
    const { deviceId, deviceToken } = await signInAs(server.url, 'dee')
    const device = { deviceId, deviceToken }
    for (let n = 0; n < 5; n += 1) expect(await signIn('dee', { from: '203.0.113.30', device })).toBe(401)
    expect(await signIn('dee', { from: '203.0.113.30', device, password: PASSWORD })).toBe(429)
    expect(await signIn('dee', { from: '203.0.113.30', password: PASSWORD })).toBe(200)
  })

  test('on the operator page is counted together with all other tries', async () => {
    for (let n = 0; n < 5; n += 1) expect(await operator('sue', { from: '203.0.113.40' })).toBe(401)
    expect(await operator('sue', { from: '203.0.113.40', password: PASSWORD })).toBe(429)
    expect(await signIn('sue', { from: '203.0.113.40', password: PASSWORD })).toBe(429)
    expect(await operator('sue', { from: '203.0.113.41', password: PASSWORD })).toBe(303)
  })
})

test('an address that a stranger writes into the header themselves is not believed', async () => {
  const bare = await startTestServer({ isTrusted: trustedProxies('none') })
  await addUser(bare.database.pool, 'ana')
  for (let n = 0; n < 5; n += 1) await signIn('ana', { from: `203.0.113.${n}`, at: bare })
  expect(await signIn('ana', { from: '203.0.113.99', password: PASSWORD, at: bare })).toBe(429)
  await bare.remove()
})
