import { expect, it } from 'vitest'
import { createErasures } from '../../../main/erasure/erasures.ts'
import { createLog } from '../../../main/log.ts'
import { ok, refuse, type Result } from '../../../protocol/errors.ts'
import { CustomerId } from '../../../protocol/scalars.ts'
import type { Erased } from '../../../protocol/wire.ts'
import { createVirtualClock } from '../../support/virtual-clock.ts'

const erasure = (number: number, seq: number): Erased => ({
  number,
  erasureId: `0198a000-0000-7000-8000-0000000000${number}0`,
  customerId: CustomerId.parse(`0198b000-0000-7000-8000-0000000000${number}0`),
  erasedAt: 1,
  seq,
  rowIds: [],
})

/** A workstation and a server; `steps` lists what the workstation did, in order. */
function setUp(center: { erasures(after: number): Result<Erased[]>; receipt?(): Result<null> }) {
  const clock = createVirtualClock(0)
  const state = { steps: [] as string[], place: 0, cursor: 100, online: true }
  let told: readonly Erased[] = []
  const erasures = createErasures({
    clock,
    log: createLog(
      () => undefined,
      () => 0,
    ),
    link: {
      isOnline: () => state.online,
      request: async (name, args) => {
        state.steps.push(name)
        const answer: unknown =
          name === 'erasures' ? center.erasures((args as { after: number }).after) : (center.receipt?.() ?? ok(null))
        return answer as never
      },
    },
    sync: { mayStillGet: (seq) => state.cursor < seq },
    writer: {
      erasurePlace: async () => state.place,
      scrub: async (_epoch, erased) => {
        told = erased
        state.steps.push(`scrub ${erased.map(({ number }) => number).join()}`)
        return []
      },
      cleanFiles: async () => {
        state.steps.push('clean')
      },
      setAside: async () => 0,
      erasuresConfirmed: async () => {
        state.place = told.at(-1)?.number ?? state.place
        state.steps.push('confirmed')
      },
    },
    onTouched: () => undefined,
    onErased: async () => {
      state.steps.push('told the screens')
    },
  })
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate)
  }
  const steps = async () => {
    await settle()
    return state.steps.splice(0)
  }
  return { erasures, state, steps, clock }
}

it('scrubs, tells the screens, cleans, and only then sends the receipt', async () => {
  const { erasures, steps } = setUp({ erasures: (after) => ok(after === 0 ? [erasure(1, 5)] : []) })
  erasures.begin('e')
  expect(await steps()).toEqual([
    'erasures',
    'scrub 1',
    'told the screens',
    'clean',
    'erasureDone',
    'confirmed',
    'erasures',
  ])
})

it('has nothing to erase where an older server does not know the request', async () => {
  const { erasures, steps, clock } = setUp({ erasures: () => refuse('UNKNOWN_NAME', { name: 'erasures' }) })
  erasures.begin('e')
  expect(await steps()).toEqual(['erasures'])
  clock.advance(600_000)
  expect(await steps()).toEqual([])
})

it('waits until no page from before the erasure can arrive any more', async () => {
  const { erasures, state, steps } = setUp({
    erasures: (after) => ok([erasure(1, 5), erasure(2, 101)].filter(({ number }) => number > after)),
  })
  erasures.begin('e')
  expect((await steps()).filter((step) => step.startsWith('scrub'))).toEqual(['scrub 1'])
  erasures.progressed()
  expect((await steps()).filter((step) => step.startsWith('scrub'))).toEqual([])
  state.cursor = 101
  erasures.progressed()
  expect((await steps()).filter((step) => step.startsWith('scrub'))).toEqual(['scrub 2'])
})

it('erases again from the start where the receipt was not accepted', async () => {
  let refusals = 1
  const { erasures, steps, clock } = setUp({
    erasures: (after) => ok(after === 0 ? [erasure(1, 5)] : []),
    receipt: () => ((refusals -= 1) === 0 ? refuse('CENTER_BUSY', { seconds: 1 }) : ok(null)),
  })
  erasures.begin('e')
  expect((await steps()).slice(-2)).toEqual(['clean', 'erasureDone'])
  clock.advance(5000)
  expect(await steps()).toEqual([
    'erasures',
    'scrub 1',
    'told the screens',
    'clean',
    'erasureDone',
    'confirmed',
    'erasures',
  ])
})

it('asks once more where it is told of another erasure while it works, and never works on two at once', async () => {
  const known = [erasure(1, 5)]
  const { erasures, steps } = setUp({ erasures: (after) => ok(known.filter(({ number }) => number > after)) })
  erasures.begin('e')
  erasures.look()
  erasures.look()
  known.push(erasure(2, 6))
  const done = await steps()
  expect(done.filter((step) => step.startsWith('scrub'))).toEqual(['scrub 1,2'])
  expect(done.at(-1)).toBe('erasures')
})
