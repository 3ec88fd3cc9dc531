import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallId } from '../../../protocol/scalars.ts'
import { AgentStatesReply } from '../../../protocol/wire.ts'
import { insertRow } from '../../../server/db/rows.ts'
import { eraseCustomer } from '../../../server/erasure/erase-customer.ts'
import type { PlannedCall } from '../../../server/telephony/call-plan.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tableDump } from '../../support/table-dump.ts'
import { addUser } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.ts'
import { connectWorkstation, signInAs, type WorkstationClient } from '../../support/workstation-client.ts'
import { createTestDatabase } from '../../support/test-database.ts'

const caller = (more: Partial<PlannedCall> = {}): PlannedCall => ({
  afterMs: 5_000,
  from: { kind: 'number', raw: '02161234567', name: null },
  line: '+862150001000',
  queue: 'sales',
  patienceMs: 90_000,
  serviceMs: null,
  collected: null,
  name: 'test',
  ...more,
})

let server: TestServer
let clock: VirtualClock
let open: WorkstationClient[]

beforeEach(() => {
  open = []
})
afterEach(async () => {
  for (const desk of open) desk.close()
  await server.remove()
})

/**
 * Starts a server with two agents at extensions 201 and 202. It plays this plan, and its clock moves only when the test
 * moves it.
 */
async function center(plan: PlannedCall[]): Promise<void> {
  clock = createVirtualClock()
  const database = await createTestDatabase()
  await addUser(database.pool, 'ana', { extension: '201' })
  await addUser(database.pool, 'bo', { extension: '202' })
  server = await startTestServer({ plan, clock }, database)
}

