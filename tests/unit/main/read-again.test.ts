import { expect, it } from 'vitest'
import { createReadAgain } from '../../../main/calls/read-again.ts'
import { createLog } from '../../../main/log.ts'
import { createVirtualClock } from '../../support/virtual-clock.ts'

/**
 * Reads fail as often as `failures` says, and each failure asks for the next attempt. `at` lists when they were tried,
 * in ms from the start.
 */
function setUp() {
  const clock = createVirtualClock(0)
  const state = { failures: 0, at: [] as number[] }
  const again = createReadAgain({
    clock,
    log: createLog(
      () => undefined,
      () => 0,
    ),
    read: async () => {
      state.at.push(clock.now())
      if (state.failures > 0) {
        state.failures -= 1
        again.later()
      }
    },
  })
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 500) {
      clock.advance(500)
      await new Promise(setImmediate)
    }
  }
  return { again, state, pass }
}

it('failed reads are tried less and less often, and a failure after a success is tried again soon', async () => {
  const { again, state, pass } = setUp()
  state.failures = 2
  again.later()
  await pass(10_000)
  expect(state.at).toEqual([1000, 3000, 7000])
  again.later()
  await pass(10_000)
  expect(state.at).toEqual([1000, 3000, 7000, 11_000])
})

it('after the stop nothing is tried any more, even when asked', async () => {
  const { again, state, pass } = setUp()
  again.later()
  again.stop()
  again.later()
  again.now()
  await pass(5000)
  expect(state.at).toEqual([])
})
