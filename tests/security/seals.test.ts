import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import type { CommandSeal } from '../../protocol/wire.ts'
import { sealOf } from '../../db/journal/command-seal.ts'
import { insertRow, readRow } from '../../server/db/rows.ts'
import { entityExamples } from '../support/entity-examples.ts'
import { addUser } from '../support/people.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { connectWorkstation, envelopeOf, signInAs, type SignedIn } from '../support/workstation-client.ts'

// A shared machine: a supervisor and an agent both sign in at it, and the agent has a program of their own.

let server: TestServer
const HOUR = 60 * 60_000

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'sue', { role: 'supervisor' })
  await addUser(server.database.pool, 'bo')
})
afterAll(() => server.remove())

const pool = () => server.database.pool
const task = () => ({
  taskId: crypto.randomUUID(),
  customerId: null,
  kind: 'callback',
  title: 'kept text',
  detail: '',
  dueAt: Date.now() + HOUR,
  ownerUserId: null,
})
const taskOf = (args: { taskId: string }) => readRow(pool(), 'task', args.taskId)
const signOut = ({ sessionToken }: SignedIn) =>
  fetch(`${server.url}/api/sign-out`, { method: 'POST', headers: { authorization: `Bearer ${sessionToken}` } })

/** Signs both users in at one machine; the device token is the same. */
async function sharedMachine(): Promise<{ sue: SignedIn; bo: SignedIn }> {
  const sue = await signInAs(server.url, 'sue')
  const again = await fetch(`${server.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      login: 'bo',
      password: 'correct horse battery',
      protocolVersion: 4,
      device: { deviceId: sue.deviceId, deviceToken: sue.deviceToken, label: 'shared' },
    }),
  })
  const body = (await again.json()) as { value: SignedIn }
  return { sue, bo: { ...body.value, deviceId: sue.deviceId } }
}

/** Sends envelopes from the machine with nobody signed in, as a workstation sends an unsent journal. */
async function send(from: SignedIn, ...commands: ReturnType<typeof envelopeOf>[]) {
  const device = await connectWorkstation(server.url, from, { session: false })
  const reply = await device.ask('commands', {
    incarnation: crypto.randomUUID(),
    commands: commands.map((command, index) => renumbered(command, index + 1)),
  })
  device.close()
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value.outcomes.map(({ outcome }) =>
    'error' in outcome ? `${outcome.kind} ${outcome.error.code}` : outcome.kind,
  )
}
const renumbered = (command: ReturnType<typeof envelopeOf>, seq: number) => {
  const { hash: _, seal, ...said } = command
  return envelopeOf(seq, { identity: { userId: command.userId } } as SignedIn, command.name, command.args, {
    ...said,
    seq,
    seal,
  })
}

test('after both have signed out, nobody can act for the supervisor with any seal', async () => {
  const { sue, bo } = await sharedMachine()
  await Promise.all([signOut(sue), signOut(bo)])
  const asSue = { ...bo, identity: sue.identity }
  const made: Record<string, unknown>[] = []
  const forged = (seal: (envelope: ReturnType<typeof envelopeOf>) => z.infer<typeof CommandSeal> | null) => {
    const args = task()
    made.push(args)
    const envelope = envelopeOf(1, asSue, 'task.add', args)
    return { ...envelope, seal: seal(envelope) }
  }
  const other = envelopeOf(1, sue, 'task.add', task())
  expect(
    await send(
      sue,
      forged(() => null),
      // Sealed in the agent's own sign-in; in one that never existed; in hers with his key; in hers with an empty key;
      // with the seal of another command of hers.
      forged((envelope) => sealOf(bo, envelope)),
      forged((envelope) => sealOf({ ...bo, sessionId: crypto.randomUUID() }, envelope)),
      forged((envelope) => sealOf({ sessionId: sue.sessionId, sealKey: bo.sealKey }, envelope)),
      forged((envelope) => sealOf({ sessionId: sue.sessionId, sealKey: '' }, envelope)),
      forged(() => other.seal),
    ),
  ).toEqual([
    'parked SEAL_UNKNOWN',
    'parked SEAL_BROKEN',
    'parked SEAL_UNKNOWN',
    'parked SEAL_BROKEN',
    'parked SEAL_BROKEN',
    'parked SEAL_BROKEN',
  ])
  for (const args of made) {
    expect(await taskOf(args as { taskId: string })).toBeNull()
    // The command is never dropped: a person decides about its text.
    const { rows } = await pool().query(
      "select args ->> 'title' as title from command_result where args ->> 'taskId' = $1",
      [args['taskId']],
    )
    expect(rows).toEqual([{ title: 'kept text' }])
  }
})

test('the server runs exactly what was sealed: no field of it can be changed', async () => {
  const { sue } = await sharedMachine()
  const genuine = envelopeOf(1, sue, 'task.add', task())
  const changed = [
    { args: { ...(genuine.args as object), title: 'another' } },
    { name: 'task.done' },
    { at: genuine.at - 1 },
    { commandId: crypto.randomUUID() },
  ].map((more) =>
    envelopeOf(1, sue, 'task.add', genuine.args, { ...genuine, hash: undefined as never, ...more, seal: genuine.seal }),
  )
  for (const envelope of changed)
    expect((await send(sue, envelope))[0]).toMatch(/^(parked SEAL_BROKEN|refused BAD_ARGUMENT)$/)
  expect(await taskOf(genuine.args as { taskId: string })).toBeNull()
})

test('ordinary work that was left unsent counts for the user who did it, after both have signed out and whatever number it has by then', async () => {
  const { sue, bo } = await sharedMachine()
  const [hers, his] = [task(), task()]
  const [first, second] = [envelopeOf(7, sue, 'task.add', hers), envelopeOf(8, bo, 'task.add', his)]
  await Promise.all([signOut(sue), signOut(bo)])
  expect(await send(sue, first, second)).toEqual(['applied', 'applied'])
  expect(await taskOf(hers)).not.toBeNull()
  const { rows } = await pool().query(
    'select user_id as who from command_result where command_id = any($1::uuid[]) order by seq',
    [[first.commandId, second.commandId]],
  )
  expect(rows).toEqual([{ who: sue.identity.userId }, { who: bo.identity.userId }])
})

test('a week without the server changes nothing for ordinary work, although its sign-in expired long ago', async () => {
  const { bo } = await sharedMachine()
  await pool().query('update session set created_at = $2, expires_at = $3 where id = $1', [
    bo.sessionId,
    Date.now() - 7 * 24 * HOUR,
    Date.now() - 6 * 24 * HOUR,
  ])
  const args = task()
  expect(await send(bo, envelopeOf(1, bo, 'task.add', args, { at: Date.now() - HOUR }))).toEqual(['applied'])
  expect(await taskOf(args)).not.toBeNull()
})

test('a sign-in that was ended seals no later work, but clocks may differ by a few minutes', async () => {
  const { bo } = await sharedMachine()
  await signOut(bo)
  await pool().query('update session set created_at = $2, ended_at = $3 where id = $1', [
    bo.sessionId,
    Date.now() - 2 * HOUR,
    Date.now() - HOUR,
  ])
  expect(
    await send(
      bo,
      envelopeOf(1, bo, 'task.add', task(), { at: Date.now() - HOUR + 60_000 }),
      envelopeOf(2, bo, 'task.add', task()),
    ),
  ).toEqual(['applied', 'parked SEAL_BROKEN'])
})

test('work that only a role allows needs a sign-in that is valid when the server takes it; otherwise it waits for a person', async () => {
  const complaint = {
    ...entityExamples.complaint(),
    step: 'informed' as const,
    department: 'quality' as const,
    closedAt: null,
  }
  await insertRow(pool(), 'complaint', complaint)
  const advance = {
    complaintId: complaint.id,
    customerId: complaint.customerId,
    from: 'informed',
    to: 'assigned',
    department: 'production',
    comment: 'chased',
  }
  const { sue } = await sharedMachine()
  const late = envelopeOf(1, sue, 'complaint.advance', advance)
  await signOut(sue)
  expect(await send(sue, late)).toEqual(['parked SIGN_IN_OVER'])
  expect(await readRow(pool(), 'complaint', complaint.id)).toMatchObject({ step: 'informed' })

  // She does it again in a valid sign-in.
  const back = (await signInAs(server.url, 'sue', sue.deviceId).catch(() => null)) ?? (await sharedMachine()).sue
  const desk = await connectWorkstation(server.url, back)
  const reply = await desk.ask('commands', {
    incarnation: crypto.randomUUID(),
    commands: [envelopeOf(1, back, 'complaint.advance', advance)],
  })
  desk.close()
  expect(reply).toMatchObject({ ok: true, value: { outcomes: [{ outcome: { kind: 'applied' } }] } })
})

test('a sign-in at another machine seals nothing here', async () => {
  const [here, there] = [(await sharedMachine()).sue, await signInAs(server.url, 'sue')]
  const args = task()
  expect(await send(here, envelopeOf(1, there, 'task.add', args))).toEqual(['parked SEAL_BROKEN'])
  expect(await taskOf(args)).toBeNull()
})

test('work of a sign-in that a restored server does not know runs under its own id once it is sealed in a sign-in that the server knows', async () => {
  const { bo } = await sharedMachine()
  const args = task()
  const lost = envelopeOf(1, bo, 'task.add', args)
  await pool().query('delete from session where id = $1', [bo.sessionId])
  expect(await send(bo, lost)).toEqual(['parked SEAL_UNKNOWN'])
  const { bo: again } = await sharedMachine()
  const resealed = (title: string) =>
    envelopeOf(1, again, 'task.add', { ...args, title }, { commandId: lost.commandId })
  // It does not run with other arguments, because an id stands for one command.
  expect(await send(again, resealed('another'))).toEqual(['refused BAD_ARGUMENT'])
  expect(await send(again, resealed(args.title), resealed(args.title))).toEqual(['applied', 'applied'])
  expect(await taskOf(args)).toMatchObject({ version: 1 })
  const { rows } = await pool().query('select kind from command_result where command_id = $1', [lost.commandId])
  expect(rows).toEqual([{ kind: 'applied' }])
})

test('a user who learns the id of a command and first sends nonsense under it does not stop the user who made it', async () => {
  const { sue } = await sharedMachine()
  const eve = await signInAs(server.url, 'bo')
  const own = envelopeOf(1, sue, 'task.add', task())
  expect(await send(eve, own)).toEqual(['parked SEAL_BROKEN'])
  expect(await send(sue, own)).toEqual(['applied'])
})

test('a price is never approved in a sign-in that is over: the quote still waits, and the server keeps what the supervisor wrote', async () => {
  const customer = { ...entityExamples.customer(), organisationId: null }
  const quote = {
    ...entityExamples.quote(),
    customerId: customer.id,
    status: 'issued' as const,
    approval: 'needed' as const,
    supersedes: null,
    validUntil: Date.now() + 24 * HOUR,
    issuedBy: crypto.randomUUID() as never,
  }
  await insertRow(pool(), 'customer', customer)
  await insertRow(pool(), 'quote', quote)
  const { sue, bo } = await sharedMachine()
  const decision = {
    quoteId: quote.id,
    customerId: customer.id,
    decision: 'approve',
    reason: 'a good customer',
    followUpTaskId: crypto.randomUUID(),
  }
  await signOut(sue)
  // Her decision, made in time and sent too late; the agent's own decision, which he may not make; and the agent's
  // decision in her name.
  expect(
    await send(
      sue,
      envelopeOf(1, sue, 'quote.decide', decision),
      envelopeOf(2, bo, 'quote.decide', decision),
      envelopeOf(3, { ...bo, identity: sue.identity }, 'quote.decide', decision),
    ),
  ).toEqual(['parked SIGN_IN_OVER', 'refused NOT_ALLOWED', 'parked SEAL_BROKEN'])
  expect(await readRow(pool(), 'quote', quote.id)).toEqual(quote)
})

test('a command that the workstation seals again without a person never gets the role of its user, because somebody else may have put it into the journal', async () => {
  const customer = { ...entityExamples.customer(), organisationId: null }
  const quote = {
    ...entityExamples.quote(),
    customerId: customer.id,
    status: 'issued' as const,
    approval: 'needed' as const,
    supersedes: null,
    validUntil: Date.now() + 24 * HOUR,
  }
  await insertRow(pool(), 'customer', customer)
  await insertRow(pool(), 'quote', quote)
  const { sue } = await sharedMachine()
  const decision = {
    quoteId: quote.id,
    customerId: customer.id,
    decision: 'approve',
    reason: 'a good customer',
    followUpTaskId: crypto.randomUUID(),
  }
  const left = envelopeOf(1, sue, 'quote.decide', decision, {
    seal: sealOf(
      { ...sue, sessionId: crypto.randomUUID() },
      { ...sue, commandId: crypto.randomUUID(), name: '', version: 1, args: null, userId: sue.identity.userId, at: 1 },
    ),
  })
  const anew = envelopeOf(1, sue, 'quote.decide', decision, { commandId: left.commandId })
  expect(await send(sue, left, anew)).toEqual(['parked SEAL_UNKNOWN', 'parked SIGN_IN_OVER'])
  expect(await readRow(pool(), 'quote', quote.id)).toEqual(quote)
  // She sends it again herself.
  expect(await send(sue, envelopeOf(1, sue, 'quote.decide', decision))).toEqual(['applied'])
})
