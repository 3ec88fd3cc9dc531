import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { OLDEST_PROTOCOL } from '../../../protocol/version.ts'
import { pushes, requests } from '../../../protocol/wire.ts'
import { commands } from '../../../protocol/commands.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { createErasureDesk } from '../../../server/erasure/erasure-desk.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { connectWorkstation, envelopeOf, signInAs, type SignedIn } from '../../support/workstation-client.ts'

type Schema = Parameters<typeof z.fromJSONSchema>[0]

/** The contract as version 2 had it, kept as it was: an older workstation checks everything against this, strictly. */
const before = JSON.parse(readFileSync(new URL('../../fixtures/protocol-2.json', import.meta.url), 'utf8')) as {
  requests: Record<string, { args: Schema; reply: Schema }>
  pushes: Record<string, Schema>
  commands: Record<string, { version: number; args: Schema }>
}
const readsAs = (schema: Schema, value: unknown) => z.fromJSONSchema(schema).safeParse(value).error?.issues ?? []
const json = (schema: z.ZodType) => JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }))

/** Where a page may be packed, its other form alone: that is what this version is sent. */
function unpacked(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(unpacked)
  const { anyOf } = schema as { anyOf?: readonly { properties?: object }[] }
  if (anyOf?.some(({ properties }) => properties && 'packed' in properties)) return unpacked(anyOf.find(({ properties }) => properties && 'changes' in properties))
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, unpacked(value)]))
}

let server: TestServer
let who: SignedIn
const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana', { extension: '201' })
  await addUser(server.database.pool, 'chief', { role: 'supervisor' })
  await bulkLoad(server.database.pool, 'customer', [customer])
  await finishBulkLoad(server.database.pool)
  who = await signInAs(server.url, 'ana')
})
afterAll(() => server.remove())

describe('the contract of the version before', () => {
  test('stands as it was: every message of it has the same shape, only a page may come packed as well', () => {
    for (const [name, { args, reply }] of Object.entries(before.requests)) {
      const now = requests[name as keyof typeof requests]
      expect([name, JSON.parse(json(now.args))]).toEqual([name, args])
      expect([name, unpacked(JSON.parse(json(now.reply)))]).toEqual([name, reply])
    }
    for (const [name, schema] of Object.entries(before.pushes)) {
      const { $schema: _, ...now } = unpacked(JSON.parse(json(pushes[name as keyof typeof pushes]))) as Record<string, unknown>
      const { $schema: __, ...then } = schema as Record<string, unknown>
      expect([name, now]).toEqual([name, then])
    }
    for (const [name, { version, args }] of Object.entries(before.commands)) {
      const now = commands[name as keyof typeof commands]
      expect([name, now.version]).toEqual([name, version])
      expect([name, JSON.parse(json(now.args))]).toEqual([name, args])
    }
  })
})

describe('a workstation of the version before', () => {
  test('connects, works, and can read all that it is told', async () => {
    const desk = await connectWorkstation(server.url, who, { protocolVersion: OLDEST_PROTOCOL })
    const said: [string, unknown][] = [['welcome', desk.welcome]]
    desk.socket.onAny((name: string, payload: unknown) => { said.push([name, payload]) })
    const answers: [string, unknown][] = []
    const ask = async (name: 'commands' | 'pull' | 'lookup' | 'setAgentState' | 'callControl', args: unknown) => {
      const answer = await desk.ask(name, args as never)
      answers.push([name, answer])
      return answer
    }
    const incarnation = crypto.randomUUID()
    const preference = (value: string) => ({ preferenceId: crypto.randomUUID(), customerId: customer.id, key: 'seat', value, source: 'said' })
    const send = (seq: number, name: string, args: unknown) => ask('commands', { incarnation, commands: [envelopeOf(seq, who.identity.userId, name, args)] })
    await send(1, 'preference.set', preference('window'))
    await send(2, 'task.claim', { taskId: crypto.randomUUID() })
    await send(3, 'made.up', {})
    await desk.until(() => desk.pages.find((page) => page.changes.some(({ entity }) => entity === 'preference')), 'the change')
    await ask('pull', { epoch: desk.welcome.epoch, after: 0, limit: 100 })
    await ask('lookup', { callId: null, e164: '+8613800138000', nationalKey: null })
    await ask('setAgentState', { state: 'READY', reason: null })
    await ask('callControl', { action: 'answer', callId: 'nobody' })
    // Reasons have names since: it is told their words.
    const refused = { code: 'BAD_ARGUMENT', params: { problem: 'it does not have the right form' } }
    expect(await ask('pull', { epoch: 5, after: 0, limit: 100 })).toMatchObject({ ok: false, error: refused })
    expect(await send(4, 'preference.set', { ...preference('door'), value: 5 })).toMatchObject({ ok: true, value: { outcomes: [{ outcome: { kind: 'refused', error: refused } }] } })

    const { rows: [chief] } = await server.database.pool.query<{ id: string }>(`select id from app_user where login = 'chief'`)
    const erased = await createErasureDesk({ pool: server.database.pool, now: Date.now, onErased: () => undefined })
      .erase({ id: chief!.id, role: 'supervisor' } as never, { customerId: customer.id, reason: 'asked for it' })
    expect(erased.ok).toBe(true)
    const late = await send(5, 'preference.set', preference('aisle'))
    expect(late).toMatchObject({ ok: true, value: { outcomes: [{ outcome: { kind: 'parked', error: { code: 'CUSTOMER_ERASED' } } }] } })

    for (const [name, answer] of answers) expect([name, readsAs(before.requests[name]!.reply, answer)]).toEqual([name, []])
    const known = said.filter(([name]) => Object.hasOwn(before.pushes, name))
    for (const [name, payload] of known) expect([name, readsAs(before.pushes[name]!, payload)]).toEqual([name, []])
    expect(new Set(known.map(([name]) => name))).toContain('feed')
    desk.close()
  })
})
