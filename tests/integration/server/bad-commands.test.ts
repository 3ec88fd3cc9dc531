import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EntityName, Row } from '../../../protocol/entities.ts'
import { isLocalCall } from '../../../domain/local-calls.ts'
import type { CallId } from '../../../protocol/scalars.ts'
import { insertRow, readRow } from '../../../server/db/rows.ts'
import { badCommands, twoBuyers } from '../../support/bad-commands.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { tableDump } from '../../support/table-dump.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import {
  connectWorkstation,
  envelopeOf,
  signInAs,
  type SignedIn,
  type WorkstationClient,
} from '../../support/workstation-client.ts'

const A_DAY = 86_400_000
let server: TestServer
let who: SignedIn
let desk: WorkstationClient
const site = twoBuyers()
const [, mine] = site.customer

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  await addUser(pool, 'max', { role: 'manager' })
  await addUser(pool, 'ben')
  for (const [entity, rows] of Object.entries(site) as [EntityName, Row<EntityName>[]][])
    for (const row of rows) await insertRow(pool, entity, row)
  who = await signInAs(server.url, 'max')
  desk = await connectWorkstation(server.url, who)
})
afterAll(async () => {
  desk?.close()
  await server?.remove()
})

const outcomeOf = async (name: string, args: unknown, more: { at?: number } = {}) => {
  const reply = await desk.ask('commands', {
    incarnation: crypto.randomUUID(),
    commands: [envelopeOf(1, who, name, args, more)],
  })
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value.outcomes[0]?.outcome
}
/** The tables that record a refusal and how often it was tried. */
const ofTheJournal = new Set(['command_result', 'device_incarnation', 'device_state'])
const record = async () => (await tableDump(server.database.pool)).filter(({ table }) => !ofTheJournal.has(table))

test('a user’s own program can send none of these commands with an effect, and each gets a refusal with the reason', async () => {
  const before = await record()
  for (const { what, name, args, code, params = {} } of badCommands(site, Date.now())) {
    expect({ what, outcome: await outcomeOf(name, args) }).toMatchObject({
      what,
      outcome: { kind: 'refused', error: { code, params } },
    })
  }
  expect(await record()).toEqual(before)
})

describe('a row with values that no program writes today', () => {
  test('can still be worked on: a task with a date far outside today’s range can be done', async () => {
    const stray = {
      ...entityExamples.task(),
      customerId: mine!.id,
      status: 'open' as const,
      dueAt: 8.64e15,
      ownerUserId: who.identity.userId,
      doneAt: null,
      doneBy: null,
    }
    await insertRow(server.database.pool, 'task', stray)
    expect(await outcomeOf('task.done', { taskId: stray.id })).toMatchObject({ kind: 'applied' })
    expect(await readRow(server.database.pool, 'task', stray.id)).toMatchObject({ status: 'done', dueAt: 8.64e15 })
  })
})

describe('the time at which a command was done', () => {
  const issue = () => ({
    quoteId: crypto.randomUUID(),
    customerId: mine!.id,
    supersedes: null,
    validUntil: Date.now() + A_DAY,
    followUpTaskId: crypto.randomUUID(),
    lines: [
      { productId: site.product[0]!.id, quantity: 1, unitPriceMinor: site.product[0]!.listPriceMinor, reason: 'x' },
    ],
  })
  test.each([-29 * A_DAY, -A_DAY, A_DAY])(
    'of a quote that says %d ms from now becomes the present time, and the answer says so',
    async (off) => {
      const args = issue()
      expect(await outcomeOf('quote.issue', args, { at: Date.now() + off })).toMatchObject({
        kind: 'altered',
        remark: { params: { problem: 'clockOff' } },
      })
      const quote = await readRow(server.database.pool, 'quote', args.quoteId)
      expect(Math.abs((quote?.issuedAt ?? 0) - Date.now())).toBeLessThan(60_000)
    },
  )
})

describe('a contact that names its call', () => {
  const wrap = (callId: string, more: object = {}) => ({
    interactionId: crypto.randomUUID(),
    customerId: mine!.id,
    channel: 'phone',
    direction: 'in',
    callId,
    startedAt: Date.now() - 60_000,
    endedAt: Date.now(),
    queue: 'sales',
    waitMs: 5000,
    talkMs: 30_000,
    note: 'what was said',
    matter: null,
    outcome: null,
    nextStep: null,
    followUp: null,
    ...more,
  })
  const rangAt = (callId: string, userId: string, at = Date.now() - 60_000) =>
    server.database.pool.query('insert into call_agent (call_id, user_id, first_at) values ($1, $2, $3)', [
      callId,
      userId,
      at,
    ])
  const kept = (args: { interactionId: string }) => readRow(server.database.pool, 'interaction', args.interactionId)

  test('keeps the call if the telephone system knows it', async () => {
    await rangAt('pbx-1', who.identity.userId)
    const args = wrap('pbx-1')
    expect(await outcomeOf('interaction.wrapUp', args)).toMatchObject({ kind: 'applied' })
    expect(await kept(args)).toMatchObject({ callId: 'pbx-1', waitMs: 5000, talkMs: 30_000 })
  })

  test('is kept as a direct call, with its text and without its figures, if that call never existed', async () => {
    const args = wrap('never-was', { startedAt: Date.UTC(1999, 0, 1), endedAt: Date.UTC(1999, 0, 2) })
    expect(await outcomeOf('interaction.wrapUp', args)).toMatchObject({
      kind: 'altered',
      remark: { code: 'CALL_UNPROVEN' },
    })
    const row = await kept(args)
    expect(row).toMatchObject({ note: 'what was said', queue: null, waitMs: null, talkMs: null })
    expect(isLocalCall(row!.callId!)).toBe(true)
    expect(Math.abs((row!.endedAt ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  test('is refused if the call is a colleague’s', async () => {
    const ben = await signInAs(server.url, 'ben')
    await rangAt('pbx-2', ben.identity.userId)
    const args = wrap('pbx-2')
    expect(await outcomeOf('interaction.wrapUp', args)).toMatchObject({
      kind: 'refused',
      error: { code: 'BAD_ARGUMENT', params: { field: 'callId', problem: 'othersCall' } },
    })
    expect(await kept(args)).toBeNull()
  })

  test('gets the time of the call, whatever the command says', async () => {
    const at = Date.now() - 60_000
    await rangAt('pbx-3', who.identity.userId, at)
    const args = wrap('pbx-3', { startedAt: Date.UTC(1999, 0, 1), endedAt: Date.UTC(1999, 0, 1) + 30_000 })
    await outcomeOf('interaction.wrapUp', args)
    expect(await kept(args)).toMatchObject({ callId: 'pbx-3', startedAt: at, endedAt: at + 30_000 })
  })

  test('keeps a call that only this workstation knows as such a call', async () => {
    const args = wrap(`local-${crypto.randomUUID()}`, { queue: null, waitMs: null, talkMs: null })
    expect(await outcomeOf('interaction.wrapUp', args)).toMatchObject({ kind: 'applied' })
    expect(await kept(args)).toMatchObject({ callId: args.callId as CallId })
  })
})
