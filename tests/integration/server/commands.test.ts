import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { postgresCommandStore } from '../../../server/commands/postgres-command-store.ts'
import { createCommandDesk } from '../../../server/commands/receive-batch.ts'
import { insertRow, readRow } from '../../../server/db/rows.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import {
  connectWorkstation,
  envelopeOf,
  signInAs,
  type SignedIn,
  type WorkstationClient,
} from '../../support/workstation-client.ts'

let server: TestServer
let who: SignedIn
let desk: WorkstationClient
let customerId: CustomerId

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana')
  const customer = entityExamples.customer()
  customerId = customer.id
  await insertRow(server.database.pool, 'customer', customer)
  who = await signInAs(server.url, 'ana')
  desk = await connectWorkstation(server.url, who)
})
afterAll(async () => {
  desk.close()
  await server.remove()
})

const preference = (value: string) => ({
  preferenceId: crypto.randomUUID(),
  customerId,
  key: `seat-${crypto.randomUUID().slice(0, 8)}`,
  value,
  source: 'said' as const,
})
const send = async (incarnation: string, commands: ReturnType<typeof envelopeOf>[]) => {
  const reply = await desk.ask('commands', { incarnation, commands })
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value
}

test('a command that is sent twice has one effect and gets the same answer', async () => {
  const incarnation = crypto.randomUUID()
  const args = preference('window')
  const envelope = envelopeOf(1, who, 'preference.set', args)
  const first = await send(incarnation, [envelope])
  const second = await send(incarnation, [envelope])
  expect(first.outcomes[0]?.outcome.kind).toBe('applied')
  expect(second).toEqual(first)
  expect(await readRow(server.database.pool, 'preference', args.preferenceId)).toMatchObject({
    value: 'window',
    version: 1,
  })
})

test('a command that is sent over two sockets at the same time has one effect', async () => {
  const incarnation = crypto.randomUUID()
  const args = preference('aisle')
  const envelope = envelopeOf(1, who, 'preference.set', args)
  const other = await connectWorkstation(server.url, who)
  const replies = await Promise.all([
    send(incarnation, [envelope]),
    other.ask('commands', { incarnation, commands: [envelope] }),
    send(incarnation, [envelope]),
  ])
  other.close()
  expect(replies.map((reply) => ('ok' in reply ? reply.ok && reply.value.expected : reply.expected))).toEqual([2, 2, 2])
  expect(await readRow(server.database.pool, 'preference', args.preferenceId)).toMatchObject({ version: 1 })
})

test('a command ahead of its turn is not taken, and the server asks for the missing one', async () => {
  const incarnation = crypto.randomUUID()
  const [one, two] = [
    envelopeOf(1, who, 'preference.set', preference('a')),
    envelopeOf(2, who, 'preference.set', preference('b')),
  ]
  expect(await send(incarnation, [two])).toEqual({ outcomes: [], expected: 1 })
  const both = await send(incarnation, [one, two])
  expect(both.outcomes.map(({ outcome }) => outcome.kind)).toEqual(['applied', 'applied'])
  expect(both.expected).toBe(3)
})

test('a command that always fails is set aside and the next still runs', async () => {
  const user = who
  const poisoned = [
    envelopeOf(1, user, 'preference.set', { nonsense: true }),
    envelopeOf(2, user, 'no.such.command', null),
    envelopeOf(3, user, '__proto__', {}),
    envelopeOf(4, user, 'preference.set', preference('x'), { hash: '0'.repeat(64) }),
    envelopeOf(
      5,
      { ...user, identity: { ...user.identity, userId: crypto.randomUUID() as typeof user.identity.userId } },
      'preference.set',
      preference('somebody else'),
    ),
    envelopeOf(6, user, 'preference.set', { ...preference('y'), customerId: crypto.randomUUID() }),
  ]
  const good = preference('z')
  const reply = await send(crypto.randomUUID(), [...poisoned, envelopeOf(7, user, 'preference.set', good)])
  expect(reply.outcomes.map(({ outcome }) => ('error' in outcome ? outcome.error.code : outcome.kind))).toEqual([
    'BAD_ARGUMENT',
    'UNKNOWN_NAME',
    'UNKNOWN_NAME',
    'BAD_ARGUMENT',
    'SEAL_BROKEN',
    'CUSTOMER_UNKNOWN',
    'applied',
  ])
  expect(reply.expected).toBe(8)
  const { rows } = await server.database.pool.query('select args from command_result where command_id = $1', [
    poisoned[5]?.commandId,
  ])
  expect(rows[0].args.value).toBe('y')
})

