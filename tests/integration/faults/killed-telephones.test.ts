import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { insertRow } from '../../../server/db/rows.ts'
import type { PlannedCall } from '../../../server/telephony/call-plan.ts'
import { startCenterProcess, type CenterProcess } from '../../support/center-process.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { connectWorkstation, signInAs, type WorkstationClient } from '../../support/workstation-client.ts'

let database: TestDatabase
let folder: string
let nodes: CenterProcess[]
let desks: WorkstationClient[]

beforeEach(async () => {
  nodes = []
  desks = []
  folder = mkdtempSync(join(tmpdir(), 'ringside-telephones-'))
  database = await createTestDatabase()
  for (const [login, extension] of [
    ['ana', '201'],
    ['bo', '202'],
  ] as const)
    await addUser(database.pool, login, { extension })
  const call: PlannedCall = {
    afterMs: 500,
    from: { kind: 'number', raw: '02161234567', name: null },
    line: '+862150001000',
    queue: 'sales',
    patienceMs: 60_000,
    serviceMs: null,
    collected: null,
    name: 'test',
  }
  for (let position = 0; position < 5; position += 1)
    await database.pool.query('insert into call_plan (position, call) values ($1, $2)', [
      position,
      JSON.stringify(call),
    ])
  await insertRow(database.pool, 'customer', entityExamples.customer())
})
afterEach(async () => {
  for (const one of desks) one.close()
  for (const node of nodes) await node.end('SIGTERM')
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function startNode(): Promise<CenterProcess> {
  const node = await startCenterProcess({
    dataFolder: join(folder, String(nodes.length)),
    databaseUrl: database.connectionString,
  })
  nodes.push(node)
  return node
}
async function desk(node: CenterProcess, login: string): Promise<WorkstationClient> {
  const one = await connectWorkstation(node.url, await signInAs(node.url, login))
  desks.push(one)
  return one
}
const now = (one: WorkstationClient) => one.states.at(-1)?.state
const term = async () => (await database.pool.query<{ term: number }>('select term from telephone_lease')).rows[0]?.term
const pause = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** Repeats a request until it succeeds, and collects the codes of all refusals. */
async function insist(
  one: WorkstationClient,
  ask: () => Promise<{ ok: true } | { ok: false; error: { code: string } }>,
): Promise<Set<string>> {
  const refusals = new Set<string>()
  for (const end = Date.now() + 20_000; ;) {
    const reply = await ask()
    if (reply.ok) return refusals
    refusals.add(reply.error.code)
    if (Date.now() > end) throw new Error(`refused for long: ${[...refusals].join()}, in state ${now(one)}`)
    await pause(50)
  }
}

it(
  'the node with the telephones is killed with -9 while agents talk: another node has them within seconds, the old calls are over, agents who were ready still are',
  { timeout: 90_000 },
  async () => {
    const [first, second, third] = [await startNode(), await startNode(), await startNode()]
    const ana = await desk(second, 'ana')
    expect(await ana.ask('setAgentState', { state: 'READY', reason: null })).toMatchObject({
      value: { state: 'READY' },
    })
    const ringing = await ana.until(() => ana.calls.find((call) => call.phase === 'ringing'), 'a call')
    expect(await ana.ask('callControl', { action: 'answer', callId: ringing.callId })).toEqual({
      ok: true,
      value: null,
    })
    await ana.until(() => (now(ana) === 'TALKING' ? true : undefined), 'TALKING')
    expect(await term()).toBe(1)
    const bo = await desk(third, 'bo')
    expect(await bo.ask('setAgentState', { state: 'READY', reason: null })).toMatchObject({ ok: true })
    const { callId } = await bo.until(() => bo.calls.find((call) => call.phase === 'ringing'), 'a call for the other')

    await first.end('SIGKILL')
    const killedAt = Date.now()
    const refusals = await insist(ana, () => ana.ask('setAgentState', { state: 'NOT_READY', reason: 'lunch' }))
    expect([...refusals]).toEqual(['CENTER_NOT_REACHED'])
    expect(Date.now() - killedAt).toBeLessThan(15_000)
    expect(await term()).toBe(2)

    // The simulated telephone system died with its node, so its calls are over and nobody knows how they ended.
    expect(
      await ana.until(() => ana.calls.find((call) => call.phase === 'ended'), 'the end of the call'),
    ).toMatchObject({ callId: ringing.callId, outcome: 'unknown' })
    expect(await bo.until(() => bo.calls.find((call) => call.phase === 'ended'), 'the end of the other')).toMatchObject(
      { callId, outcome: 'unknown' },
    )
    const next = await bo.until(
      () => bo.calls.findLast((call) => call.phase === 'ringing' && call.callId !== callId),
      'a call from the node that has them now',
    )
    expect(await bo.ask('callControl', { action: 'answer', callId: next.callId })).toEqual({ ok: true, value: null })
    await bo.until(() => (now(bo) === 'TALKING' ? true : undefined), 'TALKING')
    expect(bo.states.some(({ state }) => state === 'NOT_READY' && bo.states[0]?.state !== state)).toBe(false)
    for (const one of [ana, bo])
      expect(one.states.map(({ revision }) => revision)).toEqual(
        one.states.map(({ revision }) => revision).toSorted((a, b) => a - b),
      )
  },
)

it(
  'a node with workstations is killed with -9: its agents are offered no more calls after seconds, and are not ready after the time of grace',
  { timeout: 120_000 },
  async () => {
    const [first, second] = [await startNode(), await startNode()]
    const bo = await desk(second, 'bo')
    expect(await bo.ask('setAgentState', { state: 'READY', reason: null })).toMatchObject({ ok: true })
    const ringing = await bo.until(() => bo.calls.find((call) => call.phase === 'ringing'), 'a call')
    await bo.ask('callControl', { action: 'answer', callId: ringing.callId })
    await bo.ask('callControl', { action: 'hangup', callId: ringing.callId })
    await bo.until(() => (now(bo) === 'WORK_READY' ? true : undefined), 'WORK_READY')
    await second.end('SIGKILL')
    const saved = async () =>
      (await database.pool.query<{ state: { state: string; reason: string | null } }>('select state from agent_state'))
        .rows[0]?.state
    // The agent comes back at another node in time and keeps the state.
    const again = await desk(first, 'bo')
    await again.until(() => (now(again) === 'WORK_READY' ? true : undefined), 'WORK_READY')
    expect(await again.ask('wrapUpDone', { callId: ringing.callId })).toEqual({ ok: true, value: null })
    await again.until(() => (now(again) === 'READY' || now(again) === 'RESERVED' ? true : undefined), 'READY')

    const third = await startNode()
    const last = await desk(third, 'bo')
    again.close()
    await last.until(() => (now(last) === 'RESERVED' ? true : undefined), 'the next call')
    await third.end('SIGKILL')
    await expect.poll(saved, { timeout: 60_000, interval: 500 }).toMatchObject({ state: 'NOT_READY' })
  },
)
