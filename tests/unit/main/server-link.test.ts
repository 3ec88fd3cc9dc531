import { expect, it } from 'vitest'
import type { LinkSocketEvents } from '../../../main/link/link-socket.ts'
import { createServerLink } from '../../../main/link/server-link.ts'
import { createLog } from '../../../main/log.ts'
import type { DeviceId } from '../../../protocol/scalars.ts'
import { PROTOCOL_VERSION } from '../../../protocol/version.ts'
import { createVirtualClock } from '../../support/virtual-clock.ts'

const auth = {
  deviceId: crypto.randomUUID() as DeviceId,
  deviceToken: 'token',
  sessionToken: null,
  protocolVersion: PROTOCOL_VERSION,
  cacheSchema: 1,
}
const welcomeAt = (head: number) => ({
  serverTime: 1,
  serverId: crypto.randomUUID(),
  epoch: 'e',
  head,
  floor: 0,
  identity: null,
  nextCommand: [],
})

it('a welcome that a proxy repeats counts once, the next connection’s counts again, and heartbeats count only after a welcome', async () => {
  const clock = createVirtualClock(0)
  const connections: LinkSocketEvents[] = []
  const heads: number[] = []
  let beats = 0
  const link = createServerLink({
    open: (_auth, _withinMs, events) => {
      connections.push(events)
      return { ask: async () => null, close: () => {} }
    },
    clock,
    random: () => 0,
    log: createLog(
      () => {},
      () => 0,
    ),
    handshake: async () => auth,
    events: {
      onState: () => {},
      onBeat: () => {
        beats += 1
      },
      onPush: (name, payload) => {
        if (name === 'welcome') heads.push((payload as { head: number }).head)
      },
    },
  })
  const settled = () =>
    new Promise((resolve) => {
      setImmediate(resolve)
    })
  link.start()
  await settled()
  connections[0]!.onBeat()
  expect(beats).toBe(0)
  connections[0]!.onMessage('welcome', welcomeAt(8))
  connections[0]!.onMessage('welcome', welcomeAt(8))
  expect(heads).toEqual([8])

  connections[0]!.onClosed('cut')
  clock.advance(1)
  await settled()
  connections[1]!.onMessage('welcome', welcomeAt(17))
  expect(heads).toEqual([8, 17])

  connections[0]!.onBeat()
  connections[1]!.onBeat()
  expect(beats).toBe(1)
})
