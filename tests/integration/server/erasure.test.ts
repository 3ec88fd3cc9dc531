import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entityNames, type EntityName, type Row } from '../../../protocol/entities.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { entitySql, insertRow, readRow } from '../../../server/db/rows.ts'
import { eraseCustomer } from '../../../server/erasure/erase-customer.ts'
import { listErasures } from '../../../server/erasure/list-erasures.ts'
import { inTransaction } from '../../../server/db/transaction.ts'
import { insertPending } from '../../../server/feed/pending.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { tableDump } from '../../support/table-dump.ts'
import {
  connectWorkstation,
  envelopeOf,
  signInAs,
  type SignedIn,
  type WorkstationClient,
} from '../../support/workstation-client.ts'

const CANARY = 'zz-canary'
let server: TestServer
let ana: SignedIn
let sue: SignedIn
let desk: WorkstationClient
let boss: WorkstationClient

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana')
  await addUser(server.database.pool, 'sue', { role: 'supervisor' })
  ana = await signInAs(server.url, 'ana')
  sue = await signInAs(server.url, 'sue')
  desk = await connectWorkstation(server.url, ana)
  boss = await connectWorkstation(server.url, sue)
})
afterAll(async () => {
  desk.close()
  boss.close()
  await server.remove()
})

const pool = () => server.database.pool
const order = (customerId: CustomerId) => ({ customerId, reason: 'asked by letter' })

/**
 * A row of every entity, of this customer where the entity has a customer. The rows went through the feed, and all
 * their texts are the canary.
 */
async function wholeCustomer(): Promise<CustomerId> {
  const { id } = entityExamples.customer()
  const rows = entityNames
    .filter((entity) => !['user', 'line', 'product', 'productCost'].includes(entity))
    .map((entity): [EntityName, Row<EntityName>] => {
      const row = { ...entityExamples[entity](), customerId: id } as Record<string, unknown>
      if (entity === 'customer') delete row['customerId']
      for (const field of ['note', 'remark', 'displayName', 'description', 'detail', 'value', 'raw'])
        if (field in row) row[field] = `${CANARY} ${field}`
      return [
        entity,
        { ...row, ...(entity === 'customer' ? { id, organisationId: null } : {}) } as unknown as Row<EntityName>,
      ]
    })
  await inTransaction(pool(), async (client) => {
    for (const [entity, row] of rows) await insertRow(client, entity, row as never)
    await insertPending(
      client,
      rows.map(([entity, row]) => ({ entity, id: row.id, version: 1, scope: row.scope, leftScope: null, row })),
    )
  })
  return id
}
const numbered = async () => {
  const { rows } = await pool().query<{ waiting: number }>('select count(*)::int as waiting from feed_pending')
  return rows[0]?.waiting === 0
}
const untilNumbered = async () => {
  while (!(await numbered()))
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
}
const outcomeOf = async (by: WorkstationClient, ...command: Parameters<WorkstationClient['run']>) =>
  (await by.run(...command)).outcomes[0]?.outcome

