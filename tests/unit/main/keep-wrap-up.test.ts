import { expect, test } from 'vitest'
import { createKeepWrapUp } from '../../../main/calls/keep-wrap-up.ts'
import { createLog } from '../../../main/log.ts'
import type { AgentState } from '../../../protocol/calls.ts'
import { ok } from '../../../protocol/errors.ts'
import type { UserId } from '../../../protocol/scalars.ts'

const me = '00000000-0000-7000-8000-000000000001' as UserId
const state = (fields: Partial<AgentState>): AgentState => ({
  userId: me,
  revision: 1,
  state: 'WORK_READY',
  reason: null,
  since: 0,
  until: 120_000,
  next: { state: 'READY' },
  ...fields,
})

/** Types at this time in this state; returns what the server was asked for. */
async function typedAt(now: number, agent: AgentState | null, times = 1) {
  const asked: unknown[] = []
  const link = {
    request: async (name: string, args: unknown) => {
      asked.push([name, args])
      return ok(state({ revision: 2, until: 240_000 }))
    },
  }
  const typed = createKeepWrapUp({
    link: link as never,
    agentStatus: { current: () => agent, take: () => {} },
    now: () => now,
    userId: () => me,
    log: createLog(
      () => {},
      () => 0,
    ),
  })
  for (let n = 0; n < times; n += 1) typed()
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  return asked
}

test('a wrap-up that is about to end while the agent types is extended, and only once however fast they type', async () => {
  expect(await typedAt(100_000, state({}), 5)).toEqual([['setAgentState', { state: 'WORK_READY', reason: null }]])
  expect(await typedAt(100_000, state({ state: 'WORK' }))).toEqual([['setAgentState', { state: 'WORK', reason: null }]])
})

test('with enough time, in another state or for another agent the server is not asked', async () => {
  expect(await typedAt(10_000, state({}))).toEqual([])
  expect(await typedAt(100_000, state({ state: 'TALKING', until: null }))).toEqual([])
  expect(await typedAt(100_000, state({ userId: '00000000-0000-7000-8000-000000000002' as UserId }))).toEqual([])
  expect(await typedAt(100_000, null)).toEqual([])
})
