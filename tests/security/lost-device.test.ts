import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readmitDevice, revokeDevice } from '../../server/auth/revoke-device.ts'
import { bulkLoad, finishBulkLoad } from '../../server/db/bulk-load.ts'
import { readRow } from '../../server/db/rows.ts'
import { entityExamples } from '../support/entity-examples.ts'
import { addUser, PASSWORD } from '../support/people.ts'
import { bearer, beginDownload, manifestFor } from '../support/snapshot-requests.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { startTestWorkstation } from '../support/test-workstation.ts'
import { connectWorkstation, postSignIn, signInAs } from '../support/workstation-client.ts'

// A machine that was lost or stolen with everything it holds: its device token, and a session that is not over.

let server: TestServer
const now = () => Date.now()
beforeAll(async () => {
  server = await startTestServer()
  for (const login of ['ana', 'bo', 'cy', 'dee']) await addUser(server.database.pool, login)
  await addUser(server.database.pool, 'sue', { role: 'supervisor' })
})
afterAll(() => server.remove())

describe('a device that was revoked', () => {
  test('is disconnected, signed in or not, and all others stay connected', async () => {
    const lost = await signInAs(server.url, 'ana')
    const [seated, empty, other] = [
      await connectWorkstation(server.url, lost),
      await connectWorkstation(server.url, lost, { session: false }),
      await connectWorkstation(server.url, await signInAs(server.url, 'bo')),
    ]
    const gone = Promise.all(
      [seated, empty].map(
        ({ socket }) =>
          new Promise((resolve) => {
            socket.once('disconnect', resolve)
          }),
      ),
    )
    expect(await revokeDevice(server.database.pool, lost.deviceId, now())).toBe(true)
    // Any change of a user makes the server check at once.
    await addUser(server.database.pool, 'new')
    await gone
    expect(await other.ask('pull', { epoch: other.welcome.epoch, after: 0, limit: 1 })).toMatchObject({ ok: true })
    other.close()
  })

  test('gets in with nothing that it holds: neither with its token, nor with its session, nor with a password, nor for a supervisor', async () => {
    const lost = await signInAs(server.url, 'ana')
    await revokeDevice(server.database.pool, lost.deviceId, now())
    for (const session of [true, false])
      await expect(connectWorkstation(server.url, lost, { session })).rejects.toThrow('DEVICE_REVOKED')
    expect((await fetch(`${server.url}/api/snapshot`, { headers: bearer(lost) })).status).toBe(401)
    for (const login of ['ana', 'sue'])
      for (const deviceToken of [lost.deviceToken, null]) {
        expect(await postSignIn(server.url, login, { deviceId: lost.deviceId, deviceToken })).toMatchObject({
          status: 403,
          body: { ok: false, error: { code: 'DEVICE_REVOKED' } },
        })
      }
    // Its user can still work at another workstation.
    expect((await postSignIn(server.url, 'ana')).status).toBe(200)
  })

  test('gets no more of a file that it is downloading, and another workstation that downloads the same file gets all of it', async () => {
    const { pool } = server.database
    // More than fits into the buffers of a connection that nobody reads.
    await bulkLoad(
      pool,
      'interaction',
      Array.from({ length: 5_000 }, () => ({
        ...entityExamples.interaction(),
        customerId: null,
        note: 'words '.repeat(600),
      })),
    )
    await finishBulkLoad(pool)
    const [lost, other] = [await signInAs(server.url, 'ana'), await signInAs(server.url, 'bo')]
    const { id } = await manifestFor(server.url, lost, 5_000_000)
    const [its, others] = [await beginDownload(server.url, lost, id), await beginDownload(server.url, other, id)]
    await revokeDevice(pool, lost.deviceId, now())
    // The server answers a sign-out after it has checked who may still download.
    await fetch(`${server.url}/api/sign-out`, { method: 'POST', headers: bearer(await signInAs(server.url, 'cy')) })
    for (const { goOn } of [its, others]) goOn()
    expect(await Promise.all([its.whole, others.whole])).toEqual([false, true])
  })

  test('is revealed as revoked only to a client that holds its token or a password', async () => {
    const lost = await signInAs(server.url, 'bo')
    await revokeDevice(server.database.pool, lost.deviceId, now())
    await expect(connectWorkstation(server.url, { ...lost, deviceToken: 'x'.repeat(43) })).rejects.toThrow(
      'NOT_SIGNED_IN',
    )
    expect(await postSignIn(server.url, 'bo', { deviceId: lost.deviceId, password: 'wrong' })).toMatchObject({
      status: 401,
      body: { ok: false, error: { code: 'SIGN_IN_REFUSED' } },
    })
  })

  test('that was found is let in by a new sign-in, and never with a copy of what it held', async () => {
    const lost = await signInAs(server.url, 'cy')
    await revokeDevice(server.database.pool, lost.deviceId, now())
    expect(await readmitDevice(server.database.pool, lost.deviceId)).toBe(true)
    await expect(connectWorkstation(server.url, lost)).rejects.toThrow('NOT_SIGNED_IN')
    const found = await signInAs(server.url, 'cy', lost.deviceId)
    const desk = await connectWorkstation(server.url, found)
    expect(desk.welcome.identity?.login).toBe('cy')
    desk.close()
  })

  test('is revoked once, and an unknown device or one that was not revoked is reported as such', async () => {
    const lost = await signInAs(server.url, 'cy')
    expect(await revokeDevice(server.database.pool, crypto.randomUUID(), now())).toBe(false)
    expect(await readmitDevice(server.database.pool, lost.deviceId)).toBe(false)
    expect(await revokeDevice(server.database.pool, lost.deviceId, now())).toBe(true)
    expect(await revokeDevice(server.database.pool, lost.deviceId, now())).toBe(false)
  })
})

