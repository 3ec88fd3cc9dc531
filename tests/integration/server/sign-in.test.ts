import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../../protocol/version.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { createTestDatabase } from '../../support/test-database.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { connectWorkstation, postSignIn, signInAs } from '../../support/workstation-client.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  for (const login of ['ana', 'bo', 'cy', 'dee']) await addUser(server.database.pool, login)
  await addUser(server.database.pool, 'sue', { role: 'supervisor', team: 'night' })
})
afterAll(() => server.remove())

test('a user who gives the right password is told who they are, what they may have and at which site they are', async () => {
  const { body, status } = await postSignIn(server.url, 'SUE')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    ok: true,
    value: {
      identity: { login: 'sue', role: 'supervisor' },
      site: { name: 'Test', timeZone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' },
    },
  })
  expect(body.ok && body.value.identity.scopes).toEqual([
    'finance',
    'org',
    'team:night',
    `user:${body.ok && body.value.identity.userId}`,
  ])
})

test('a wrong password and an unknown name get the same answer', async () => {
  const wrong = await postSignIn(server.url, 'ana', { password: 'wrong' })
  const unknown = await postSignIn(server.url, 'nobody', { password: PASSWORD })
  expect(wrong).toEqual(unknown)
  expect(wrong).toMatchObject({ status: 401, body: { ok: false, error: { code: 'SIGN_IN_REFUSED' } } })
})

test('after five wrong tries a user has to wait, even with the right password', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) await postSignIn(server.url, 'bo', { password: 'wrong' })
  expect(await postSignIn(server.url, 'bo')).toMatchObject({
    status: 429,
    body: { ok: false, error: { code: 'SIGN_IN_PAUSED' } },
  })
  expect((await postSignIn(server.url, 'ana')).status).toBe(200)
})

test('no token and no password is stored in the database', async () => {
  const who = await signInAs(server.url, 'ana')
  for (const table of ['session', 'device', 'user_credential', 'sign_in_attempt']) {
    const { rows } = await server.database.pool.query(`select * from ${table}`)
    for (const secret of [who.sessionToken, who.deviceToken, PASSWORD])
      expect(JSON.stringify(rows)).not.toContain(secret)
  }
})

test('a device keeps its token over sign-ins, and a device without the right token does not get in', async () => {
  const first = await signInAs(server.url, 'cy')
  const { body } = await postSignIn(server.url, 'cy', { deviceId: first.deviceId, deviceToken: first.deviceToken })
  expect(body.ok && body.value.deviceToken).toBe(first.deviceToken)
  await expect(connectWorkstation(server.url, { ...first, deviceToken: 'x'.repeat(43) })).rejects.toThrow(
    'NOT_SIGNED_IN',
  )
  await expect(connectWorkstation(server.url, { ...first, deviceId: crypto.randomUUID() })).rejects.toThrow(
    'NOT_SIGNED_IN',
  )
})

test('a session is valid only at the device at which it was opened', async () => {
  const [here, there] = [await signInAs(server.url, 'cy'), await signInAs(server.url, 'dee')]
  const stolen = await connectWorkstation(server.url, { ...there, sessionToken: here.sessionToken })
  expect(stolen.welcome.identity).toBeNull()
  stolen.close()
})

test('a session that was ended stays ended', async () => {
  const who = await signInAs(server.url, 'ana')
  await fetch(`${server.url}/api/sign-out`, {
    method: 'POST',
    headers: { authorization: `Bearer ${who.sessionToken}` },
  })
  const desk = await connectWorkstation(server.url, who)
  expect(desk.welcome.identity).toBeNull()
  desk.close()
})

test('a workstation whose user signs out gets no more rows, but may still send its journal', async () => {
  const who = await signInAs(server.url, 'ana')
  const desk = await connectWorkstation(server.url, who)
  const told = new Promise((resolve) => {
    desk.socket.once('signedOut', resolve)
  })
  await fetch(`${server.url}/api/sign-out`, {
    method: 'POST',
    headers: { authorization: `Bearer ${who.sessionToken}` },
  })
  expect(await told).toEqual({ reason: { code: 'SESSION_EXPIRED', params: {} } })
  expect(await desk.ask('pull', { epoch: desk.welcome.epoch, after: 0, limit: 10 })).toMatchObject({
    ok: false,
    error: { code: 'NOT_SIGNED_IN' },
  })
  expect((await desk.run('task.claim', { taskId: crypto.randomUUID() })).outcomes[0]?.outcome.kind).not.toBe(
    'retryLater',
  )
  await addUser(server.database.pool, 'late')
  await new Promise((resolve) => {
    setTimeout(resolve, 300)
  })
  expect(desk.pages).toEqual([])
  desk.close()
})

test('a user who signs in while the sessions are being checked stays signed in', async () => {
  const database = await createTestDatabase()
  const { query } = database.pool
  let looked = () => {}
  const isLookedAt = new Promise<void>((resolve) => {
    looked = resolve
  })
  let goOn = () => {}
  const mayGoOn = new Promise<void>((resolve) => {
    goOn = resolve
  })
  database.pool.query = (async (...statement: unknown[]) => {
    const result: unknown = await Reflect.apply(query, database.pool, statement)
    if (String(statement[0]).includes('token_hash = any')) {
      looked()
      await mayGoOn
    }
    return result
  }) as typeof query
  const slow = await startTestServer({}, database)
  try {
    await addUser(database.pool, 'ana')
    await addUser(database.pool, 'bo')
    const [ana, bo] = [await signInAs(slow.url, 'ana'), await signInAs(slow.url, 'bo')]
    const left = fetch(`${slow.url}/api/sign-out`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bo.sessionToken}` },
    })
    await isLookedAt
    const desk = await connectWorkstation(slow.url, ana)
    goOn()
    await left
    expect(await desk.ask('pull', { epoch: desk.welcome.epoch, after: 0, limit: 10 })).toMatchObject({ ok: true })
    desk.close()
  } finally {
    await slow.remove()
  }
})

test('a user who was deactivated cannot sign in and loses the session', async () => {
  const who = await signInAs(server.url, 'dee')
  await server.database.pool.query("update app_user set active = false where login = 'dee'")
  expect(await postSignIn(server.url, 'dee')).toMatchObject({ status: 401 })
  const desk = await connectWorkstation(server.url, who)
  expect(desk.welcome.identity).toBeNull()
  desk.close()
})

test('a workstation of an older or newer protocol is told which side to update', async () => {
  const who = await signInAs(server.url, 'ana')
  await expect(connectWorkstation(server.url, who, { protocolVersion: PROTOCOL_VERSION - 1 })).rejects.toThrow(
    'PROTOCOL_TOO_OLD',
  )
  await expect(connectWorkstation(server.url, who, { protocolVersion: PROTOCOL_VERSION + 1 })).rejects.toThrow(
    'PROTOCOL_TOO_NEW',
  )
})
