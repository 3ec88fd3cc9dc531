import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LARGEST_AMOUNT } from '../../protocol/scalars.ts'
import { insertRow, readRow } from '../../server/db/rows.ts'
import { insertPending } from '../../server/feed/pending.ts'
import { entityExamples } from '../support/entity-examples.ts'
import { addUser } from '../support/people.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import {
  connectWorkstation,
  envelopeOf,
  postSignIn,
  signInAs,
  type SignedIn,
  type WorkstationClient,
} from '../support/workstation-client.ts'

// An agent with a valid sign-in who uses their own program instead of a workstation.

let server: TestServer
let who: SignedIn
let desk: WorkstationClient
const soon = () => Date.now() + 60_000
const put = async <E extends keyof typeof entityExamples>(entity: E, more: object = {}) => {
  const row = { ...entityExamples[entity](), ...more } as ReturnType<(typeof entityExamples)[E]>
  await insertRow(server.database.pool, entity, row as never)
  return row
}
const outcome = async (name: string, args: unknown, more: object = {}) => {
  const reply = await desk.ask('commands', {
    incarnation: crypto.randomUUID(),
    commands: [envelopeOf(1, who, name, args, more)],
  })
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value.outcomes[0]?.outcome
}
const task = (more: object = {}) => ({
  taskId: crypto.randomUUID(),
  customerId: null,
  kind: 'callback',
  title: 'x',
  detail: '',
  dueAt: soon(),
  ownerUserId: null,
  ...more,
})

beforeAll(async () => {
  server = await startTestServer()
  for (const login of ['ana', 'gone']) await addUser(server.database.pool, login)
  who = await signInAs(server.url, 'ana')
  desk = await connectWorkstation(server.url, who)
})
afterAll(async () => {
  desk.close()
  await server.remove()
})

