import { expect, test } from 'vitest'
import { createDesk } from '../../../main/calls/desk.ts'
import { wrapUpArgs } from '../../../main/calls/wrap-up.ts'
import type { AgentCall } from '../../../protocol/calls.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import type { CustomerId, UserId } from '../../../protocol/scalars.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'

const userId = crypto.randomUUID() as UserId
const customerId = crypto.randomUUID() as CustomerId
const taskId = crypto.randomUUID()
const call = (fields: Partial<AgentCall> = {}): AgentCall =>
  ({
    callId: `c-${crypto.randomUUID()}` as AgentCall['callId'],
    revision: 1,
    userId,
    direction: 'out',
    phase: 'dialing',
    party: { kind: 'number', raw: '+8613800138000', name: null },
    line: null,
    queue: null,
    waitMs: null,
    collected: null,
    forwardedBy: null,
    offeredAt: 1000,
    answeredAt: null,
    endedAt: null,
    talkMs: null,
    outcome: null,
    handedOver: null,
    ...fields,
  }) as AgentCall

/** A workstation whose reader finds two customers under every number. */
function desk() {
  let now = 1000
  const made = createDesk({
    reader: {
      pop: async ({
        call: one,
        draft,
        local,
        enriched,
        pickedCustomerId,
      }: {
        call: AgentCall
        draft: DeskCall['draft']
        local: boolean
        enriched: boolean
        pickedCustomerId: CustomerId | null
      }) => ({
        desk: {
          call: one,
          number: { kind: 'number', raw: '+8613800138000', e164: '+8613800138000' },
          match: { kind: 'several', candidates: [] },
          customerId: pickedCustomerId,
          draft,
          local,
          enriched,
        },
        record: null,
      }),
    },
    writer: { storeDeskCall: async () => undefined, removeDeskCall: async () => undefined },
    log: { info: () => undefined, error: () => undefined },
    now: () => now,
    newId: () => crypto.randomUUID(),
    place: () => ({ timeZone: 'UTC', currency: 'CNY', country: 'CN' }),
    userId: () => userId,
    done: [],
    publish: () => undefined,
    onChanged: () => undefined,
    onMissed: () => undefined,
    onUnread: () => undefined,
  } as never)
  return {
    desk: made,
    later: (ms: number) => {
      now += ms
    },
  }
}

test('a call that was dialled from a row opens the row’s customer, and knows its task', async () => {
  const { desk: at } = desk()
  at.expectDialled({ number: '+8613800138000', customerId, taskId })
  const dialled = call()
  await at.take(dialled)
  expect(at.find(dialled.callId)).toMatchObject({ customerId, taskId })
  // What was dialled counts once: the next call to the same number is another one.
  const next = call()
  await at.take(next)
  expect(at.find(next.callId)).toMatchObject({ customerId: null })
  // Later reports about the call change neither.
  await at.take({ ...dialled, revision: 2, phase: 'talking', answeredAt: 2000 })
  expect(at.find(dialled.callId)).toMatchObject({ customerId, taskId, call: { phase: 'talking' } })
})

test.each([
  ['came in', call({ direction: 'in', phase: 'ringing' }), 0],
  ['goes to another number', call({ party: { kind: 'number', raw: '+8613900139000', name: null } }), 0],
  ['came long after', call(), 60_000],
])('a call that %s is not the one that was dialled', async (_, other, waited) => {
  const { desk: at, later } = desk()
  at.expectDialled({ number: '+8613800138000', customerId, taskId })
  later(waited)
  await at.take(other)
  expect(at.find(other.callId)).toMatchObject({ customerId: null })
})