async function desk(login: string): Promise<WorkstationClient> {
  const connected = await connectWorkstation(server.url, await signInAs(server.url, login))
  open.push(connected)
  return connected
}
async function readyDesk(login: string): Promise<WorkstationClient> {
  const connected = await desk(login)
  expect(await connected.ask('setAgentState', { state: 'READY', reason: null })).toMatchObject({
    ok: true,
    value: { state: 'READY' },
  })
  return connected
}
/** Moves the clock in small steps, so that the effects of one step are there before the next. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    clock.advance(Math.min(500, left))
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}
const phase = (one: WorkstationClient, wanted: string) =>
  one.until(() => one.calls.findLast((call) => call.phase === wanted), `a call that is ${wanted}`)
const state = (one: WorkstationClient, wanted: string) =>
  one.until(() => (one.states.at(-1)?.state === wanted ? one.states.at(-1) : undefined), `the state ${wanted}`)

test('a call rings, is answered, held, ended and wrapped up, and the agent is ready again', async () => {
  await center([caller()])
  const ana = await readyDesk('ana')
  await pass(3_000)
  const ringing = await phase(ana, 'ringing')
  expect(ringing).toMatchObject({
    party: { kind: 'number', raw: '02161234567' },
    queue: 'sales',
    line: '+862150001000',
    direction: 'in',
  })
  await state(ana, 'RESERVED')
  expect(await ana.ask('callControl', { action: 'answer', callId: ringing.callId })).toEqual({ ok: true, value: null })
  await phase(ana, 'talking')
  await ana.ask('callControl', { action: 'hold', callId: ringing.callId })
  await state(ana, 'HOLD')
  await pass(10_000)
  await ana.ask('callControl', { action: 'resume', callId: ringing.callId })
  await pass(20_000)
  await ana.ask('callControl', { action: 'hangup', callId: ringing.callId })
  expect(await phase(ana, 'ended')).toMatchObject({ outcome: 'completed', talkMs: 30_000 })
  expect((await state(ana, 'WORK_READY')).until).toBe(clock.now() + 120_000)
  await pass(7_000)
  expect(await ana.ask('wrapUpDone', { callId: ringing.callId })).toEqual({ ok: true, value: null })
  await state(ana, 'READY')
  await server.stop()
  const { rows } = await server.database.pool.query(
    'select user_id, wait_ms, talk_ms, hold_ms, wrap_ms, outcome from call_log',
  )
  expect(rows).toEqual([
    {
      user_id: ana.welcome.identity?.userId,
      wait_ms: expect.any(Number),
      talk_ms: 20_000,
      hold_ms: 10_000,
      wrap_ms: 7_000,
      outcome: 'completed',
    },
  ])
})

test('the server ends the wrap-up when its time is over', async () => {
  await center([caller({ serviceMs: 5_000 })])
  const ana = await readyDesk('ana')
  await pass(3_000)
  await ana.ask('callControl', { action: 'answer', callId: (await phase(ana, 'ringing')).callId })
  await pass(6_000)
  await state(ana, 'WORK_READY')
  await pass(120_000)
  await state(ana, 'READY')
})

test('an agent who does not answer is taken out of the queue and the call goes to the next agent', async () => {
  await center([caller({ patienceMs: 90_000 })])
  const ana = await readyDesk('ana')
  await pass(100)
  const bo = await readyDesk('bo')
  await pass(3_000)
  const { callId } = await phase(ana, 'ringing')
  await pass(31_000)
  expect((await state(ana, 'NOT_READY')).reason).toBe('missedCall')
  expect(await phase(ana, 'ended')).toMatchObject({ callId, outcome: 'no-answer' })
  expect((await phase(bo, 'ringing')).callId).toBe(callId)
})

test('a transfer carries the note, and if the call comes back it is another call for the agent who had ended it', async () => {
  await center([caller()])
  const [ana, bo] = [await readyDesk('ana'), await desk('bo')]
  await pass(3_000)
  const { callId } = await phase(ana, 'ringing')
  await ana.ask('callControl', { action: 'answer', callId })
  expect(
    await ana.ask('callControl', {
      action: 'transfer',
      callId,
      toExtension: '202',
      customerId: null,
      note: 'asks about the lamp',
    }),
  ).toEqual({ ok: true, value: null })
  const atBo = await phase(bo, 'ringing')
  expect(atBo).toMatchObject({
    callId,
    handedOver: { fromUserId: ana.welcome.identity?.userId, note: 'asks about the lamp' },
  })
  await phase(ana, 'ended')
  await bo.ask('callControl', { action: 'answer', callId })
  await bo.ask('callControl', { action: 'transfer', callId, toExtension: '201', customerId: null, note: 'back' })
  const back = await ana.until(() => ana.calls.find((call) => call.callId !== callId), 'the call that came back')
  expect(back).toMatchObject({ phase: 'ringing', handedOver: { note: 'back' } })
  expect(await ana.ask('callControl', { action: 'answer', callId: back.callId })).toEqual({ ok: true, value: null })
})

/** One agent answers and gives the call to bo, with a note about a customer. */
async function handOver() {
  await center([caller()])
  const { pool } = server.database
  const customer = { ...entityExamples.customer(), organisationId: null }
  await insertRow(pool, 'customer', customer)
  const [ana, bo] = [await readyDesk('ana'), await desk('bo')]
  await pass(3_000)
  const { callId } = await phase(ana, 'ringing')
  await ana.ask('callControl', { action: 'answer', callId })
  await ana.ask('callControl', {
    action: 'transfer',
    callId,
    toExtension: '202',
    customerId: customer.id,
    note: 'zzcanary',
  })
  return { pool, customer, bo, callId }
}

test('a note that was handed over with a call disappears when its customer is erased, at the workstation and in the database', async () => {
  const { pool, customer, bo, callId } = await handOver()
  expect((await phase(bo, 'ringing')).handedOver?.note).toBe('zzcanary')
  const held = async () =>
    (await tableDump(pool)).filter(({ text }) => text.includes('zzcanary')).map(({ table }) => table)
  while ((await held()).length === 0)
    await new Promise((resolve) => {
      setTimeout(resolve, 10)
    })

  await eraseCustomer(pool, { customerId: customer.id, reason: 'r', by: null, now: Date.now() })
  expect(await held()).toEqual([])
  expect(
    await bo.until(() => bo.calls.find((call) => call.handedOver === null), 'the call without its words'),
  ).toMatchObject({ callId, phase: 'ringing' })
  // The copy in the node's memory is not written back.
  await bo.ask('callControl', { action: 'answer', callId })
  await phase(bo, 'talking')
  expect(await held()).toEqual([])
})

test('a note that was written back while its customer was erased is not read by the next node that has the telephones', async () => {
  const { pool, customer, bo, callId } = await handOver()
  await bo.ask('callControl', { action: 'answer', callId: (await phase(bo, 'ringing')).callId })
  await server.stop()
  const { rows: late } = await pool.query<{ user_id: string; call: unknown }>(
    `select user_id, call from agent_call where call #>> '{handedOver,note}' = 'zzcanary'`,
  )
  await eraseCustomer(pool, { customerId: customer.id, reason: 'r', by: null, now: Date.now() })
  await pool.query('update agent_call set call = $2 where user_id = $1', [late[0]?.user_id, late[0]?.call])
  await server.restart()
  expect(await phase(await desk('bo'), 'ended')).toMatchObject({ callId, handedOver: null })
  expect((await tableDump(pool)).filter(({ text }) => text.includes('zzcanary'))).toEqual([])
})

