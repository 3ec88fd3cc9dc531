import { describe, expect, test } from 'vitest'
import type { CallEvent } from '../../../protocol/calls.ts'
import type { PlannedCall } from '../../../server/telephony/call-plan.ts'
import { createSimulatedPbx, type SimulatedPbxOptions } from '../../../server/telephony/simulated-pbx/simulated-pbx.ts'
import { connectorContract } from '../../support/connector-contract.ts'
import { createVirtualClock } from '../../support/virtual-clock.ts'
import { there } from '../../support/there.ts'

const caller = (more: Partial<PlannedCall> = {}): PlannedCall => ({
  afterMs: 0,
  from: { kind: 'number', raw: '02161234567', name: null },
  line: '+862150001000',
  queue: 'sales',
  patienceMs: 60_000,
  serviceMs: null,
  collected: null,
  name: 'test',
  ...more,
})

const settle = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve)
  })

/** A plan to which a test adds calls while it is played. */
function livePlan() {
  const waiting: PlannedCall[] = []
  let wake = () => undefined as void
  async function* plan() {
    for (;;) {
      const next = waiting.shift()
      if (next) yield next
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  }
  return {
    plan: plan(),
    add: (call: PlannedCall) => {
      waiting.push(call)
      wake()
    },
  }
}

function bench(plan: SimulatedPbxOptions['plan'], more: Partial<SimulatedPbxOptions> = {}) {
  const clock = createVirtualClock()
  const events: CallEvent[] = []
  const connector = createSimulatedPbx({
    plan,
    clock,
    runId: 'test',
    knowsExtension: (extension) => ['201', '202', '203'].includes(extension),
    firstAfterMs: 0,
    ...more,
  })
  return {
    clock,
    events,
    connector,
    start: () =>
      connector.start((event) => {
        events.push(event)
      }),
    pass: async (ms: number) => {
      await settle()
      for (let left = ms; left > 0; left -= 100) {
        clock.advance(Math.min(100, left))
        await settle()
      }
    },
    legs: (type: CallEvent['type']) =>
      events.filter((event) => event.type === type && event.extension !== null).map((event) => event.extension),
  }
}

describe('the simulated telephone system keeps the contract of a connector', () => {
  connectorContract(async () => {
    const { plan, add } = livePlan()
    const made = bench(plan)
    return {
      connector: made.connector,
      pass: made.pass,
      callIn: (raw) => {
        add(caller({ from: raw === null ? { kind: 'withheld' } : { kind: 'number', raw, name: null } }))
      },
    }
  })
})

test('nobody calls before an agent is ready', async () => {
  const pbx = bench([caller()])
  await pbx.start()
  await pbx.pass(10_000)
  expect(pbx.events.map((event) => event.type)).toEqual(['provider-up'])
  pbx.connector.readyChanged(['201'], [])
  await pbx.pass(1_000)
  expect(pbx.legs('ringing')).toEqual(['201'])
})

test('a caller whose patience ends hangs up, wherever the call rings', async () => {
  const pbx = bench([caller({ patienceMs: 12_000 })])
  await pbx.start()
  pbx.connector.readyChanged(['201'], [])
  await pbx.pass(13_000)
  const ended = pbx.events.filter((event) => event.type === 'ended')
  expect(ended.map((event) => [event.extension, event.outcome, event.waitMs])).toEqual([
    ['201', 'missed', 12_000],
    [null, 'missed', 12_000],
  ])
})

test('a call whose caller hangs up rings nowhere else, also where an agent becomes ready at that moment', async () => {
  const pbx = bench([caller({ patienceMs: 6_000 })])
  await pbx.connector.start((event) => {
    pbx.events.push(event)
    if (event.type === 'ringing') pbx.connector.readyChanged([], [])
    if (event.type === 'ended' && event.extension !== null) pbx.connector.readyChanged(['201'], [])
  })
  pbx.connector.readyChanged(['201'], [])
  await pbx.pass(30_000)
  expect(pbx.legs('ringing')).toEqual(['201'])
})

test('with ring all, the first agent who answers gets the call and the others are told so', async () => {
  const pbx = bench([caller()], { distribution: 'ringAll' })
  await pbx.start()
  pbx.connector.readyChanged(['201', '202', '203'], [])
  await pbx.pass(1_000)
  expect(pbx.legs('ringing')).toEqual(['201', '202', '203'])
  const { callId } = there(pbx.events.at(-1), 'nothing rang')
  await pbx.connector.control('202', { action: 'answer', callId })
  expect(pbx.events.filter((event) => event.type === 'ended').map((event) => [event.extension, event.outcome])).toEqual(
    [
      ['201', 'answered-elsewhere'],
      ['203', 'answered-elsewhere'],
    ],
  )
  expect(await pbx.connector.control('201', { action: 'answer', callId })).toMatchObject({ ok: false })
})

test('the agent who was free longest rings, and one who does not answer is passed over', async () => {
  const pbx = bench([caller({ patienceMs: 100_000 })], { ringTimeoutMs: 20_000 })
  await pbx.start()
  pbx.connector.readyChanged(['202', '201'], [])
  await pbx.pass(1_000)
  expect(pbx.legs('ringing')).toEqual(['202'])
  await pbx.pass(21_000)
  expect(pbx.legs('ringing')).toEqual(['202', '201'])
  expect(pbx.events.find((event) => event.type === 'ended')).toMatchObject({ extension: '202', outcome: 'no-answer' })
})

test('two calls at once: a caller who has waited is offered to an agent who talks, and answering puts the first call on hold', async () => {
  const pbx = bench([caller(), caller({ afterMs: 1_000 })], { callsPerAgent: 2, secondCallAfterMs: 5_000 })
  await pbx.start()
  pbx.connector.readyChanged(['201'], [])
  await pbx.pass(500)
  const first = there(pbx.events.at(-1)?.callId, 'nothing rang')
  await pbx.connector.control('201', { action: 'answer', callId: first })
  pbx.connector.readyChanged([], ['201'])
  await pbx.pass(8_000)
  const second = there(pbx.events.at(-1)?.callId, 'nothing rang')
  expect(second).not.toBe(first)
  await pbx.connector.control('201', { action: 'answer', callId: second })
  expect(pbx.events.slice(-2).map((event) => [event.type, event.callId])).toEqual([
    ['held', first],
    ['answered', second],
  ])
  await pbx.connector.control('201', { action: 'resume', callId: first })
  expect(pbx.events.slice(-2).map((event) => [event.type, event.callId])).toEqual([
    ['held', second],
    ['resumed', first],
  ])
})

test('with one call for each agent nobody who talks is disturbed', async () => {
  const pbx = bench([caller(), caller({ afterMs: 1_000 })], { callsPerAgent: 1 })
  await pbx.start()
  pbx.connector.readyChanged(['201'], [])
  await pbx.pass(500)
  await pbx.connector.control('201', { action: 'answer', callId: there(pbx.events.at(-1)?.callId, 'nothing rang') })
  pbx.connector.readyChanged([], ['201'])
  await pbx.pass(59_000)
  expect(pbx.legs('ringing')).toEqual(['201'])
})

test('a transfer that neither the colleague nor then its sender takes goes to any free agent', async () => {
  const pbx = bench([caller()], { ringTimeoutMs: 15_000 })
  await pbx.start()
  pbx.connector.readyChanged(['201'], [])
  await pbx.pass(500)
  const { callId } = there(pbx.events.at(-1), 'nothing rang')
  await pbx.connector.control('201', { action: 'answer', callId })
  await pbx.connector.control('201', { action: 'transfer', callId, toExtension: '203', customerId: null, note: '' })
  pbx.connector.readyChanged(['202'], [])
  await pbx.pass(16_000)
  expect(pbx.legs('ringing')).toEqual(['201', '203', '201'])
  await pbx.pass(16_000)
  expect(pbx.legs('ringing')).toEqual(['201', '203', '201', '202'])
})

test('the caller hangs up when the service is done, and talk and wait times are separate', async () => {
  const pbx = bench([caller({ serviceMs: 30_000 })])
  await pbx.start()
  pbx.connector.readyChanged(['201'], [])
  await pbx.pass(4_000)
  await pbx.connector.control('201', { action: 'answer', callId: there(pbx.events.at(-1)?.callId, 'nothing rang') })
  await pbx.pass(31_000)
  const ended = pbx.events.findLast((event) => event.type === 'ended')
  expect(ended).toMatchObject({ outcome: 'completed', talkMs: 30_000 })
  expect(ended?.waitMs).toBeLessThanOrEqual(4_000)
})

test('dialling rings the agent, and then the other party, who answers', async () => {
  const pbx = bench([])
  await pbx.start()
  expect(await pbx.connector.control('201', { action: 'dial', number: '13800138000' })).toMatchObject({ ok: true })
  await pbx.pass(6_000)
  expect(pbx.events.slice(1).map((event) => [event.type, event.direction])).toEqual([
    ['dialing', 'out'],
    ['remote-ringing', 'out'],
    ['answered', 'out'],
  ])
  expect(await pbx.connector.control('201', { action: 'dial', number: '13800138001' })).toMatchObject({ ok: false })
})