describe('erasing a customer', () => {
  it('is only for supervisors and managers, and only for customers who exist', async () => {
    const { id } = entityExamples.customer()
    await insertRow(pool(), 'customer', { ...entityExamples.customer(), id })
    expect(await desk.ask('eraseCustomer', order(id))).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } })
    for (const reason of ['   ', '\u200b\u2060', '\u3164']) {
      expect([reason, await boss.ask('eraseCustomer', { ...order(id), reason })]).toMatchObject([
        reason,
        { ok: false, error: { code: 'BAD_ARGUMENT' } },
      ])
    }
    expect(await boss.ask('eraseCustomer', order(crypto.randomUUID() as CustomerId))).toMatchObject({
      ok: false,
      error: { code: 'CUSTOMER_UNKNOWN' },
    })
    expect(await readRow(pool(), 'customer', id)).not.toBeNull()
    const first = await boss.ask('eraseCustomer', order(id))
    expect(first).toMatchObject({ ok: true })
    expect(await boss.ask('eraseCustomer', order(id))).toEqual(first)
  })

  it('leaves nothing of them in any table, and the feed keeps all its numbers', async () => {
    const id = await wholeCustomer()
    const taskId = crypto.randomUUID()
    expect(
      await outcomeOf(desk, 'task.add', {
        taskId,
        customerId: id,
        kind: 'callback',
        title: `${CANARY} title`,
        detail: '',
        dueAt: Date.now() + 1e6,
        ownerUserId: null,
      }),
    ).toMatchObject({ kind: 'applied' })
    expect(
      await outcomeOf(desk, 'customer.change', { customerId: id, was: { city: 'x' }, now: { city: `${CANARY} city` } }),
    ).toMatchObject({ kind: 'altered' })
    const interactionId = crypto.randomUUID()
    const wrapUp = {
      interactionId,
      customerId: id,
      channel: 'phone' as const,
      direction: 'in' as const,
      callId: null,
      startedAt: 1,
      endedAt: 2,
      queue: null,
      waitMs: null,
      talkMs: null,
      matter: null,
      outcome: null,
      nextStep: null,
      followUp: null,
    }
    await desk.run('interaction.wrapUp', { ...wrapUp, note: `${CANARY} first` })
    await desk.run('interaction.wrapUp', { ...wrapUp, note: `${CANARY} second` })
    const refused = { taskId: crypto.randomUUID(), customerId: id, kind: 'callback', title: `${CANARY} refused` }
    await desk.ask('commands', {
      incarnation: crypto.randomUUID(),
      commands: [envelopeOf(1, ana, 'task.add', refused)],
    })
    await pool().query(`insert into agent_call (user_id, call_id, revision, call) values ($1, 'c1', 1, $2)`, [
      ana.identity.userId,
      JSON.stringify({ handedOver: { fromUserId: ana.identity.userId, customerId: id, note: `${CANARY} handed` } }),
    ])
    await untilNumbered()
    const numbersBefore = (await pool().query<{ seq: number }>('select seq from feed_log order by seq')).rows.map(
      ({ seq }) => seq,
    )
    expect((await tableDump(pool())).filter(({ text }) => text.includes(CANARY)).map(({ table }) => table)).toEqual(
      expect.arrayContaining([
        'command_result',
        'feed_log',
        'interaction',
        'interaction_revision',
        'task',
        'agent_call',
        'customer',
      ]),
    )

    expect(await boss.ask('eraseCustomer', order(id))).toMatchObject({ ok: true })
    expect((await tableDump(pool())).filter(({ text }) => text.includes(CANARY))).toEqual([])
    const ofCustomers = entityNames.filter((entity) => entitySql(entity).fields.includes('customerId'))
    for (const entity of ofCustomers)
      expect(
        (await pool().query(`select 1 from ${entitySql(entity).table} where customer_id = $1`, [id])).rows,
      ).toEqual([])
    await untilNumbered()
    const lines = (
      await pool().query<{ seq: number; entity: string; row: unknown; row_id: string }>(
        'select seq, entity, row, row_id from feed_log order by seq',
      )
    ).rows
    expect(lines.map(({ seq }) => seq).slice(0, numbersBefore.length)).toEqual(numbersBefore)
    expect(lines.map(({ seq }, index) => seq - index)).toEqual(lines.map(() => lines[0]?.seq))
    expect(lines.filter(({ row_id }) => row_id === id).every(({ row }) => row === null)).toBe(true)
    const [erasure] = await listErasures(pool())
    expect(erasure).toMatchObject({
      customerId: id,
      erasedBy: 'sue',
      reason: 'asked by letter',
      counts: { customer: 1, order: 1, task: 2, interaction: 2, stay: 1, numberPick: 1, command: 5 },
    })
  })

  it('unlinks the people of an organisation and keeps them', async () => {
    const organisation = { ...entityExamples.customer(), kind: 'organisation' as const, organisationId: null }
    const person = { ...entityExamples.customer(), organisationId: organisation.id }
    for (const row of [organisation, person]) await insertRow(pool(), 'customer', row)
    await eraseCustomer(pool(), { customerId: organisation.id, reason: 'r', by: null, now: Date.now() })
    expect(await readRow(pool(), 'customer', person.id)).toEqual({ ...person, organisationId: null, version: 2 })
    await desk.until(
      () =>
        desk.pages.flatMap(({ changes }) => changes).find((change) => change.id === person.id && change.version === 2),
      'the person without an organisation',
    )
  })

  it('also removes changes that were left for the feed and have no number yet', async () => {
    const id = await wholeCustomer()
    // This transaction holds the sequencer's lock, so no change gets a number.
    await inTransaction(pool(), async (client) => {
      await client.query('select pg_advisory_xact_lock(7246745)')
      const erasing = eraseCustomer(pool(), { customerId: id, reason: 'r', by: null, now: Date.now() })
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
      await client.query('commit')
      await erasing
      await client.query('begin')
    })
    await untilNumbered()
    expect((await tableDump(pool())).filter(({ text }) => text.includes(CANARY))).toEqual([])
  })

  it('waits for commands about them that run now, and removes their effects too', async () => {
    const id = await wholeCustomer()
    // Each command comes from its own journal, so that they really run at once; four are as many as one device may have
    // in work.
    const running = Array.from({ length: 4 }, (_, n) => {
      const args = {
        preferenceId: crypto.randomUUID(),
        customerId: id,
        key: `k${n}`,
        value: `${CANARY} value`,
        source: 'said',
      }
      return desk.ask('commands', {
        incarnation: crypto.randomUUID(),
        commands: [envelopeOf(1, ana, 'preference.set', args)],
      })
    })
    const erased = await boss.ask('eraseCustomer', order(id))
    expect(erased).toMatchObject({ ok: true })
    const kinds = (await Promise.all(running)).map((reply) =>
      reply.ok ? reply.value.outcomes[0]?.outcome.kind : reply.error.code,
    )
    expect(kinds.filter((kind) => kind !== 'applied' && kind !== 'parked')).toEqual([])
    expect((await tableDump(pool())).filter(({ text }) => text.includes(CANARY))).toEqual([])
  })
})