test('a workstation that connects is told the present calls and the present state', async () => {
  await center([caller()])
  const ana = await readyDesk('ana')
  await pass(3_000)
  const { callId } = await phase(ana, 'ringing')
  await ana.ask('callControl', { action: 'answer', callId })
  const second = await desk('ana')
  expect(await phase(second, 'talking')).toMatchObject({ callId })
  await state(second, 'TALKING')
})

test('if a workstation stays away, its agent is taken out of the queue and finally logged out; if it comes back, the agent is not', async () => {
  await center([])
  const ana = await readyDesk('ana')
  ana.close()
  await new Promise((resolve) => {
    setTimeout(resolve, 100)
  })
  await pass(5_000)
  const again = await desk('ana')
  await state(again, 'READY')
  again.close()
  await new Promise((resolve) => {
    setTimeout(resolve, 100)
  })
  await pass(30_000)
  const late = await desk('ana')
  expect((await state(late, 'NOT_READY')).reason).toBe('technical')
  late.close()
  await new Promise((resolve) => {
    setTimeout(resolve, 100)
  })
  await pass(30_000)
  clock.advance(9 * 60_000)
  const sameDay = await desk('ana')
  expect((await state(sameDay, 'NOT_READY')).reason).toBe('technical')
  sameDay.close()
  await new Promise((resolve) => {
    setTimeout(resolve, 100)
  })
  await pass(30_000)
  clock.advance(11 * 60_000)
  // The agent connects again and was logged out meanwhile.
  expect((await state(await desk('ana'), 'NOT_READY')).reason).toBe('signedIn')
})

test('an agent whose workstation disappears in the middle of a call is logged out after it, and is not ready again', async () => {
  await center([caller({ serviceMs: 30_000 })])
  const ana = await readyDesk('ana')
  await pass(3_000)
  const { callId } = await phase(ana, 'ringing')
  await ana.ask('callControl', { action: 'answer', callId })
  await phase(ana, 'talking')
  ana.close()
  await new Promise((resolve) => {
    setTimeout(resolve, 100)
  })
  await pass(60_000)
  // The wrap-up time is over too; without the log-out an agent who was ready before the call would be ready again.
  for (let minutes = 0; minutes < 25; minutes += 5) {
    clock.advance(5 * 60_000)
    await pass(500)
  }
  expect((await state(await desk('ana'), 'NOT_READY')).reason).toBe('signedIn')
})

test('no agent controls another agent’s call', async () => {
  await center([caller()])
  const [ana, bo] = [await readyDesk('ana'), await desk('bo')]
  await pass(3_000)
  const { callId } = await phase(ana, 'ringing')
  for (const action of ['answer', 'hold', 'resume', 'hangup'] as const) {
    expect(await bo.ask('callControl', { action, callId })).toMatchObject({
      ok: false,
      error: { code: 'CALL_UNKNOWN' },
    })
  }
  expect(await ana.ask('callControl', { action: 'answer', callId: 'made-up' as CallId })).toMatchObject({
    ok: false,
    error: { code: 'CALL_UNKNOWN' },
  })
  expect(bo.calls).toEqual([])
})

test('a workstation that asks to dial anything but a number is refused with a reason, and a number is dialled in its digits alone', async () => {
  await center([])
  const ana = await readyDesk('ana')
  for (const number of ['123\r\nAction: Originate', '*21*13900139000#', 'PJSIP/8001', 'anonymous']) {
    expect([number, await ana.ask('callControl', { action: 'dial', number })]).toMatchObject([
      number,
      { ok: false, error: { code: 'NUMBER_UNUSABLE' } },
    ])
  }
  expect(ana.calls).toEqual([])
  expect(await ana.ask('callControl', { action: 'dial', number: 'tel:+86-138-0013-8000' })).toMatchObject({ ok: true })
  expect((await phase(ana, 'dialing')).party).toEqual({ kind: 'number', raw: '+8613800138000', name: null })
})