test('a price that contradicts a price told to somebody else at the organisation needs a reason', async () => {
  const { pool } = server.database
  const firm = { ...entityExamples.customer(), kind: 'organisation' as const, organisationId: null }
  const [wei, jie] = [
    { ...entityExamples.customer(), organisationId: firm.id },
    { ...entityExamples.customer(), organisationId: firm.id },
  ]
  const product = entityExamples.product()
  for (const customer of [firm, wei, jie]) await insertRow(pool, 'customer', customer)
  await insertRow(pool, 'product', product)
  const quote = (to: CustomerId, unitPriceMinor: number, reason: string | null) => ({
    quoteId: crypto.randomUUID(),
    customerId: to,
    supersedes: null,
    validUntil: Date.now() + 86_400_000,
    followUpTaskId: crypto.randomUUID(),
    lines: [{ productId: product.id, quantity: 1, unitPriceMinor, reason }],
  })
  const user = who
  const told = quote(jie.id, 12_000, 'volume')
  const { outcomes } = await send(crypto.randomUUID(), [
    envelopeOf(1, user, 'quote.issue', told),
    envelopeOf(2, user, 'quote.issue', quote(wei.id, product.listPriceMinor, null)),
    envelopeOf(3, user, 'quote.issue', quote(firm.id, 12_000, null)),
    envelopeOf(4, user, 'quote.issue', { ...quote(customerId, product.listPriceMinor, null), quoteId: told.quoteId }),
  ])
  expect(outcomes.map(({ outcome }) => outcome)).toMatchObject([
    { kind: 'applied' },
    { kind: 'refused', error: { code: 'PRICE_NEEDS_REASON', params: { reference: 'told', referenceMinor: 12_000 } } },
    { kind: 'applied' },
    { kind: 'refused', error: { code: 'BAD_ARGUMENT' } },
  ])
})

test('a note with characters that the database cannot store is stored without them', async () => {
  const interactionId = crypto.randomUUID()
  const { outcomes } = await send(crypto.randomUUID(), [
    envelopeOf(1, who, 'interaction.wrapUp', {
      interactionId,
      customerId,
      channel: 'phone',
      direction: 'in',
      callId: null,
      startedAt: Date.now(),
      endedAt: null,
      queue: null,
      waitMs: null,
      talkMs: null,
      note: 'before\0after\ud800',
      matter: null,
      outcome: null,
      nextStep: null,
      followUp: null,
    }),
  ])
  expect(outcomes[0]?.outcome.kind).toBe('applied')
  expect((await readRow(server.database.pool, 'interaction', interactionId))?.note).toBe('beforeafter\ufffd')
})

test('the earlier text of a revised note stays on the server', async () => {
  const interactionId = crypto.randomUUID()
  const base = { customerId, matter: null, outcome: null }
  await send(crypto.randomUUID(), [
    envelopeOf(1, who, 'interaction.wrapUp', {
      ...base,
      interactionId,
      channel: 'phone',
      direction: 'in',
      callId: null,
      startedAt: Date.now(),
      endedAt: null,
      queue: null,
      waitMs: null,
      talkMs: null,
      note: 'first',
      nextStep: null,
      followUp: null,
    }),
    envelopeOf(2, who, 'interaction.revise', { ...base, interactionId, baseRevision: 1, note: 'second' }),
  ])
  expect(await readRow(server.database.pool, 'interaction', interactionId)).toMatchObject({
    note: 'second',
    revision: 2,
    version: 2,
  })
  const { rows } = await server.database.pool.query(
    'select note, revision from interaction_revision where interaction_id = $1',
    [interactionId],
  )
  expect(rows).toEqual([{ note: 'first', revision: 1 }])
})

test('a command from a machine whose clock is years off counts as done now', async () => {
  const args = preference('early')
  const reply = await send(crypto.randomUUID(), [
    envelopeOf(1, who, 'preference.set', args, { at: Date.UTC(2040, 0, 1) }),
  ])
  expect(reply.outcomes[0]?.outcome.kind).toBe('altered')
  const row = await readRow(server.database.pool, 'preference', args.preferenceId)
  expect(Math.abs((row?.notedAt ?? 0) - Date.now())).toBeLessThan(60_000)
})

