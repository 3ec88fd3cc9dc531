import { expect, it } from 'vitest'
import { createFeedEngine } from '../../../server/feed/feed-engine.ts'
import type { FeedStore } from '../../../server/feed/feed-store.ts'
import { createVirtualClock } from '../../support/virtual-clock.ts'

/** A node that needs `tellMs` to tell its workstations of changes; each commit makes the log one line longer. */
async function nodeThatTells(tellMs: number, answersWait = () => false) {
  const clock = createVirtualClock()
  const settled = () =>
    new Promise((resolve) => {
      setImmediate(resolve)
    })
  let pending = 0
  let head = 0
  const told: { at: number; upTo: number }[] = []
  const store = {
    place: async () => ({ epoch: 'e', floor: 0, head }),
    sequence: async () => {
      const moved = pending
      head += moved
      pending = 0
      return { mine: true, moved }
    },
    log: async (after: number) =>
      Array.from({ length: head - after }, (_, n) => ({
        seq: after + n + 1,
        entity: 'customer',
        id: `${after + n + 1}`,
        version: 1,
        scope: 'org',
        leftScope: null,
        row: {},
        endsTransaction: true,
      })),
    listen: async () => ({ stop: async () => undefined }),
  } as unknown as FeedStore
  const engine = await createFeedEngine({
    store,
    clock,
    answersWait,
    onStretch: (stretch) => {
      told.push({ at: clock.elapsed(), upTo: stretch.pageFor(['org']).upTo })
      clock.pass(tellMs)
    },
    onFloorRaised: () => undefined,
    onError: (error) => {
      throw error
    },
  })
  await engine.start()
  return {
    told,
    clock,
    engine,
    commit: async () => {
      pending += 1
      engine.nudge()
      for (let n = 0; n < 20; n += 1) await settled()
    },
    pass: async (ms: number) => {
      for (let gone = 0; gone < ms; gone += 10) {
        clock.advance(10)
        for (let n = 0; n < 5; n += 1) await settled()
      }
    },
  }
}

it('a change is sent at once; changes committed while the node pauses are sent together, and none is left', async () => {
  const { told, commit, pass } = await nodeThatTells(40)
  await commit()
  expect(told.map(({ upTo }) => upTo)).toEqual([1])
  for (let n = 0; n < 5; n += 1) await commit()
  expect(told.map(({ upTo }) => upTo)).toEqual([1])
  await pass(90)
  expect(told.map(({ upTo }) => upTo)).toEqual([1, 6])
})

it('while workstations wait for their answers it pauses longer, up to a limit', async () => {
  let waiting = true
  const { told, commit, pass } = await nodeThatTells(40, () => waiting)
  await commit()
  await commit()
  await pass(200)
  expect(told.map(({ upTo }) => upTo)).toEqual([1])
  await pass(200)
  expect(told.map(({ upTo }) => upTo)).toEqual([1, 2])
  waiting = false
})

it('a clock that is set back does not stop the feed', async () => {
  const { told, commit, clock, pass } = await nodeThatTells(40)
  await commit()
  clock.setBy(-86_400_000)
  await commit()
  await pass(400)
  expect(told.map(({ upTo }) => upTo)).toEqual([1, 2])
})
