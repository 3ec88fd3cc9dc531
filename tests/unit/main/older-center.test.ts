import { describe, expect, it } from 'vitest'
import type { LinkSocketEvents, OpenLinkSocket } from '../../../main/link/link-socket.ts'
import { createServerLink, type LinkState } from '../../../main/link/server-link.ts'
import { createLog } from '../../../main/log.ts'
import type { DeviceId } from '../../../protocol/scalars.ts'
import { OLDEST_PROTOCOL, PROTOCOL_VERSION } from '../../../protocol/version.ts'
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.ts'

const auth = { deviceId: crypto.randomUUID() as DeviceId, deviceToken: 'token', sessionToken: null, protocolVersion: PROTOCOL_VERSION, cacheSchema: 1 }
const welcome = { serverTime: 1, epoch: 'e', head: 0, floor: 0, identity: null, nextCommand: [] }

/** A center that speaks `version` and the one before it. */
function centerOf(version: number) {
  const offered: number[] = []
  let current: LinkSocketEvents | null = null
  const open: OpenLinkSocket = ({ protocolVersion }, _withinMs, events) => {
    offered.push(protocolVersion)
    current = events
    queueMicrotask(() => {
      if (protocolVersion > version) events.onRefused({ code: 'PROTOCOL_TOO_NEW', params: {} })
      else if (protocolVersion < version - 1) events.onRefused({ code: 'PROTOCOL_TOO_OLD', params: {} })
      else events.onMessage('welcome', welcome)
    })
    return { ask: async () => ({ answer: { ok: true, value: { changes: [], next: null } } }), close: () => {} }
  }
  return { offered, open, cut: () => current?.onClosed('cut') }
}

/** Moves the clock and lets everything happen that was begun. */
async function pass(clock: VirtualClock, ms: number): Promise<void> {
  for (let step = 0; step < 10; step += 1) {
    clock.advance(ms / 10)
    await new Promise((resolve) => { setImmediate(resolve) })
  }
}

async function linkTo(center: ReturnType<typeof centerOf>) {
  const clock = createVirtualClock(0)
  const states: LinkState[] = []
  const link = createServerLink({
    open: center.open, clock, random: () => 0.1, log: createLog(() => {}, () => 0), handshake: async () => auth,
    events: { onState: (state) => { states.push(state) }, onBeat: () => {}, onPush: () => {} },
  })
  link.start()
  await pass(clock, 50)
  return { link, clock, states }
}

describe('a workstation at a center that was not updated yet', () => {
  it('speaks the version before', async () => {
    const center = centerOf(OLDEST_PROTOCOL)
    const { link, states } = await linkTo(center)
    expect(center.offered).toEqual([PROTOCOL_VERSION, OLDEST_PROTOCOL])
    expect([link.isOnline(), states.at(-1)?.kind, states.some(({ kind }) => kind === 'refused')]).toEqual([true, 'online', false])
    expect(await link.request('ownRows', { after: null })).toMatchObject({ ok: true })
  })

  it('offers its own version again at the next connection, because the center may have been updated', async () => {
    const center = centerOf(OLDEST_PROTOCOL)
    const { clock } = await linkTo(center)
    center.cut()
    await pass(clock, 1000)
    expect(center.offered).toEqual([PROTOCOL_VERSION, OLDEST_PROTOCOL, PROTOCOL_VERSION, OLDEST_PROTOCOL])
  })

  it('says so where even the version before is too new for it', async () => {
    const { states, link } = await linkTo(centerOf(OLDEST_PROTOCOL - 1))
    expect(link.isOnline()).toBe(false)
    expect(states.at(-1)).toMatchObject({ kind: 'refused', refusal: { code: 'PROTOCOL_TOO_NEW' } })
  })

  it('at a center of its own version offers no other', async () => {
    const center = centerOf(PROTOCOL_VERSION)
    const { link } = await linkTo(center)
    expect(await link.request('ownRows', { after: null })).toMatchObject({ ok: true })
    expect(center.offered).toEqual([PROTOCOL_VERSION])
  })
})