test('the commands of a machine whose clock is off keep their order, even if all of them arrive within a millisecond', async () => {
  const store = postgresCommandStore(server.database.pool)
  const arrived = Date.now()
  const receiver = createCommandDesk({
    store,
    now: () => arrived,
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    onChanged: () => undefined,
    onError: (error) => {
      throw error
    },
  })
  const off = [Date.UTC(2040, 0, 1), Date.UTC(2010, 0, 1), Date.UTC(2035, 0, 1)]
  const sent = off.map((at) => ({ args: preference('order'), at }))
  const commands = sent.map(({ args, at }, index) => envelopeOf(index + 1, who, 'preference.set', args, { at }))
  await receiver.receive(who.deviceId, { incarnation: crypto.randomUUID(), commands })
  const noted = await Promise.all(
    sent.map(async ({ args }) => (await readRow(server.database.pool, 'preference', args.preferenceId))?.notedAt),
  )
  expect(noted).toEqual([arrived, arrived + 1, arrived + 2])
})

test('a captured customer gets an account number that nobody else has', async () => {
  const capture = () => ({
    customerId: crypto.randomUUID() as CustomerId,
    contactPointId: crypto.randomUUID(),
    kind: 'person' as const,
    displayName: 'New',
    nativeName: null,
    organisationId: null,
    city: null,
    language: 'en' as const,
    phone: null,
  })
  const captured = [capture(), capture(), capture()]
  const reply = await send(
    crypto.randomUUID(),
    captured.map((args, index) => envelopeOf(index + 1, who, 'customer.capture', args)),
  )
  expect(reply.outcomes.map(({ outcome }) => outcome.kind)).toEqual(['applied', 'applied', 'applied'])
  const numbers = await Promise.all(
    captured.map(async (args) => (await readRow(server.database.pool, 'customer', args.customerId))?.number),
  )
  expect(new Set(numbers).size).toBe(3)
  for (const number of numbers) expect(number).toMatch(/^K-\d+$/)
})

test('another command under a used number is refused and not stored', async () => {
  const incarnation = crypto.randomUUID()
  await send(incarnation, [envelopeOf(1, who, 'preference.set', preference('mine'))])
  const cloned = preference('clone')
  const reply = await send(incarnation, [envelopeOf(1, who, 'preference.set', cloned)])
  expect(reply.outcomes[0]?.outcome).toMatchObject({ kind: 'refused', error: { code: 'JOURNAL_COPIED' } })
  expect(await readRow(server.database.pool, 'preference', cloned.preferenceId)).toBeNull()
})

test('a command that was sent before under another journal gets its first answer', async () => {
  const envelope = envelopeOf(1, who, 'preference.set', preference('salvaged'))
  const first = await send(crypto.randomUUID(), [envelope])
  const salvaged = await send(crypto.randomUUID(), [envelope])
  expect(salvaged.outcomes).toEqual(first.outcomes)
  const other = envelopeOf(1, who, 'preference.set', preference('other text'), { commandId: envelope.commandId })
  expect((await send(crypto.randomUUID(), [other])).outcomes[0]?.outcome).toMatchObject({
    kind: 'refused',
    error: { params: { field: 'commandId' } },
  })
})

test('a device whose sign-in is over may still send its journal but nothing else', async () => {
  const journalOnly = await connectWorkstation(server.url, who, { session: false })
  expect(journalOnly.welcome.identity).toBeNull()
  const reply = await journalOnly.run('preference.set', preference('late'))
  expect(reply.outcomes[0]?.outcome.kind).toBe('applied')
  expect(await journalOnly.ask('pull', { epoch: journalOnly.welcome.epoch, after: 0, limit: 10 })).toMatchObject({
    ok: false,
    error: { code: 'NOT_SIGNED_IN' },
  })
  journalOnly.close()
  expect(journalOnly.pages).toEqual([])
})

test('the welcome says which command the server expects next from each journal of the device', async () => {
  const incarnation = crypto.randomUUID()
  await send(incarnation, [envelopeOf(1, who, 'preference.set', preference('w'))])
  const again = await connectWorkstation(server.url, who)
  expect(again.welcome.nextCommand).toContainEqual({
    incarnation,
    seq: 2,
    lastHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  again.close()
})