describe('late work on a customer who was erased', () => {
  it('is parked without its text, however it names the customer, and brings nobody back', async () => {
    const id = await wholeCustomer()
    const noteId = crypto.randomUUID()
    await desk.run('interaction.wrapUp', {
      interactionId: noteId,
      customerId: id,
      channel: 'phone',
      direction: 'in',
      callId: null,
      startedAt: 1,
      endedAt: 2,
      queue: null,
      waitMs: null,
      talkMs: null,
      note: 'n',
      matter: null,
      outcome: null,
      nextStep: null,
      followUp: null,
    })
    await boss.ask('eraseCustomer', order(id))
    const late = [
      await outcomeOf(desk, 'preference.set', {
        preferenceId: crypto.randomUUID(),
        customerId: id,
        key: 'seat',
        value: `${CANARY} late`,
        source: 'said',
      }),
      await outcomeOf(desk, 'customer.capture', {
        customerId: id,
        contactPointId: crypto.randomUUID(),
        kind: 'person',
        displayName: `${CANARY} late`,
        nativeName: null,
        organisationId: null,
        city: null,
        language: 'en',
        phone: null,
      }),
      await outcomeOf(desk, 'customer.capture', {
        customerId: crypto.randomUUID(),
        contactPointId: crypto.randomUUID(),
        kind: 'person',
        displayName: `${CANARY} late`,
        nativeName: null,
        organisationId: id,
        city: null,
        language: 'en',
        phone: null,
      }),
      // This command names only the row.
      await outcomeOf(desk, 'interaction.revise', {
        interactionId: noteId,
        customerId: null,
        baseRevision: 1,
        note: `${CANARY} late`,
        matter: null,
        outcome: null,
      }),
    ]
    expect(late).toEqual(late.map(() => ({ kind: 'parked', error: { code: 'CUSTOMER_ERASED', params: {} } })))
    const notEvenRight = envelopeOf(1, ana, 'task.add', { customerId: id.toUpperCase(), title: `${CANARY} late` })
    expect(await desk.ask('commands', { incarnation: crypto.randomUUID(), commands: [notEvenRight] })).toMatchObject({
      ok: true,
      value: { outcomes: [{ outcome: late[0] }] },
    })
    expect((await tableDump(pool())).filter(({ text }) => text.includes(CANARY))).toEqual([])
    expect(await readRow(pool(), 'customer', id)).toBeNull()
  })

  it('is recognised by its hash when it comes twice, and by its id under another number', async () => {
    const id = await wholeCustomer()
    const incarnation = crypto.randomUUID()
    const before = envelopeOf(1, ana, 'preference.set', {
      preferenceId: crypto.randomUUID(),
      customerId: id,
      key: 'seat',
      value: 'v',
      source: 'said',
    })
    const first = await desk.ask('commands', { incarnation, commands: [before] })
    await boss.ask('eraseCustomer', order(id))
    expect(await desk.ask('commands', { incarnation, commands: [before] })).toEqual(first)
    const salvaged = envelopeOf(2, ana, 'preference.set', before.args, { commandId: before.commandId })
    const again = await desk.ask('commands', { incarnation, commands: [salvaged] })
    expect(again).toMatchObject({ ok: true, value: { expected: 3, outcomes: [{ outcome: { kind: 'applied' } }] } })
  })

  it('is taken without its text if the workstation has erased the text already', async () => {
    const sealed = envelopeOf(1, ana, 'task.done', { taskId: crypto.randomUUID() })
    const reply = await desk.ask('commands', {
      incarnation: crypto.randomUUID(),
      commands: [{ ...sealed, args: null }],
    })
    expect(reply).toMatchObject({
      ok: true,
      value: { expected: 2, outcomes: [{ outcome: { kind: 'parked', error: { code: 'CUSTOMER_ERASED' } } }] },
    })
  })
})