test('a workstation that was revoked asks for a sign-in, says what to do, keeps unsent work, and sends it when it is let in again', async () => {
  const { pool } = server.database
  const desk = await startTestWorkstation(server.url)
  await desk.act('session.signIn', { login: 'dee', password: PASSWORD })
  await desk.seen('sync.state', {}, ({ link, setup }) => link === 'online' && setup === null)
  const {
    rows: [device],
  } = await pool.query<{ id: string }>(
    "select device_id as id from device_user join app_user u on u.id = user_id where u.login = 'dee'",
  )
  const { folder } = desk
  await desk.stop()
  const without = await startTestWorkstation('http://127.0.0.1:9', { folder })
  const taskId = crypto.randomUUID()
  expect(
    await without.run('task.add', {
      taskId,
      customerId: null,
      kind: 'callback',
      title: 'x',
      detail: '',
      dueAt: Date.now() + 60_000,
      ownerUserId: null,
    }),
  ).toMatchObject({ ok: true })
  await without.stop()
  await revokeDevice(pool, device!.id, now())

  const barred = await startTestWorkstation(server.url, { folder })
  await barred.seen('session', {}, ({ identity }) => identity === null)
  await barred.seen('sync.state', {}, ({ link, refusal }) => link === 'refused' && refusal?.code === 'DEVICE_REVOKED')
  expect(await barred.act('session.signIn', { login: 'dee', password: PASSWORD })).toMatchObject({
    ok: false,
    error: { code: 'DEVICE_REVOKED' },
  })
  expect(await readRow(pool, 'task', taskId)).toBeNull()

  await readmitDevice(pool, device!.id)
  expect(await barred.act('session.signIn', { login: 'dee', password: PASSWORD })).toMatchObject({ ok: true })
  await barred.seen('sync.state', {}, ({ link, unsent }) => link === 'online' && unsent === 0)
  expect(await readRow(pool, 'task', taskId)).toMatchObject({ title: 'x' })
  await barred.remove()
})