test('after a restart the earlier calls are over and the states are as they were', async () => {
  await center([caller()])
  const ana = await readyDesk('ana')
  await pass(3_000)
  const { callId } = await phase(ana, 'ringing')
  await ana.ask('callControl', { action: 'answer', callId })
  await server.stop()
  await server.restart()
  const again = await desk('ana')
  expect(await phase(again, 'ended')).toMatchObject({ callId, outcome: 'unknown' })
  await state(again, 'WORK_READY')
})

test('a caller who withholds the number becomes a party without any number', async () => {
  await center([caller({ from: { kind: 'withheld' } })])
  const ana = await readyDesk('ana')
  await pass(3_000)
  expect((await phase(ana, 'ringing')).party).toEqual({ kind: 'withheld' })
})

test('no number of a caller is ever logged', async () => {
  await center([caller({ from: { kind: 'number', raw: '13012345678', name: null } })])
  const ana = await readyDesk('ana')
  await pass(3_000)
  await ana.ask('callControl', { action: 'answer', callId: (await phase(ana, 'ringing')).callId })
  await ana.ask('lookup', { callId: null, e164: '+8613012345678', nationalKey: 'CN:13012345678' })
  await server.stop()
  expect(server.logged.join('')).not.toContain('13012345678')
})

test('every signed-in user sees the colleagues’ states, and nobody else does', async () => {
  await center([caller()])
  const ana = await readyDesk('ana')
  const bo = await desk('bo')
  await bo.ask('setAgentState', { state: 'NOT_READY', reason: 'lunch' })
  await pass(3_000)
  await phase(ana, 'ringing')
  const { sessionToken } = await signInAs(server.url, 'bo')
  const ask = (token: string) => fetch(`${server.url}/api/agents`, { headers: { authorization: `Bearer ${token}` } })
  const told = async () => AgentStatesReply.parse(await (await ask(sessionToken)).json())
  const reserved = await state(ana, 'RESERVED')
  const lunch = { userId: bo.welcome.identity?.userId, state: 'NOT_READY', reason: 'lunch' }
  await expect
    .poll(told)
    .toMatchObject({ ok: true, value: expect.arrayContaining([reserved, expect.objectContaining(lunch)]) })
  await server.database.pool.query('update app_user set active = false where login = $1', ['ana'])
  expect(await told()).toMatchObject({ ok: true, value: [lunch] })
  const stranger = await ask('x'.repeat(40))
  expect([stranger.status, await stranger.json()]).toMatchObject([401, { ok: false, error: { code: 'NOT_SIGNED_IN' } }])
})