describe('an agent who writes their own commands', () => {
  test('changes no row outside their scopes and learns nothing about it', async () => {
    const hidden = await put('customer', { scope: 'team:night', city: 'Hiddenville' })
    expect(await outcome('customer.change', { customerId: hidden.id, was: { city: 'x' }, now: { city: 'y' } })).toEqual(
      { kind: 'refused', error: { code: 'CUSTOMER_UNKNOWN', params: {} } },
    )
    const theirs = await put('task', { scope: 'user:somebody-else', ownerUserId: crypto.randomUUID() })
    expect(await outcome('task.claim', { taskId: theirs.id })).toEqual({
      kind: 'refused',
      error: { code: 'ROW_UNKNOWN', params: {} },
    })
    expect(await outcome('task.add', task({ taskId: theirs.id }))).toMatchObject({ kind: 'refused' })
    expect(await readRow(server.database.pool, 'customer', hidden.id)).toEqual(hidden)
    expect(await readRow(server.database.pool, 'task', theirs.id)).toEqual(theirs)
  })

  test('takes no row away from its customer by giving its id to a new row', async () => {
    const [mine, theirs] = [await put('customer'), await put('customer')]
    const product = await put('product')
    const kept = {
      contactPoint: await put('contactPoint', { customerId: theirs.id }),
      quote: await put('quote', { customerId: theirs.id }),
      preference: await put('preference', { customerId: theirs.id }),
      numberPick: await put('numberPick', { customerId: theirs.id }),
      task: await put('task', { customerId: theirs.id }),
      interaction: await put('interaction', { customerId: theirs.id }),
    }
    const phone = { raw: '+49 30 123456', country: null }
    const lines = [{ productId: product.id, quantity: 1, unitPriceMinor: product.listPriceMinor, reason: 'x' }]
    const wrapUp = {
      customerId: mine.id,
      channel: 'phone',
      direction: 'in',
      callId: null,
      startedAt: 1,
      endedAt: null,
      queue: null,
      waitMs: null,
      talkMs: null,
      note: 'x',
      matter: null,
      outcome: null,
      nextStep: null,
    }
    const tries: [string, object][] = [
      ['contactPoint.add', { contactPointId: kept.contactPoint.id, customerId: mine.id, label: 'mobile', phone }],
      [
        'customer.capture',
        {
          customerId: crypto.randomUUID(),
          contactPointId: kept.contactPoint.id,
          kind: 'person',
          displayName: 'X',
          nativeName: null,
          organisationId: null,
          city: null,
          language: 'en',
          phone,
        },
      ],
      [
        'quote.issue',
        {
          quoteId: kept.quote.id,
          customerId: mine.id,
          supersedes: null,
          validUntil: soon(),
          lines,
          followUpTaskId: crypto.randomUUID(),
        },
      ],
      [
        'quote.issue',
        {
          quoteId: crypto.randomUUID(),
          customerId: mine.id,
          supersedes: null,
          validUntil: soon(),
          lines,
          followUpTaskId: kept.task.id,
        },
      ],
      [
        'preference.set',
        { preferenceId: kept.preference.id, customerId: mine.id, key: 'new', value: 'x', source: 'said' },
      ],
      ['number.pick', { pickId: kept.numberPick.id, e164: '+4930123456', customerId: mine.id, verdict: 'them' }],
      ['task.add', task({ taskId: kept.task.id, customerId: mine.id })],
      ['interaction.wrapUp', { ...wrapUp, interactionId: kept.interaction.id, followUp: null }],
      [
        'interaction.wrapUp',
        {
          ...wrapUp,
          interactionId: crypto.randomUUID(),
          followUp: { taskId: kept.task.id, dueAt: soon(), title: 'x', ownerUserId: null },
        },
      ],
    ]
    for (const [name, args] of tries)
      expect([name, await outcome(name, args)]).toMatchObject([
        name,
        { kind: 'refused', error: { code: 'BAD_ARGUMENT' } },
      ])
    for (const [entity, row] of Object.entries(kept))
      expect(await readRow(server.database.pool, entity as keyof typeof kept, row.id)).toEqual(row)
  })

  test('cannot give a number the lookup key of another number: the server computes the key from the written number', async () => {
    const customer = await put('customer')
    const keys = async (contactPointId: string) => {
      const row = await readRow(server.database.pool, 'contactPoint', contactPointId)
      return row && [row.raw, row.e164, row.nationalKey, row.region]
    }
    const add = async (phone: object) => {
      const contactPointId = crypto.randomUUID()
      const kind = (
        await outcome('contactPoint.add', { contactPointId, customerId: customer.id, label: 'mobile', phone })
      )?.kind
      return [kind, await keys(contactPointId)]
    }
    expect(await add({ raw: '138 0013 8000', country: 'CN' })).toEqual([
      'applied',
      ['138 0013 8000', '+8613800138000', 'CN:13800138000', 'CN'],
    ])
    expect(await add({ raw: '+44 20 7946 0018', country: 'CN' })).toEqual([
      'applied',
      ['+44 20 7946 0018', '+442079460018', 'GB:2079460018', 'GB'],
    ])
    // The agent adds another person's number under their own, in every form.
    for (const more of [
      { e164: '+8613911112222' },
      { nationalKey: 'CN:13911112222' },
      { region: 'DE' },
      { e164: '+8613911112222', nationalKey: 'CN:13911112222', region: 'CN' },
    ]) {
      expect(await add({ raw: '138 0013 8001', country: 'CN', ...more })).toEqual(['refused', null])
    }
    for (const raw of [
      '110',
      '*72',
      'anonymous',
      'PJSIP/bob-0001',
      '13800138000000000',
      '1380013',
      '',
      'x'.repeat(500),
      '<img src=x>',
    ])
      expect([raw, ...(await add({ raw, country: 'CN' }))]).toEqual([raw, 'refused', null])
    expect(await add({ raw: '138 0013 8000', country: null })).toEqual(['refused', null])
    const captured = {
      customerId: crypto.randomUUID(),
      contactPointId: crypto.randomUUID(),
      kind: 'person',
      displayName: 'X',
      nativeName: null,
      organisationId: null,
      city: null,
      language: 'en',
    }
    expect(
      await outcome('customer.capture', { ...captured, phone: { raw: '021 5000 1000', country: 'CN' } }),
    ).toMatchObject({ kind: 'applied' })
    expect(await keys(captured.contactPointId)).toEqual(['021 5000 1000', '+862150001000', 'CN:2150001000', 'CN'])
  })

  test('puts no row into the feed that a workstation could not take', async () => {
    const customer = await put('customer')
    const product = await put('product')
    const quote = (lines: object[]) => ({
      quoteId: crypto.randomUUID(),
      customerId: customer.id,
      supersedes: null,
      validUntil: soon(),
      lines,
      followUpTaskId: crypto.randomUUID(),
    })
    const line = { productId: product.id, quantity: 1, unitPriceMinor: LARGEST_AMOUNT, reason: 'x' }
    expect(await outcome('quote.issue', quote([line, line]))).toMatchObject({
      kind: 'refused',
      error: { code: 'BAD_ARGUMENT', params: { field: 'lines' } },
    })
    // There is no date above the last instant, and a list that shows such a row would fail at every workstation.
    expect(await outcome('task.add', task({ dueAt: Number.MAX_SAFE_INTEGER }))).toMatchObject({
      kind: 'refused',
      error: { code: 'BAD_ARGUMENT', params: { field: 'dueAt' } },
    })
  })

  test('does not block their journal with a version that no release ever had', async () => {
    expect(await outcome('task.add', task(), { version: 5_000_000_000 })).toMatchObject({
      kind: 'refused',
      error: { code: 'UNKNOWN_NAME' },
    })
  })

  test('does not act for a user who has left: a person decides about the command', async () => {
    const gone = await signInAs(server.url, 'gone')
    await server.database.pool.query("update app_user set active = false where login = 'gone'")
    const device = await connectWorkstation(server.url, gone)
    const args = task()
    expect((await device.run('task.add', args as never)).outcomes[0]?.outcome).toEqual({
      kind: 'parked',
      error: { code: 'NOT_ALLOWED', params: {} },
    })
    expect(await readRow(server.database.pool, 'task', args.taskId)).toBeNull()
    device.close()
  })
})

