import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../../protocol/version.ts'
import { openSocketIo } from '../../../main/link/link-socket.ts'
import type { DeviceId } from '../../../protocol/scalars.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startSilentProxy } from '../../support/silent-proxy.ts'
import { startTestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const work of cleanUp.splice(0).toReversed()) await work()
})

/** The refusal that the link reports if every upgrade gets this answer. */
async function refusalFrom(answer: string): Promise<unknown> {
  const server: Server = createServer()
  server.on('upgrade', (_request, socket) => {
    socket.end(answer)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  cleanUp.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve)
      }),
  )
  const auth = {
    deviceId: crypto.randomUUID() as DeviceId,
    deviceToken: 'x',
    sessionToken: null,
    protocolVersion: PROTOCOL_VERSION,
    cacheSchema: 1,
  }
  const told: unknown[] = []
  await new Promise<void>((resolve) => {
    const socket = openSocketIo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)(auth, 5000, {
      onMessage: () => undefined,
      onBeat: () => undefined,
      onClosed: () => undefined,
      onRefused: (reason) => {
        told.push(reason)
        socket.close()
        // A second report would come within this time.
        setTimeout(resolve, 50)
      },
    })
  })
  expect(told).toHaveLength(1)
  return told[0]
}
const page = (status: string, headers = '') =>
  `HTTP/1.1 ${status}\r\n${headers}Connection: close\r\nContent-Length: 0\r\n\r\n`

test('an upgrade that is refused with 503 means a busy server, and says for how long', async () => {
  expect(await refusalFrom(page('503 Service Unavailable', 'Retry-After: 7\r\n'))).toEqual({
    code: 'CENTER_BUSY',
    params: { seconds: 7 },
  })
})

test('if a proxy asks for an hour, or for a time that cannot be read, the workstation tries again sooner', async () => {
  expect(await refusalFrom(page('503 Service Unavailable', 'Retry-After: 3600\r\n'))).toEqual({
    code: 'CENTER_BUSY',
    params: { seconds: 60 },
  })
  expect(
    await refusalFrom(page('503 Service Unavailable', 'Retry-After: Fri, 31 Dec 2027 23:59:59 GMT\r\n')),
  ).toBeUndefined()
  expect(await refusalFrom(page('503 Service Unavailable'))).toBeUndefined()
  expect(await refusalFrom(page('502 Bad Gateway', 'Retry-After: 7\r\n'))).toBeUndefined()
})

test('workstations that are asked to come later all connect without help', async () => {
  const server = await startTestServer({ door: { atOnce: 4, perSecond: 3, together: 1 } })
  cleanUp.push(() => server.remove())
  const desks: TestWorkstation[] = []
  for (let count = 0; count < 6; count += 1) {
    await addUser(server.database.pool, `agent${count}`)
    const desk = await startTestWorkstation(server.url)
    cleanUp.push(() => desk.remove())
    desks.push(desk)
  }
  await Promise.all(
    desks.map((desk, index) => desk.act('session.signIn', { login: `agent${index}`, password: PASSWORD })),
  )
  await Promise.all(desks.map((desk) => desk.seen('sync.state', {}, (state) => state.link === 'online')))
  expect(desks.some((desk) => desk.logged.some((line) => line.includes('"reason":"CENTER_BUSY"')))).toBe(true)
  // No workstation reports that the server refuses it: the server is only busy.
  expect(desks.some((desk) => desk.logged.some((line) => line.includes('refused')))).toBe(false)
})

test('the workstation notices a connection that has gone silent, and comes back over a new one', async () => {
  const server = await startTestServer()
  cleanUp.push(() => server.remove())
  await addUser(server.database.pool, 'ana')
  const proxy = await startSilentProxy(server.port)
  cleanUp.push(() => proxy.close())
  const desk = await startTestWorkstation(proxy.url)
  cleanUp.push(() => desk.remove())
  await desk.act('session.signIn', { login: 'ana', password: PASSWORD })
  await desk.seen('sync.state', {}, (state) => state.link === 'online' && state.setup === null)
  proxy.fallSilent()
  await desk.seen('sync.state', {}, (state) => state.link !== 'online')
  await desk.seen('sync.state', {}, (state) => state.link === 'online')
  expect(desk.logged.some((line) => line.includes('link lost') && line.includes('ping timeout'))).toBe(true)
}, 60_000)