describe('a device', () => {
  it('is told of the erasures since it was registered, asks for those after its place, and gives a receipt', async () => {
    const id = await wholeCustomer()
    const erased = await boss.ask('eraseCustomer', order(id))
    const erasureId = erased.ok ? erased.value.erasureId : ''
    const { epoch } = desk.welcome
    const all = await desk.ask('erasures', { epoch, after: 0 })
    const told = all.ok ? all.value.find((one) => one.erasureId === erasureId) : undefined
    expect(told).toMatchObject({ customerId: id })
    expect(told?.rowIds.length).toBeGreaterThan(3)
    expect(await desk.ask('erasures', { epoch, after: told?.number ?? 0 })).toEqual({ ok: true, value: [] })
    expect(await desk.ask('erasures', { epoch: 'another', after: 0 })).toEqual({ ok: true, value: [] })
    // This also works for a device at which nobody is signed in.
    const alone = await connectWorkstation(server.url, ana, { session: false })
    expect(await alone.ask('erasures', { epoch, after: 0 })).toEqual(all)
    expect(await alone.ask('eraseCustomer', order(id))).toMatchObject({ ok: false, error: { code: 'NOT_SIGNED_IN' } })
    alone.close()

    const owing = async () =>
      (await listErasures(pool()))
        .find((one) => one.erasureId === erasureId)
        ?.devices.map(({ deviceId, confirmedAt, setAside }) => [deviceId, confirmedAt !== null, setAside])
    expect(new Set(await owing())).toEqual(
      new Set([
        [ana.deviceId, false, 0],
        [sue.deviceId, false, 0],
      ]),
    )
    await desk.ask('erasureDone', { erasureIds: [erasureId], setAside: 1 })
    expect(new Set(await owing())).toEqual(
      new Set([
        [ana.deviceId, true, 1],
        [sue.deviceId, false, 0],
      ]),
    )
    const later = await connectWorkstation(server.url, await signInAs(server.url, 'ana'))
    expect(await later.ask('erasures', { epoch, after: 0 })).toEqual({ ok: true, value: [] })
    expect(await owing()).toHaveLength(2)
    later.close()
  })
})