describe('a device', () => {
  test('is not given to a user who only knows its id and never worked at it', async () => {
    await addUser(server.database.pool, 'eve')
    const { status, body } = await postSignIn(server.url, 'eve', { deviceId: who.deviceId })
    expect([status, body]).toMatchObject([403, { ok: false, error: { code: 'NOT_ALLOWED' } }])
    const still = await connectWorkstation(server.url, who)
    expect(still.welcome.identity?.login).toBe('ana')
    still.close()
  })

  test('that lost its token gets a new one from a user who works at it, or from a supervisor', async () => {
    await addUser(server.database.pool, 'boss', { role: 'supervisor' })
    await addUser(server.database.pool, 'hal')
    const first = await signInAs(server.url, 'hal')
    const again = await signInAs(server.url, 'hal', first.deviceId)
    expect(again.deviceToken).not.toBe(first.deviceToken)
    await expect(connectWorkstation(server.url, first)).rejects.toThrow('NOT_SIGNED_IN')
    expect((await postSignIn(server.url, 'boss', { deviceId: first.deviceId })).status).toBe(200)
  })

  test('is shared by every user who signs in at it with the token that it holds', async () => {
    await addUser(server.database.pool, 'ida')
    expect((await postSignIn(server.url, 'ida', { deviceId: who.deviceId, deviceToken: who.deviceToken })).status).toBe(
      200,
    )
  })
})

test('a field that a colleague changed meanwhile keeps its value, and the agent is told', async () => {
  const customer = await put('customer', { city: 'Theirs' })
  expect(
    await outcome('customer.change', { customerId: customer.id, was: { city: 'Before' }, now: { city: 'Mine' } }),
  ).toMatchObject({
    kind: 'altered',
    remark: { code: 'CHANGED_MEANWHILE', params: { field: 'city', value: 'Theirs' } },
  })
})

test('the cost of a product reaches a supervisor and never an agent, neither by feed nor by pull', async () => {
  await addUser(server.database.pool, 'sue', { role: 'supervisor' })
  const boss = await connectWorkstation(server.url, await signInAs(server.url, 'sue'))
  const cost = await put('productCost', { scope: 'finance' })
  await insertPending(server.database.pool, [
    { entity: 'productCost', id: cost.id, version: 1, scope: 'finance', leftScope: null, row: cost },
  ])
  const marker = task()
  expect(await outcome('task.add', marker)).toMatchObject({ kind: 'applied' })
  const has = (pages: unknown, id: string) => JSON.stringify(pages).includes(id) || undefined
  await boss.until(() => has(boss.pages, cost.id), 'the cost')
  await desk.until(() => has(desk.pages, marker.taskId), 'the marker')
  const pulled = await desk.ask('pull', { epoch: desk.welcome.epoch, after: 0, limit: 5000 })
  for (const seen of [desk.pages, pulled]) expect(has(seen, cost.id)).toBeUndefined()
  expect(has(pulled, marker.taskId)).toBe(true)
  boss.close()
})
