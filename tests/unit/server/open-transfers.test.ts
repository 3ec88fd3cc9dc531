import { describe, expect, test } from 'vitest'
import type { CallEvent } from '../../../protocol/calls.ts'
import type { CallId, UserId } from '../../../protocol/scalars.ts'
import { createOpenTransfers } from '../../../server/calls/open-transfers.ts'

const users = {
  101: '00000000-0000-7000-8000-000000000101' as UserId,
  102: '00000000-0000-7000-8000-000000000102' as UserId,
} as const
const userAt = (extension: string | null): UserId | null =>
  extension === '101' || extension === '102' ? users[extension] : null
const event = (type: CallEvent['type'], extension: string | null, outcome: CallEvent['outcome'] = null): CallEvent => ({
  provider: 'test',
  seq: 0,
  at: 1_000,
  type,
  callId: 'c1' as CallId,
  legId: `l${extension}`,
  extension,
  direction: 'in',
  from: null,
  to: null,
  forwardedBy: null,
  queue: null,
  line: null,
  waitMs: 0,
  talkMs: null,
  collected: null,
  transferredFrom: null,
  outcome,
  synthetic: false,
})
/** The state that the sender is told after each event, as far as it changes. */
function told(events: readonly CallEvent[], wished?: string) {
  const transfers = createOpenTransfers(userAt)
  if (wished) transfers.wished('c1' as CallId, wished)
  return events
    .flatMap((one) => transfers.hear(one, userAt(one.extension)) ?? [])
    .map(({ sender, givenTo }) => [sender, givenTo.extension, givenTo.state, givenTo.why])
}
const given = [
  event('ringing', '101'),
  event('answered', '101'),
  event('transferred', '101'),
  event('ended', '101', 'transferred'),
]
const [me] = [users[101]]

describe('a transfer', () => {
  test('that the telephone system sends back because the colleague is busy says so', () => {
    // The colleague's telephone never rings, and the transfer was made on the telephone and not in Ringside.
    expect(told([...given, event('ended', '102', 'busy'), event('ringing', '101'), event('answered', '101')])).toEqual([
      [me, '102', 'back', 'busy'],
    ])
  })

  test.each([
    ['no-answer', 'notAnswered'],
    ['missed', 'notAnswered'],
    ['rejected', 'refused'],
    ['busy', 'busy'],
  ] as const)('that ends as %s at the colleague comes back as %s', (outcome, why) => {
    expect(
      told([...given, event('ringing', '102'), event('ended', '102', outcome), event('ringing', '101')], '102'),
    ).toEqual([
      [me, '102', 'ringing', null],
      [me, '102', 'back', why],
    ])
  })

  test('that is answered is told as answered, and a later call to the sender is no return', () => {
    expect(told([...given, event('ringing', '102'), event('answered', '102'), event('ringing', '101')], '102')).toEqual(
      [
        [me, '102', 'ringing', null],
        [me, '102', 'answered', null],
      ],
    )
  })

  test('after the two agents spoke first is answered when the caller is put through', () => {
    expect(told([...given, event('party-changed', '102')])).toEqual([[me, '102', 'answered', null]])
  })

  test('whose caller hangs up before anybody answers is gone', () => {
    expect(
      told(
        [...given, event('ringing', '102'), event('ended', '102', 'missed'), event('ended', null, 'missed')],
        '102',
      ).at(-1),
    ).toEqual([me, '102', 'gone', null])
  })

  test('to a colleague who left says so, however the ringing ends', () => {
    const transfers = createOpenTransfers(userAt)
    for (const one of [...given, event('ringing', '102')]) transfers.hear(one, userAt(one.extension))
    transfers.away('c1' as CallId)
    transfers.hear(event('ended', '102', 'rejected'), userAt('102'))
    expect(transfers.hear(event('ringing', '101'), me)?.givenTo).toMatchObject({ state: 'back', why: 'away' })
  })

  test('of one call does not affect another call', () => {
    expect(told([...given, { ...event('answered', '102'), callId: 'c2' as CallId }])).toEqual([])
  })
})
