import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CallEvent } from '../../../protocol/calls.ts'
import type { CallId } from '../../../protocol/scalars.ts'
import { AgentStatesReply } from '../../../protocol/wire.ts'
import { connectAlone } from '../../../server/db/connect.ts'
import { insertRow } from '../../../server/db/rows.ts'
import { eraseCustomer } from '../../../server/erasure/erase-customer.ts'
import { createLog } from '../../../server/log.ts'
import { openDatabase } from '../../../server/open-database.ts'
import { startServer, type RunningServer, type ServerOptions } from '../../../server/start-server.ts'
import type { PlannedCall } from '../../../server/telephony/call-plan.ts'
import type { Connector } from '../../../server/telephony/connector.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { startSilentProxy } from '../../support/silent-proxy.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { until } from '../../support/until.ts'
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.ts'
import { connectWorkstation, signInAs, type WorkstationClient } from '../../support/workstation-client.ts'

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

let database: TestDatabase
let folder: string
let clock: VirtualClock
let ends: (() => unknown)[]

beforeEach(async () => {
  ends = []
  clock = createVirtualClock()
  folder = mkdtempSync(join(tmpdir(), 'ringside-nodes-'))
  database = await createTestDatabase()
  await addUser(database.pool, 'ana', { extension: '201' })
  await addUser(database.pool, 'bo', { extension: '202' })
})
afterEach(async () => {
  for (const end of ends.toReversed()) await end()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

type Node = RunningServer & { readonly logged: string[] }

/** Starts a node on the common database; the first node has the telephones. */
async function node(
  options: Partial<Omit<ServerOptions, 'database' | 'log'>> = {},
  databaseUrl = database.connectionString,
): Promise<Node> {
  const dataFolder = join(folder, crypto.randomUUID())
  const opened = await openDatabase({ dataFolder, databaseUrl })
  const logged: string[] = []
  const running = await startServer({
    database: opened,
    dataFolder,
    plan: [],
    clock,
    log: createLog((line) => {
      logged.push(line)
    }, Date.now),
    ...options,
  })
  let stopped: Promise<void> | null = null
  const stop = () => (stopped ??= running.stop().then(() => opened.close()))
  ends.push(stop)
  return { ...running, stop, logged }
}

async function desk(at: RunningServer, login: string): Promise<WorkstationClient> {
  const connected = await connectWorkstation(at.url, await signInAs(at.url, login))
  ends.push(() => {
    connected.close()
  })
  return connected
}

const ready = async (one: WorkstationClient) => {
  expect(await one.ask('setAgentState', { state: 'READY', reason: null })).toMatchObject({
    ok: true,
    value: { state: 'READY' },
  })
}
const phase = (one: WorkstationClient, wanted: string) =>
  one.until(() => one.calls.findLast((call) => call.phase === wanted), `a call that is ${wanted}`)
const state = (one: WorkstationClient, wanted: string) =>
  one.until(() => (one.states.at(-1)?.state === wanted ? one.states.at(-1) : undefined), `the state ${wanted}`)
/** Repeats the request until it is done, because for a moment no node may have the telephones. */
async function insist(
  one: WorkstationClient,
  wish: { state: 'READY'; reason: null } | { state: 'NOT_READY'; reason: 'lunch' },
): Promise<void> {
  for (const end = Date.now() + 20_000; ;) {
    const reply = await one.ask('setAgentState', wish)
    if (reply.ok) return
    expect(reply.error.code).toBe('CENTER_NOT_REACHED')
    if (Date.now() > end) throw new Error('nobody has the telephones')
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
}

async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    clock.advance(Math.min(500, left))
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}

/** A telephone system that obeys and records when it was started and stopped. */
function recordingConnector(
  name: string,
  told: string[],
  control: Connector['control'] = async () => ({ ok: true, value: null }),
): Connector & { hear: (event: CallEvent) => void } {
  let listener: (event: CallEvent) => void = () => undefined
  return {
    provider: 'recording',
    control,
    start: async (heard) => {
      listener = heard
      told.push(`${name} begins`)
    },
    stop: async () => {
      listener = () => undefined
      told.push(`${name} ends`)
    },
    readyChanged: () => undefined,
    hear: (event) => {
      listener(event)
    },
  }
}

const ringing = (more: Partial<CallEvent> = {}): CallEvent => ({
  provider: 'recording',
  seq: 1,
  at: clock.now(),
  type: 'ringing',
  callId: 'c1' as CallId,
  legId: 'l1',
  extension: '202',
  direction: 'in',
  from: { kind: 'number', raw: '02161234567', name: null },
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

/** No connector begins before the earlier one has ended. */
function neverTwo(told: readonly string[]): void {
  const before = told.filter((one, index) => one.endsWith('begins') && index > 0 && told[index - 1]?.endsWith('begins'))
  expect([before, told]).toEqual([[], told])
}

test('an agent at another node gets the ringing call, answers, holds, gives it away with a long note, and wraps up', async () => {
  const a = await node({ plan: [caller()] })
  const b = await node()
  const [ana, bo] = [await desk(a, 'ana'), await desk(b, 'bo')]
  await ready(bo)
  await pass(3_000)
  const { callId } = await phase(bo, 'ringing')
  await state(bo, 'RESERVED')
  expect(await bo.ask('callControl', { action: 'answer', callId })).toEqual({ ok: true, value: null })
  await phase(bo, 'talking')
  expect(await bo.ask('callControl', { action: 'hold', callId })).toEqual({ ok: true, value: null })
  await state(bo, 'HOLD')
  expect(await bo.ask('callControl', { action: 'resume', callId })).toEqual({ ok: true, value: null })
  await state(bo, 'TALKING')
  expect(await bo.ask('callControl', { action: 'hold', callId: 'made-up' as CallId })).toMatchObject({
    ok: false,
    error: { code: 'CALL_UNKNOWN' },
  })
  expect(await ana.ask('callControl', { action: 'hold', callId })).toMatchObject({
    ok: false,
    error: { code: 'CALL_UNKNOWN' },
  })

  // The note is longer than one notification of PostgreSQL, in both directions.
  const note = '客人问灯的事🙂'.repeat(240)
  await pass(5_000)
  expect(
    await bo.ask('callControl', { action: 'transfer', callId, toExtension: '201', customerId: null, note }),
  ).toEqual({ ok: true, value: null })
  expect(await phase(ana, 'ringing')).toMatchObject({
    callId,
    handedOver: { fromUserId: bo.welcome.identity?.userId, note },
  })
  await phase(bo, 'ended')
  await state(bo, 'WORK_READY')
  await pass(3_000)
  expect(await bo.ask('wrapUpDone', { callId })).toEqual({ ok: true, value: null })
  await state(bo, 'READY')
  expect(await ana.ask('callControl', { action: 'answer', callId })).toEqual({ ok: true, value: null })
  expect(
    await ana.ask('callControl', {
      action: 'transfer',
      callId,
      toExtension: '202',
      customerId: null,
      note: `${note}!`,
    }),
  ).toEqual({ ok: true, value: null })
  expect(
    await bo.until(() => bo.calls.find((call) => call.callId !== callId), 'the call that came back'),
  ).toMatchObject({ phase: 'ringing', handedOver: { note: `${note}!` } })
  await pass(1_000)
  expect(await ana.ask('wrapUpDone', { callId })).toEqual({ ok: true, value: null })
  const back = await phase(bo, 'ringing')
  await bo.ask('callControl', { action: 'answer', callId: back.callId })
  await bo.ask('callControl', { action: 'hangup', callId: back.callId })
  await phase(bo, 'ended')
  await pass(2_000)
  expect(await bo.ask('wrapUpDone', { callId: back.callId })).toEqual({ ok: true, value: null })
  await state(bo, 'READY')

  for (const at of [a, b]) {
    const { sessionToken } = await signInAs(at.url, 'ana')
    const told = async () =>
      AgentStatesReply.parse(
        await (await fetch(`${at.url}/api/agents`, { headers: { authorization: `Bearer ${sessionToken}` } })).json(),
      )
    await expect
      .poll(told)
      .toMatchObject({ ok: true, value: expect.arrayContaining([bo.states.at(-1), ana.states.at(-1)]) })
  }
  await a.stop()
  // The log adds up the wrap-up times of all agents: three, one and two seconds.
  expect((await database.pool.query('select wrap_ms, outcome from call_log')).rows).toEqual([
    { wrap_ms: 6_000, outcome: 'completed' },
  ])
})

test('a workstation that connects to any node is told the present calls and the present state', async () => {
  const a = await node({ plan: [caller()] })
  const b = await node()
  const bo = await desk(b, 'bo')
  await ready(bo)
  await pass(3_000)
  const { callId } = await phase(bo, 'ringing')
  await bo.ask('callControl', { action: 'answer', callId })
  for (const at of [a, b]) {
    const second = await desk(at, 'bo')
    expect(await phase(second, 'talking')).toMatchObject({ callId })
    await state(second, 'TALKING')
  }
})

test('an agent whose workstation moves from node to node stays ready; one whose workstation stays away does not', async () => {
  const a = await node()
  const b = await node()
  const first = await desk(b, 'bo')
  await ready(first)
  const second = await desk(a, 'bo')
  await state(second, 'READY')
  first.close()
  await new Promise((resolve) => {
    setTimeout(resolve, 200)
  })
  await pass(30_000)
  expect(second.states.at(-1)?.state).toBe('READY')
  const third = await desk(b, 'bo')
  await state(third, 'READY')
  second.close()
  third.close()
  await new Promise((resolve) => {
    setTimeout(resolve, 200)
  })
  await pass(30_000)
  expect((await state(await desk(a, 'bo'), 'NOT_READY')).reason).toBe('technical')
})

test('a note that was handed over disappears from every node when its customer is erased', async () => {
  const a = await node({ plan: [caller()] })
  const b = await node()
  const customer = { ...entityExamples.customer(), organisationId: null }
  await insertRow(database.pool, 'customer', customer)
  const [ana, bo] = [await desk(a, 'ana'), await desk(b, 'bo')]
  await ready(ana)
  await pass(3_000)
  const { callId } = await phase(ana, 'ringing')
  await ana.ask('callControl', { action: 'answer', callId })
  await ana.ask('callControl', {
    action: 'transfer',
    callId,
    toExtension: '202',
    customerId: customer.id,
    note: 'about the lamp',
  })
  expect((await phase(bo, 'ringing')).handedOver?.note).toBe('about the lamp')
  await eraseCustomer(database.pool, { customerId: customer.id, reason: 'r', by: null, now: Date.now() })
  await bo.until(() => (bo.calls.at(-1)?.handedOver === null ? true : undefined), 'the call without its words')

  // What an agent still writes about this customer reaches nobody.
  await bo.ask('callControl', { action: 'answer', callId })
  const told = ana.calls.length
  expect(
    await bo.ask('callControl', {
      action: 'transfer',
      callId,
      toExtension: '201',
      customerId: customer.id,
      note: 'the lamp again',
    }),
  ).toEqual({ ok: true, value: null })
  expect(
    await ana.until(() => ana.calls.slice(told).find((call) => call.phase === 'ringing'), 'the call that came back'),
  ).toMatchObject({ handedOver: null })
})

test('a node that stops hands the telephones over at once: agents who are connected elsewhere stay ready, and earlier calls are over', async () => {
  const a = await node({ plan: [caller()] })
  const b = await node({ plan: [caller({ from: { kind: 'number', raw: '02167654321', name: null } })] })
  const bo = await desk(b, 'bo')
  await ready(bo)
  await pass(3_000)
  const { callId } = await phase(bo, 'ringing')
  await bo.ask('callControl', { action: 'answer', callId })
  await state(bo, 'TALKING')
  await a.stop()
  expect(await phase(bo, 'ended')).toMatchObject({ callId, outcome: 'unknown' })
  await state(bo, 'WORK_READY')
  expect(await bo.ask('wrapUpDone', { callId })).toEqual({ ok: true, value: null })
  await state(bo, 'READY')
  await pass(30_000)
  expect(bo.states.at(-1)?.state).toBe('RESERVED')
  expect(bo.calls.at(-1)).toMatchObject({ phase: 'ringing', party: { raw: '02167654321' } })
  const revisions = bo.states.map(({ revision }) => revision)
  expect(revisions).toEqual(revisions.toSorted((x, y) => x - y))
})

test('if the database connection of the node with the telephones is cut, this node has them again before any other, and no call is lost', async () => {
  const told: string[] = []
  const first = recordingConnector('a', told)
  const a = await node({ connector: first })
  const b = await node({ connector: recordingConnector('b', told) })
  const [ana, bo] = [await desk(a, 'ana'), await desk(b, 'bo')]
  await ready(bo)
  first.hear(ringing())
  await phase(bo, 'ringing')
  for (let cut = 0; cut < 5; cut += 1) {
    await cutLines('holder')
    await new Promise((resolve) => {
      setTimeout(resolve, 300)
    })
  }
  first.hear(ringing({ seq: 2, type: 'answered' }))
  await phase(bo, 'talking')
  await insist(ana, { state: 'NOT_READY', reason: 'lunch' })
  expect(told).toEqual(['a begins'])

  // Both connections at once, as when the database is restarted.
  await cutLines('all')
  first.hear(ringing({ seq: 3, type: 'held' }))
  await state(bo, 'HOLD')
  expect(told).toEqual(['a begins'])
})

/** Ends the connections over which the nodes talk: the one that holds the lock, or all. */
async function cutLines(which: 'holder' | 'all'): Promise<void> {
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'ringside calls'
       and ($1 = 'all' or pid in (select pid from pg_locks where locktype = 'advisory' and objid = 7246747 and granted))`,
    [which],
  )
}

/** A connection of no node, which gets the lock as soon as its holder loses it. */
async function takeLock(): Promise<{ got: Promise<unknown>; letGo: () => void }> {
  const client = await connectAlone(database.connectionString, () => undefined)
  const letGo = () => {
    client.end().catch(() => undefined)
  }
  ends.push(letGo)
  const got = client.query('select pg_advisory_lock(7246747)')
  got.catch(() => undefined)
  return { got, letGo }
}

test('two nodes never have the telephones at once, even if the lock is taken from the node that has them', async () => {
  const told: string[] = []
  await node({ connector: recordingConnector('a', told) })
  const b = await node({ connector: recordingConnector('b', told) })
  const bo = await desk(b, 'bo')
  for (let round = 0; round < 2; round += 1) {
    const taker = await takeLock()
    await until(() => told.at(-1)?.endsWith('begins'), 'somebody who has them', 20_000)
    const before = told.length
    await cutLines('holder')
    await taker.got
    await until(
      () => told.length > before && told.at(-1)?.endsWith('ends'),
      'the end of who cannot prove it any more',
      15_000,
    )
    taker.letGo()
    await until(() => told.at(-1)?.endsWith('begins'), 'somebody who has them', 20_000)
    await insist(bo, { state: 'NOT_READY', reason: 'lunch' })
  }
  neverTwo(told)
})

test('if the connection of the node with the telephones falls silent, the node recovers it in time or gives the telephones up in time', async () => {
  const told: string[] = []
  const url = new URL(database.connectionString)
  const proxy = await startSilentProxy(Number(url.port))
  url.host = new URL(proxy.url).host
  await node({ connector: recordingConnector('a', told) }, url.href)
  const b = await node({ connector: recordingConnector('b', told) })
  const bo = await desk(b, 'bo')
  // The clean-up closes the proxy first, because the node could not end a connection that never answers.
  ends.push(proxy.close)
  proxy.fallSilent()
  const began = Date.now()
  // A request that is sent now is refused within seconds.
  expect(await bo.ask('setAgentState', { state: 'NOT_READY', reason: 'lunch' })).toEqual({
    ok: false,
    error: { code: 'CENTER_NOT_REACHED', params: {} },
  })
  expect(Date.now() - began).toBeLessThan(5_000)
  await insist(bo, { state: 'NOT_READY', reason: 'lunch' })
  expect(told).toEqual(['a begins'])

  const silence = setInterval(proxy.fallSilent, 20)
  await until(() => told.includes('a ends'), 'the end at who is cut off', 20_000)
  clearInterval(silence)
  await until(() => told.at(-1)?.endsWith('begins'), 'somebody who has them', 30_000)
  await insist(bo, { state: 'READY', reason: null })
  neverTwo(told)
})

test('if a telephone system does not answer, the agent gets a refusal within seconds, and nothing is done twice', async () => {
  const asked: string[] = []
  const silent = recordingConnector('a', [], (extension, { action }) => {
    asked.push(`${extension} ${action}`)
    return new Promise(() => undefined)
  })
  await node({ connector: silent })
  const b = await node()
  const bo = await desk(b, 'bo')
  await ready(bo)
  silent.hear(ringing())
  const { callId } = await phase(bo, 'ringing')
  expect(await bo.ask('callControl', { action: 'answer', callId })).toEqual({
    ok: false,
    error: { code: 'CENTER_NOT_REACHED', params: {} },
  })
  await new Promise((resolve) => {
    setTimeout(resolve, 500)
  })
  expect(asked).toEqual(['202 answer'])
})

test('a node without the telephones serves workstations, and refuses a request that needs the telephones', async () => {
  const before = await takeLock()
  await before.got
  const a = await node({ plan: [caller()] })
  const ana = await desk(a, 'ana')
  expect(ana.welcome.identity?.login).toBe('ana')
  expect(await ana.ask('setAgentState', { state: 'READY', reason: null })).toEqual({
    ok: false,
    error: { code: 'CENTER_NOT_REACHED', params: {} },
  })
  expect(ana.states).toEqual([])
  before.letGo()
  // As soon as a node has the telephones, the workstation is told its agent's state.
  await state(ana, 'NOT_READY')
  await ready(ana)
  await pass(3_000)
  await phase(ana, 'ringing')
})
