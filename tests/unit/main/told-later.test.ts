import { expect, test } from 'vitest'
import { createToldLater } from '../../../main/calls/told-later.ts'
import { createLog } from '../../../main/log.ts'
import type { ServerLink } from '../../../main/link/server-link.ts'
import { ok, refuse, type Result } from '../../../protocol/errors.ts'
import type { CallId } from '../../../protocol/scalars.ts'
import { createVirtualClock } from '../../support/virtual-clock.ts'

const callId = 'c1' as CallId
const settle = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 20)
  })

function toldAt(answers: Result<null>[], isOnline = true) {
  const clock = createVirtualClock()
  const remembered: string[] = []
  let asked = 0
  const link = {
    isOnline: () => isOnline,
    request: async () => answers[Math.min(asked++, answers.length - 1)],
  } as unknown as ServerLink
  const told = createToldLater({
    remembered: undefined,
    remember: async (text) => {
      remembered.push(text)
    },
    link,
    clock,
    log: createLog(
      () => undefined,
      () => 0,
    ),
  })
  return { clock, told, remembered, asked: () => asked }
}

test('a wrap-up while no node holds the telephones is told again within seconds, without a new connection', async () => {
  const { clock, told, remembered, asked } = toldAt([
    refuse('CENTER_NOT_REACHED'),
    refuse('CENTER_NOT_REACHED'),
    ok(null),
  ])
  told.tell(callId)
  await settle()
  expect([asked(), told.callIds()]).toEqual([1, [callId]])
  for (let time = 0; time < 4; time += 1) {
    clock.advance(5_000)
    await settle()
  }
  expect([asked(), told.callIds(), remembered.at(-1)]).toEqual([3, [], '[]'])
})

test('without a connection it waits for the next welcome, and a refused wrap-up is not told again and again', async () => {
  for (const { told, clock, asked } of [
    toldAt([refuse('CENTER_NOT_REACHED')], false),
    toldAt([refuse('CALL_ACTION_REFUSED', { reason: 'callGoesOn' })]),
  ]) {
    told.tell(callId)
    await settle()
    clock.advance(60_000)
    await settle()
    expect([asked(), told.callIds()]).toEqual([1, [callId]])
    told.tellAll()
    await settle()
    expect(asked()).toBe(2)
  }
})

test('nothing is told any more after a stop', async () => {
  const { told, clock, asked } = toldAt([refuse('CENTER_NOT_REACHED')])
  told.tell(callId)
  await settle()
  told.stop()
  clock.advance(60_000)
  await settle()
  expect(asked()).toBe(1)
})
