import { createServer, type Server } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringside-own-server-'))
let ours: TestServer
let other: TestServer
let workstation: TestWorkstation
/** Everything that a machine at another address, or at our own, received from a workstation. */
const told: string[] = []
let listener: Server
/** The server id that this machine gives. */
let says: string | null = null

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const listenOn = (port: number) =>
  new Promise<Server>((resolve) => {
    const server = createServer((request, response) => {
      told.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`)
      request.on('data', (chunk: Buffer) => told.push(chunk.toString()))
      if (request.url === '/api/server' && says !== null)
        response.end(JSON.stringify({ ok: true, value: { serverId: says } }))
      else response.writeHead(404).end('{}')
    })
    server.on('upgrade', (request, socket) => {
      told.push(`upgrade ${request.url}`)
      socket.destroy()
    })
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
const addTask = () =>
  workstation.run('task.add', {
    taskId: crypto.randomUUID(),
    customerId: null,
    kind: 'callback',
    title: 'kept text',
    detail: '',
    dueAt: Date.now() + 86_400_000,
    ownerUserId: null,
  })
/**
 * Starts with this address and returns the reason why nothing is sent there. The user can keep working without the
 * server.
 */
const startAt = async (url: string, serverMoved: boolean): Promise<unknown> => {
  const started = await startTestWorkstation(url, { folder, serverMoved })
  try {
    const { refusal } = await started.seen('sync.state', {}, ({ link }) => link === 'refused')
    expect(await started.act('session.signIn', { login: 'ana', password: PASSWORD })).toEqual({
      ok: false,
      error: refusal,
    })
    return refusal
  } finally {
    await started.stop()
  }
}

beforeAll(async () => {
  ;[ours, other] = [await startTestServer(), await startTestServer()]
  for (const server of [ours, other]) await addUser(server.database.pool, 'ana')
  listener = await listenOn(0)
  workstation = await startTestWorkstation(ours.url, { folder })
  expect(await workstation.act('session.signIn', { login: 'ana', password: PASSWORD })).toMatchObject({ ok: true })
  await workstation.seen('sync.state', {}, ({ link }) => link === 'online')
})
afterAll(async () => {
  await workstation.stop()
  for (const server of [ours, other]) await server.remove()
  listener.close()
  rmSync(folder, { recursive: true, force: true })
})

it('a start with another address sends nothing there, whatever answers there, and says what to do', async () => {
  await workstation.stop()
  const elsewhere = addressOf(listener)
  expect(await startAt(elsewhere, false)).toEqual({
    code: 'SERVER_MOVED',
    params: { known: ours.url, address: elsewhere },
  })
  expect(await startAt(other.url, false)).toMatchObject({ code: 'SERVER_MOVED' })
  expect(told).toEqual([])
  expect((await other.database.pool.query('select 1 from device')).rows).toEqual([])
})

it('if a server is said to have moved, its id is asked first, without a token, and only the same server gets more', async () => {
  const elsewhere = addressOf(listener)
  says = crypto.randomUUID()
  expect(await startAt(elsewhere, true)).toEqual({ code: 'OTHER_SERVER', params: { address: elsewhere } })
  expect(await startAt(other.url, true)).toEqual({ code: 'OTHER_SERVER', params: { address: other.url } })
  expect(new Set(told.map((line) => line.split(' ').slice(0, 2).join(' ')))).toEqual(new Set(['GET /api/server']))
  expect(told.join()).not.toMatch(/authorization|deviceToken|Bearer/)
  expect((await other.database.pool.query('select 1 from device')).rows).toEqual([])
})

it('another server at our server’s own address gets no sign-in, no handshake and no command', async () => {
  const home = ours.url
  await ours.stop()
  told.splice(0)
  says = crypto.randomUUID()
  const impostor = await listenOn(Number(new URL(home).port))
  workstation = await startTestWorkstation(home, { folder })
  expect(await addTask()).toMatchObject({ ok: true })
  await workstation.seen(
    'sync.state',
    {},
    ({ link, refusal }) => link === 'refused' && refusal?.code === 'OTHER_SERVER',
  )
  expect(await workstation.act('session.signIn', { login: 'ana', password: PASSWORD })).toMatchObject({
    ok: false,
    error: { code: 'OTHER_SERVER' },
  })
  expect(new Set(told.map((line) => line.split(' ').slice(0, 2).join(' ')))).toEqual(new Set(['GET /api/server']))
  expect(told.join()).not.toContain(PASSWORD)
  await new Promise((resolve) => {
    impostor.close(resolve)
    impostor.closeAllConnections()
  })

  // Our own server is back: waiting commands are sent.
  await ours.restart()
  await workstation.act('sync.now', {})
  await workstation.seen('sync.state', {}, ({ link, unsent }) => link === 'online' && unsent === 0)
})

it('the same server at another address gets the waiting commands once the user says that it moved, and later starts need no flag', async () => {
  await workstation.stop()
  const moved = ours.url.replace('127.0.0.1', 'localhost')
  workstation = await startTestWorkstation(moved, { folder, serverMoved: true })
  expect(await addTask()).toMatchObject({ ok: true })
  await workstation.seen('sync.state', {}, ({ link, unsent }) => link === 'online' && unsent === 0)
  await workstation.stop()
  expect(await startAt(ours.url, false)).toMatchObject({ code: 'SERVER_MOVED', params: { known: moved } })
  workstation = await startTestWorkstation(moved, { folder })
  await workstation.seen('sync.state', {}, ({ link }) => link === 'online')
})
