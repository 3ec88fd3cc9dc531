import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AgentCall, type CallEvent } from '../../../protocol/calls.ts'
import type { CallId, UserId } from '../../../protocol/scalars.ts'
import { createCallRecorder } from '../../../server/calls/call-recorder.ts'
import { foldCall, type FoldedCall } from '../../../server/calls/fold-call.ts'

const as = {
  userId: '00000000-0000-7000-8000-000000000001' as UserId,
  callId: 'c1' as CallId,
  handedOver: null,
  firstRevision: 0,
}
const event = (type: CallEvent['type'], more: Partial<CallEvent> = {}): CallEvent => ({
  provider: 'test',
  seq: 0,
  at: 1_000,
  type,
  callId: 'c1' as CallId,
  legId: 'l1',
  extension: '201',
  direction: 'in',
  from: { kind: 'number', raw: '123', name: null },
  to: null,
  forwardedBy: null,
  queue: 'sales',
  line: null,
  waitMs: 0,
  talkMs: null,
  collected: null,
  transferredFrom: null,
  outcome: null,
  synthetic: false,
  ...more,
})
const fold = (...events: CallEvent[]) =>
  events.reduce<FoldedCall | null>((before, one) => foldCall(before, one, as), null)

describe('an agent’s view of a call', () => {
  test('a ringing event that arrives twice makes one call', () => {
    expect(fold(event('ringing'), event('ringing'))?.call).toEqual(fold(event('ringing'))?.call)
  })

  test('a call on two telephones of one agent is one call, which ends when the last of them ends', () => {
    const both = [event('ringing'), event('ringing', { legId: 'l2' })]
    expect(fold(...both, event('ended', { outcome: 'answered-elsewhere' }))?.call.phase).toBe('ringing')
    expect(
      fold(...both, event('answered', { legId: 'l2' }), event('ended', { outcome: 'answered-elsewhere' }))?.call,
    ).toMatchObject({ phase: 'talking', outcome: null })
    expect(fold(...both, event('ended'), event('ended', { legId: 'l2', outcome: 'missed' }))?.call).toMatchObject({
      phase: 'ended',
      outcome: 'missed',
    })
  })

  test('a late event of a leg that has ended changes nothing', () => {
    const over = fold(event('ringing'), event('answered'), event('ended', { at: 5_000, outcome: 'completed' }))
    for (const late of ['ringing', 'answered', 'held', 'resumed', 'party-changed', 'ended'] as const)
      expect(foldCall(over, event(late, { at: 9_000 }), as)).toBe(over)
  })

  test('a withheld caller has no number in it, whatever words the telephone system uses', () => {
    for (const raw of ['Anonymous <anonymous>', 'Private Number', '私人号码', '"Anonymous" <sip:13800138000@pbx>']) {
      expect(fold(event('ringing', { from: { kind: 'number', raw, name: null } }))?.call.party).toEqual({
        kind: 'withheld',
      })
    }
    expect(
      fold(event('ringing', { from: { kind: 'number', raw: 'Li Wei <13800138000>', name: null } }))?.call.party,
    ).toEqual({ kind: 'number', raw: '13800138000', name: 'Li Wei' })
  })

  test('an end without a beginning is ignored', () => {
    expect(fold(event('ended'))).toBeNull()
  })

  test('a ringing event that arrives after the answer does not make the call ring again', () => {
    expect(fold(event('ringing'), event('answered'), event('ringing', { legId: 'l2' }))?.call.phase).toBe('talking')
  })

  test('in whatever order events arrive, what is sent is valid, revisions rise, and an ended call stays as it ended', () => {
    const types = fc.constantFrom<CallEvent['type'][]>(
      'offered',
      'ringing',
      'dialing',
      'remote-ringing',
      'agent-ready',
      'answered',
      'held',
      'resumed',
      'party-changed',
      'transferred',
      'ended',
    )
    const events = fc.array(fc.record({ type: types, legId: fc.constantFrom('l1', 'l2'), at: fc.nat(100_000) }), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(events, (histories) => {
        let before: FoldedCall | null = null
        for (const one of histories) {
          const after = foldCall(before, event(one.type, one), as)
          const revision = before?.call.revision ?? 0
          const holds =
            after === null ||
            (AgentCall.safeParse(after.call).success &&
              after.call.revision === (after.call === before?.call ? revision : revision + 1) &&
              (before?.call.phase !== 'ended' || after === before))
          if (!holds) return false
          before = after
        }
        return true
      }),
      { seed: 20_261_121, numRuns: 500 },
    )
  })
})

test('a call is recorded once, with separate wait, talk and hold times', () => {
  const record = createCallRecorder()
  const whole = { legId: 'c1', extension: null }
  const history: [CallEvent, UserId | null][] = [
    [event('offered', { ...whole, at: 0 }), null],
    [event('ringing', { at: 2_000 }), as.userId],
    [event('answered', { at: 5_000 }), as.userId],
    [event('held', { at: 10_000 }), as.userId],
    [event('resumed', { at: 14_000 }), as.userId],
    [event('ended', { at: 20_000, outcome: 'completed' }), as.userId],
  ]
  for (const [one, user] of history) expect(record.hear(one, user)).toBeNull()
  expect(record.hear(event('ended', { ...whole, at: 20_000, outcome: 'completed' }), null)).toMatchObject({
    userId: as.userId,
    waitMs: 5_000,
    talkMs: 11_000,
    holdMs: 4_000,
    outcome: 'completed',
  })
})

test('the wrap-up time of every agent of a transferred call counts, also of one who is done before it ends', () => {
  const record = createCallRecorder()
  record.hear(event('answered', { at: 1_000 }), as.userId)
  record.wrappedUp('c1', 3_000)
  record.wrappedUp('c1', 2_000)
  expect(record.goesOn('c1')).toBe(true)
  expect(record.hear(event('ended', { extension: null, at: 9_000, outcome: 'completed' }), null)).toMatchObject({
    wrapMs: 5_000,
  })
  expect(record.goesOn('c1')).toBe(false)
})

test('a call whose end was never reported is not kept for ever', () => {
  const record = createCallRecorder()
  const day = 24 * 3_600_000
  record.hear(event('ringing', { callId: 'lost' as CallId, at: 0 }), as.userId)
  record.hear(event('ringing', { callId: 'later' as CallId, at: day }), as.userId)
  expect([record.goesOn('lost'), record.goesOn('later')]).toEqual([true, true])
  record.hear(event('answered', { callId: 'later' as CallId, at: day + 1 }), as.userId)
  expect([record.goesOn('lost'), record.goesOn('later')]).toEqual([false, true])
})