describe('a transfer that nobody takes', () => {
  const transfer = async (leave: (bo: WorkstationClient, callId: CallId) => Promise<void>) => {
    await center([caller()])
    const [ana, bo] = [await readyDesk('ana'), await desk('bo')]
    await pass(9_000)
    const { callId } = await phase(ana, 'ringing')
    await ana.ask('callControl', { action: 'answer', callId })
    const { waitMs } = await phase(ana, 'talking')
    await pass(60_000)
    expect(
      await ana.ask('callControl', {
        action: 'transfer',
        callId,
        toExtension: '202',
        customerId: null,
        note: 'asks about the lamp',
      }),
    ).toEqual({ ok: true, value: null })
    expect(await phase(ana, 'ended')).toMatchObject({
      outcome: 'transferred',
      givenTo: { extension: '202', userId: bo.welcome.identity?.userId, state: 'ringing', why: null },
    })
    await phase(bo, 'ringing')
    await pass(5_000)
    await leave(bo, callId)
    const back = await ana.until(
      () => ana.calls.find((call) => call.givenTo?.state === 'back'),
      'the call that comes back',
    )
    return { ana, bo, callId, back, waitedFirst: waitMs ?? 0 }
  }

  test.each([
    [
      'notAnswered',
      async () => {
        await pass(26_000)
      },
    ],
    [
      'refused',
      async (bo: WorkstationClient, callId: CallId) => {
        await bo.ask('callControl', { action: 'hangup', callId })
      },
    ],
    [
      'away',
      async (bo: WorkstationClient) => {
        bo.close()
        await pass(100)
        await new Promise((resolve) => {
          setTimeout(resolve, 200)
        })
      },
    ],
    [
      'away',
      async (bo: WorkstationClient) => {
        await bo.ask('setAgentState', { state: 'LOGGED_OUT', reason: null })
      },
    ],
  ] as const)(
    'rings again at once at the agent who gave it away, as the same call, with the reason: %s',
    async (why, leave) => {
      const { ana, bo, callId, back, waitedFirst } = await transfer(leave)
      expect(back).toMatchObject({
        callId,
        phase: 'ringing',
        outcome: null,
        endedAt: null,
        givenTo: { userId: bo.welcome.identity?.userId, state: 'back', why },
      })
      // The talk does not count as waiting; the ringing at the other telephone does.
      expect(back.waitMs).toBeGreaterThanOrEqual(waitedFirst + 5_000)
      expect(back.waitMs).toBeLessThan(waitedFirst + 40_000)
      expect(await ana.ask('callControl', { action: 'answer', callId })).toEqual({ ok: true, value: null })
      expect(await phase(ana, 'talking')).toMatchObject({ callId })
      await state(ana, 'TALKING')
      await ana.ask('callControl', { action: 'hangup', callId })
      expect(await phase(ana, 'ended')).toMatchObject({ callId, outcome: 'completed' })
    },
  )

  test('leaves a trace at the agent who did not answer it, and the sender sees where the call is until somebody answers', async () => {
    const { bo, callId } = await transfer(async () => {
      await pass(26_000)
    })
    expect(await phase(bo, 'ended')).toMatchObject({ callId, outcome: 'no-answer', missed: { interactionId: null } })
  })

  test('comes back as another call to an agent who has wrapped it up already', async () => {
    const { callId, back } = await transferWrappedUp()
    expect(back.callId).not.toBe(callId)
    expect(back).toMatchObject({
      phase: 'ringing',
      givenTo: { state: 'back' },
      handedOver: { note: 'asks about the lamp' },
    })
  })
  async function transferWrappedUp() {
    await center([caller()])
    const [ana, bo] = [await readyDesk('ana'), await desk('bo')]
    await pass(3_000)
    const { callId } = await phase(ana, 'ringing')
    await ana.ask('callControl', { action: 'answer', callId })
    await ana.ask('callControl', {
      action: 'transfer',
      callId,
      toExtension: '202',
      customerId: null,
      note: 'asks about the lamp',
    })
    await phase(bo, 'ringing')
    expect(await ana.ask('wrapUpDone', { callId })).toEqual({ ok: true, value: null })
    await pass(31_000)
    return {
      callId,
      back: await ana.until(() => ana.calls.find((call) => call.callId !== callId), 'the call that comes back'),
    }
  }

  test('is refused if nobody is signed in at the extension, and the caller stays', async () => {
    await center([caller()])
    const ana = await readyDesk('ana')
    await pass(3_000)
    const { callId } = await phase(ana, 'ringing')
    await ana.ask('callControl', { action: 'answer', callId })
    expect(
      await ana.ask('callControl', { action: 'transfer', callId, toExtension: '202', customerId: null, note: '' }),
    ).toEqual({
      ok: false,
      error: { code: 'CALL_ACTION_REFUSED', params: { reason: 'nobodyThere', extension: '202' } },
    })
    expect(ana.calls.at(-1)?.phase).toBe('talking')
  })

  test('an answered transfer says so at the sender, even while the sender wraps up', async () => {
    await center([caller()])
    const [ana, bo] = [await readyDesk('ana'), await desk('bo')]
    await pass(3_000)
    const { callId } = await phase(ana, 'ringing')
    await ana.ask('callControl', { action: 'answer', callId })
    await ana.ask('callControl', { action: 'transfer', callId, toExtension: '202', customerId: null, note: '' })
    await phase(bo, 'ringing')
    await bo.ask('callControl', { action: 'answer', callId })
    expect(
      await ana.until(() => ana.calls.find((call) => call.givenTo?.state === 'answered'), 'the answer'),
    ).toMatchObject({ phase: 'ended', outcome: 'transferred' })
  })
})

