import { describe, expect, test } from 'vitest'
import { agentStateAfter, newDuty, type AgentDuty, type AgentEvent } from '../../../domain/agent-state.ts'
import type { UserId } from '../../../protocol/scalars.ts'

const rules = { wrapUpMs: 120_000 }
const signedIn: AgentEvent = { kind: 'signedIn' }
const ready: AgentEvent = { kind: 'wished', state: 'READY', reason: null }
const pause: AgentEvent = { kind: 'wished', state: 'NOT_READY', reason: 'lunch' }
const logOut: AgentEvent = { kind: 'wished', state: 'LOGGED_OUT', reason: null }
const offered: AgentEvent = { kind: 'callOffered' }
const answered: AgentEvent = { kind: 'callAnswered' }
const ended = (more: Partial<AgentEvent & { kind: 'callEnded' }> = {}): AgentEvent => ({
  kind: 'callEnded',
  answered: true,
  missed: false,
  remaining: null,
  ...more,
})

function after(...events: AgentEvent[]): AgentDuty {
  let duty = newDuty('00000000-0000-7000-8000-000000000001' as UserId, 0)
  for (const [index, event] of events.entries()) {
    const result = agentStateAfter(duty, event, index + 1, rules)
    if (!result.ok) throw new Error(result.error.code)
    duty = result.value
  }
  return duty
}
const stateAfter = (...events: AgentEvent[]) => after(...events).state.state
const refusalAfter = (before: AgentEvent[], event: AgentEvent) => {
  const result = agentStateAfter(after(...before), event, 99, rules)
  return result.ok ? 'taken' : result.error.code
}

describe('what follows a call', () => {
  test('an agent who was ready wraps up and is ready again', () => {
    expect(stateAfter(signedIn, ready, offered)).toBe('RESERVED')
    expect(stateAfter(signedIn, ready, offered, answered)).toBe('TALKING')
    const work = after(signedIn, ready, offered, answered, ended())
    expect(work.state).toMatchObject({ state: 'WORK_READY', until: 5 + 120_000 })
    expect(stateAfter(signedIn, ready, offered, answered, ended(), { kind: 'wrappedUp' })).toBe('READY')
    expect(stateAfter(signedIn, ready, offered, answered, ended(), { kind: 'timeUp' })).toBe('READY')
  })

  test('a pause goes on after a call that came during it', () => {
    const work = after(signedIn, pause, offered, answered, ended())
    expect(work.state.state).toBe('WORK')
    expect(after(signedIn, pause, offered, answered, ended(), { kind: 'timeUp' }).state).toMatchObject({
      state: 'NOT_READY',
      reason: 'lunch',
    })
  })

  test('a pause that is asked for during a call begins after the wrap-up', () => {
    expect(stateAfter(signedIn, ready, offered, answered, pause)).toBe('TALKING')
    expect(after(signedIn, ready, offered, answered, pause, ended(), { kind: 'wrappedUp' }).state).toMatchObject({
      state: 'NOT_READY',
      reason: 'lunch',
    })
  })

  test('a missed call takes the agent out of the queue, and a withdrawn call does not', () => {
    expect(after(signedIn, ready, offered, ended({ answered: false, missed: true })).state).toMatchObject({
      state: 'NOT_READY',
      reason: 'missedCall',
    })
    expect(stateAfter(signedIn, ready, offered, ended({ answered: false }))).toBe('READY')
  })

  test('when one of two calls ends the agent is still talking', () => {
    expect(stateAfter(signedIn, ready, offered, answered, ended({ remaining: 'talking' }))).toBe('TALKING')
    expect(stateAfter(signedIn, ready, offered, answered, ended({ remaining: 'held' }))).toBe('HOLD')
  })

  test('a second call that rings and ends while the agent talks changes nothing', () => {
    const talking = after(signedIn, ready, offered, answered)
    expect(
      after(
        signedIn,
        ready,
        offered,
        answered,
        offered,
        ended({ answered: false, missed: true, remaining: 'talking' }),
      ),
    ).toEqual(talking)
  })

  test('a call is held and resumed', () => {
    expect(stateAfter(signedIn, ready, offered, answered, { kind: 'callHeld' })).toBe('HOLD')
    expect(stateAfter(signedIn, ready, offered, answered, { kind: 'callHeld' }, { kind: 'callResumed' })).toBe(
      'TALKING',
    )
  })
})

