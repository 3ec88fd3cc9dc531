import { describe, expect, it } from 'vitest'
import { createLog } from '../../../main/log.ts'
import { createLiveQueries } from '../../../main/services/live-queries.ts'
import { touches, topicsOf } from '../../../main/services/topics.ts'
import { ok, type Result } from '../../../protocol/errors.ts'

/** A clock that the test moves. */
function testClock() {
  let at = 0
  const timers = new Set<{ due: number; work: () => void }>()
  return {
    elapsed: () => at,
    now: () => at,
    after: (ms: number, work: () => void) => {
      const timer = { due: at + ms, work }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    pass: async (ms: number) => {
      at += ms
      for (const timer of [...timers].filter((other) => other.due <= at)) {
        timers.delete(timer)
        timer.work()
      }
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
    },
  }
}

function setUp() {
  const clock = testClock()
  const live = createLiveQueries({
    clock,
    log: createLog(
      () => {},
      () => 0,
    ),
  })
  return { clock, live }
}

describe('a live query', () => {
  it('answers at once, and again only when something that it depends on has changed', async () => {
    const { clock, live } = setUp()
    let value = 1
    const seen: Result<unknown>[] = []
    live.watch(
      ['customer:a'],
      async () => ok(value),
      (result) => seen.push(result),
    )
    await clock.pass(1)
    value = 2
    live.touch(['customer:b', 'entity:order'])
    await clock.pass(100)
    expect(seen).toEqual([ok(1)])
    live.touch(['customer:a'])
    await clock.pass(100)
    expect(seen).toEqual([ok(1), ok(2)])
  })

  it('does not push the same result twice', async () => {
    const { clock, live } = setUp()
    const seen: unknown[] = []
    live.watch(
      ['desk'],
      async () => ok({ calls: [] }),
      (result) => seen.push(result),
    )
    for (let n = 0; n < 5; n += 1) {
      live.touch(['desk'])
      await clock.pass(100)
    }
    expect(seen.length).toBe(1)
  })

  it('runs only a few times while much changes', async () => {
    const { clock, live } = setUp()
    let runs = 0
    live.watch(
      ['desk'],
      async () => ok((runs += 1)),
      () => {},
    )
    for (let n = 0; n < 100; n += 1) {
      live.touch(['desk'])
      await clock.pass(6)
    }
    expect(runs).toBeLessThan(15)
    expect(runs).toBeGreaterThan(5)
  })

  it('pushes nothing when it is no longer watched', async () => {
    const { clock, live } = setUp()
    const seen: unknown[] = []
    const stop = live.watch(
      ['desk'],
      async () => ok(seen.length),
      (result) => seen.push(result),
    )
    stop()
    live.touch(['desk'])
    await clock.pass(100)
    expect(seen).toEqual([])
  })
})

describe('the topics that a write touched', () => {
  it('concern one customer, or all customers when there were too many to name', () => {
    expect(topicsOf({ entities: ['order'], customerIds: ['a'] })).toEqual(['entity:order', 'customer:a'])
    expect(touches('customer:*', 'customer:a')).toBe(true)
    expect(touches('customer:*', 'entity:order')).toBe(false)
    expect(touches('customer:a', 'customer:b')).toBe(false)
  })
})