test('a call that was dialled and hung up before anyone answered stays, to be wrapped up as "no answer"', async () => {
  const { desk: at } = desk()
  at.expectDialled({ number: '+8613800138000', customerId, taskId })
  const dialled = call()
  await at.take(dialled)
  await at.take({ ...dialled, revision: 2, phase: 'ended', endedAt: 5000, talkMs: 0, outcome: 'no-answer' })
  const [tab, ...others] = at.calls()
  expect(others).toEqual([])
  expect(tab).toMatchObject({ customerId, taskId, call: { phase: 'ended' } })
  // Where the server tells of the call late, after a lost connection, it is shown as well; a call that was wrapped up
  // here does not come back.
  const late = call({ phase: 'ended', endedAt: 5000, talkMs: 0, outcome: 'busy' })
  await at.take(late)
  expect(at.find(late.callId)).not.toBeNull()
  at.remove(dialled.callId)
  await at.take({ ...dialled, revision: 3, phase: 'ended', endedAt: 5000, talkMs: 0 })
  expect(at.find(dialled.callId)).toBeNull()
  const result = wrapUpArgs(tab!.draft, tab!, userId, 10_000, false)
  expect(result).toMatchObject({
    ok: true,
    value: { outcome: 'noAnswer', customerId, direction: 'out', finishesTaskId: null },
  })
})

test('an incoming call that stopped ringing leaves no tab', async () => {
  const { desk: at } = desk()
  const rang = call({ direction: 'in', phase: 'ringing' })
  await at.take(rang)
  await at.take({ ...rang, revision: 2, phase: 'ended', endedAt: 5000, talkMs: 0, outcome: 'answered-elsewhere' })
  expect(at.calls()).toEqual([])
})

const wrapped = (outcome: DeskCall['draft']['content']['outcome'], talkMs: number | null) => {
  const ended = call({ phase: 'ended', endedAt: 9000, talkMs, answeredAt: talkMs === null ? null : 2000 })
  const draft: DeskCall['draft'] = {
    key: ended.callId,
    interactionId: crypto.randomUUID(),
    callId: ended.callId,
    customerId,
    openedAt: 1000,
    savedAt: 1,
    content: { ...emptyDraft, note: 'x', outcome },
  }
  const shown = {
    call: ended,
    number: { kind: 'number', raw: '13800138000', e164: '+8613800138000' },
    match: { kind: 'one', customerId, candidates: [] },
    customerId,
    draft,
    local: false,
    enriched: false,
    taskId,
  } as unknown as DeskCall
  const result = wrapUpArgs(draft, shown, userId, 10_000, false)
  return result.ok ? result.value.finishesTaskId : result.error
}

test.each([
  ['resolved', null, taskId],
  ['resolved', 60_000, taskId],
  ['answered', 60_000, taskId],
  [null, 60_000, taskId],
  ['noAnswer', 4000, null],
  ['wrongNumber', 4000, null],
  ['noAnswer', null, null],
  [null, null, null],
] as const)('after a wrap-up as %s with %s ms of talk the callback is settled: %s', (outcome, talkMs, settled) => {
  expect(wrapped(outcome, talkMs)).toBe(settled)
})

test('a promised callback keeps the number that the customer called from', () => {
  const incoming = call({ direction: 'in', phase: 'ended', endedAt: 9000, talkMs: 5000 })
  const draft: DeskCall['draft'] = {
    key: incoming.callId,
    interactionId: crypto.randomUUID(),
    callId: incoming.callId,
    customerId,
    openedAt: 1000,
    savedAt: 1,
    content: { ...emptyDraft, note: 'x', callbackText: '10:00', callbackAt: 50_000, nextStep: 'callback' },
  }
  const shown = {
    call: incoming,
    number: { kind: 'number', raw: '13900139000', e164: '+8613900139000' },
    match: { kind: 'one', customerId, candidates: [] },
    customerId,
    draft,
    local: false,
    enriched: false,
  } as unknown as DeskCall
  const result = wrapUpArgs(draft, shown, userId, 10_000, false)
  expect(result).toMatchObject({
    ok: true,
    value: { followUp: { callbackNumber: '+8613900139000' }, finishesTaskId: null },
  })
})