describe('what comes next', () => {
  const talking = [signedIn, ready, offered, answered]
  test('a state chosen during a call is told at once, with another revision', () => {
    const [before, chosen] = [after(...talking), after(...talking, pause)]
    expect(before.state).toMatchObject({ state: 'TALKING', next: { state: 'READY' } })
    expect(chosen.state).toMatchObject({
      state: 'TALKING',
      since: before.state.since,
      next: { state: 'NOT_READY', reason: 'lunch' },
    })
    expect(chosen.state.revision).toBeGreaterThan(before.state.revision)
    expect(after(...talking, pause, ready).state.next).toEqual({ state: 'READY' })
  })

  test('the chosen state is also told during a hold and the wrap-up, and in no other state', () => {
    expect(after(...talking, pause, { kind: 'callHeld' }).state).toMatchObject({
      state: 'HOLD',
      next: { reason: 'lunch' },
    })
    expect(after(...talking, pause, ended()).state).toMatchObject({ state: 'WORK', next: { reason: 'lunch' } })
    expect(after(...talking, pause, ended(), { kind: 'timeUp' }).state).toMatchObject({
      state: 'NOT_READY',
      reason: 'lunch',
      next: null,
    })
    expect(after(signedIn, ready).state.next).toBeNull()
  })

  test.each(['lunch', 'training', 'meeting'] as const)(
    'a call that was dialled in a break (%s) ends in that break',
    (reason) => {
      const dialled = [signedIn, { kind: 'wished', state: 'NOT_READY', reason }, answered] as const
      expect(after(...dialled).state).toMatchObject({ state: 'TALKING', next: { state: 'NOT_READY', reason } })
      expect(after(...dialled, ended(), { kind: 'wrappedUp' }).state).toMatchObject({ state: 'NOT_READY', reason })
    },
  )

  test('a wrap-up that is asked for once more gets more time, and stays the same otherwise', () => {
    const before = after(...talking, ended())
    const more = after(...talking, ended(), { kind: 'wished', state: 'WORK_READY', reason: null })
    expect(more.state).toMatchObject({
      state: 'WORK_READY',
      since: before.state.since,
      until: (before.state.until ?? 0) + rules.wrapUpMs,
      next: { state: 'READY' },
    })
    expect(more.state.revision).toBeGreaterThan(before.state.revision)
    const work = after(...talking, pause, ended(), { kind: 'wished', state: 'WORK', reason: null })
    expect(work.state.next).toEqual({ state: 'NOT_READY', reason: 'lunch' })
  })
})

describe('what an agent may ask for', () => {
  test('an agent can log out only from a pause', () => {
    expect(stateAfter(signedIn, logOut)).toBe('LOGGED_OUT')
    for (const before of [
      [signedIn, ready],
      [signedIn, ready, offered],
      [signedIn, ready, offered, answered],
      [signedIn, ready, offered, answered, ended()],
    ]) {
      expect(refusalAfter(before, logOut)).toBe('STATE_NOT_POSSIBLE')
    }
  })

  test('a pause needs a reason', () => {
    expect(refusalAfter([signedIn, ready], { kind: 'wished', state: 'NOT_READY', reason: null })).toBe('REASON_MISSING')
  })

  test('an agent cannot ask for a state that only the telephone causes', () => {
    for (const state of ['RESERVED', 'TALKING', 'HOLD', 'WORK', 'WORK_READY'] as const) {
      expect(refusalAfter([signedIn, ready], { kind: 'wished', state, reason: null })).toBe('STATE_NOT_POSSIBLE')
    }
  })

  test('an agent cannot change the state while their telephone rings', () => {
    expect(refusalAfter([signedIn, ready, offered], pause)).toBe('STATE_NOT_POSSIBLE')
  })

  test('during the wrap-up an agent chooses what follows, and the clock does not start again', () => {
    const before = after(signedIn, ready, offered, answered, ended())
    const work = after(signedIn, ready, offered, answered, ended(), { kind: 'wished', state: 'WORK', reason: null })
    expect(work.state).toMatchObject({ state: 'WORK', until: before.state.until })
    expect(
      stateAfter(
        signedIn,
        ready,
        offered,
        answered,
        ended(),
        { kind: 'wished', state: 'WORK', reason: null },
        { kind: 'wrappedUp' },
      ),
    ).toBe('NOT_READY')
  })
})

test('an agent whose workstation is gone is offered no more calls, but a running call goes on', () => {
  expect(after(signedIn, ready, { kind: 'deskGone' }).state).toMatchObject({ state: 'NOT_READY', reason: 'technical' })
  expect(stateAfter(signedIn, ready, offered, answered, { kind: 'deskGone' })).toBe('TALKING')
})

test('an agent whose workstation stays away is logged out, also from a pause, but never during a call', () => {
  expect(stateAfter(signedIn, { kind: 'deskAway' })).toBe('LOGGED_OUT')
  expect(stateAfter(signedIn, ready, { kind: 'deskGone' }, { kind: 'deskAway' })).toBe('LOGGED_OUT')
  expect(stateAfter(signedIn, ready, offered, answered, { kind: 'deskAway' })).toBe('TALKING')
})

test('an event that changes nothing keeps the revision', () => {
  const before = after(signedIn, ready)
  expect(after(signedIn, ready, ready).state.revision).toBe(before.state.revision)
  expect(after(signedIn, ready, signedIn).state.revision).toBe(before.state.revision)
})