describe('a call that nobody answers', () => {
  const customerWith = async (e164: string) => {
    const customer = { ...entityExamples.customer(), organisationId: null }
    await insertRow(server.database.pool, 'customer', customer)
    await insertRow(server.database.pool, 'contactPoint', {
      ...entityExamples.contactPoint(),
      customerId: customer.id,
      raw: e164,
      e164,
      nationalKey: `CN:${e164.slice(3)}`,
    })
    return customer
  }
  const entries = async (customerId: string) =>
    (
      await server.database.pool.query<object>(
        'select user_id, call_id, direction, channel, outcome, note, wait_ms from interaction where customer_id = $1',
        [customerId],
      )
    ).rows

  test('leaves one entry with its customer, at however many agents it rang, and tells each of them', async () => {
    await center([caller({ from: { kind: 'number', raw: '13912345678', name: null }, patienceMs: 40_000 })])
    const customer = await customerWith('+8613912345678')
    const ana = await readyDesk('ana')
    await pass(100)
    const bo = await readyDesk('bo')
    await pass(2_500)
    const { callId } = await phase(ana, 'ringing')
    await pass(31_000)
    await phase(bo, 'ringing')
    await pass(10_000)
    const missedAt = async (one: WorkstationClient) =>
      one.until(() => one.calls.find((call) => call.missed !== null), 'the missed call')
    const [atAna, atBo] = [await missedAt(ana), await missedAt(bo)]
    expect([atAna, atBo]).toMatchObject([
      { callId, phase: 'ended', answeredAt: null },
      { callId, phase: 'ended', answeredAt: null },
    ])
    expect(atAna.missed).toEqual(atBo.missed)
    await expect.poll(() => entries(customer.id)).toHaveLength(1)
    expect(await entries(customer.id)).toMatchObject([
      { user_id: null, call_id: callId, direction: 'in', channel: 'phone', outcome: 'abandoned', note: '' },
    ])
    // A workstation that was away is told when it connects.
    expect(await missedAt(await desk('bo'))).toMatchObject({ callId })
  })

  test('is missed by nobody if a colleague answers it', async () => {
    await center([
      caller({ from: { kind: 'number', raw: '13912345678', name: null }, patienceMs: 90_000, serviceMs: 5_000 }),
    ])
    const customer = await customerWith('+8613912345678')
    const ana = await readyDesk('ana')
    await pass(100)
    const bo = await readyDesk('bo')
    await pass(2_500)
    const { callId } = await phase(ana, 'ringing')
    await pass(31_000)
    await phase(bo, 'ringing')
    await bo.ask('callControl', { action: 'answer', callId })
    await pass(6_000)
    await phase(bo, 'ended')
    await server.stop()
    expect(ana.calls.filter((call) => call.missed !== null)).toEqual([])
    expect(await entries(customer.id)).toEqual([])
  })
})

test('no call of a queue rings at an agent on a break who is on a call that they dialled', async () => {
  await center([caller({ patienceMs: 300_000 })])
  const ana = await desk('ana')
  await ana.ask('setAgentState', { state: 'NOT_READY', reason: 'lunch' })
  expect(await ana.ask('callControl', { action: 'dial', number: '13800138000' })).toEqual({ ok: true, value: null })
  await pass(5_000)
  expect(await state(ana, 'TALKING')).toMatchObject({ next: { state: 'NOT_READY', reason: 'lunch' } })
  // Another agent is ready for a moment, so that the caller is let in and waits.
  const bo = await readyDesk('bo')
  await pass(3_000)
  const { callId } = await phase(bo, 'ringing')
  await pass(60_000)
  const dialled = await phase(ana, 'talking')
  await ana.ask('callControl', { action: 'hangup', callId: dialled.callId })
  await pass(2_000)
  await ana.ask('wrapUpDone', { callId: dialled.callId })
  expect(await state(ana, 'NOT_READY')).toMatchObject({ reason: 'lunch' })
  await pass(30_000)
  expect(ana.calls.filter((call) => call.callId === callId)).toEqual([])
})

test('if an agent chooses a break while a second call rings, that call goes to another agent', async () => {
  await center([caller({ patienceMs: 300_000 }), caller({ afterMs: 6_000, patienceMs: 300_000 })])
  const ana = await readyDesk('ana')
  await pass(3_000)
  const { callId } = await phase(ana, 'ringing')
  await ana.ask('callControl', { action: 'answer', callId })
  await pass(40_000)
  const second = await ana.until(
    () => ana.calls.find((call) => call.callId !== callId && call.phase === 'ringing'),
    'the second call',
  )
  await ana.ask('setAgentState', { state: 'NOT_READY', reason: 'lunch' })
  expect(
    await ana.until(
      () => ana.states.find((one) => one.state === 'TALKING' && one.next?.state === 'NOT_READY'),
      'what follows',
    ),
  ).toMatchObject({ next: { reason: 'lunch' } })
  expect(
    await ana.until(
      () => ana.calls.find((call) => call.callId === second.callId && call.phase === 'ended'),
      'the end of the ringing',
    ),
  ).toMatchObject({ missed: null })
})
