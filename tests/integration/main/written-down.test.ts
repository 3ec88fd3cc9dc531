import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CustomerId } from '../../../protocol/scalars.ts'
import { emptyDraft, type DraftContent } from '../../../protocol/draft.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const wang = { ...entityExamples.customer(), organisationId: null, ownerUserId: null, city: 'Shenzhen' }
const form = { name: '', nativeName: '', company: '', organisationId: null, city: '', phone: '' }

let server: TestServer
let desk: TestWorkstation
let colleague: TestWorkstation

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  await addUser(pool, 'anna', { extension: '201' })
  await addUser(pool, 'ben', { extension: '202' })
  await bulkLoad(pool, 'customer', [wang])
  await finishBulkLoad(pool)
  desk = await startTestWorkstation(server.url)
  colleague = await startTestWorkstation(server.url)
  await desk.act('session.signIn', { login: 'anna', password: PASSWORD })
  await colleague.act('session.signIn', { login: 'ben', password: PASSWORD })
  for (const one of [desk, colleague])
    await one.seen('customer.record', { customerId: wang.id }, (found) => found !== null)
})
afterAll(async () => {
  await desk?.remove()
  await colleague?.remove()
  await server?.remove()
})

const draftOf = async (customerId: CustomerId, content: Partial<DraftContent>): Promise<string> => {
  const opened = await desk.act('draft.open', { customerId })
  if (!opened.ok) throw new Error(opened.error.code)
  const { key } = opened.value
  expect((await desk.act('draft.save', { key, content: { ...emptyDraft, ...content } })).ok).toBe(true)
  return key
}

describe('what an agent enters', () => {
  it('makes a person and their new company at once, both with a number, on a colleague’s screen too, however often it is pressed', async () => {
    const customerId = CustomerId.parse(crypto.randomUUID())
    const key = await draftOf(customerId, {
      capture: { ...form, name: 'Chen Jie', company: 'Huaxin Trading', city: 'Wuhan', phone: '+86 139 1111 2222' },
    })
    const pressed = await Promise.all([desk.act('desk.capture', { key }), desk.act('desk.capture', { key })])
    expect(pressed).toEqual([
      { ok: true, value: { customerId } },
      { ok: true, value: { customerId } },
    ])
    const record = await colleague.seen(
      'customer.record',
      { customerId },
      (found) => found?.organisation?.displayName === 'Huaxin Trading',
    )
    expect(record).toMatchObject({
      customer: { displayName: 'Chen Jie', number: expect.stringMatching(/^K-\d+$/) },
      organisation: { kind: 'organisation', number: expect.stringMatching(/^K-\d+$/) },
    })
    expect(record?.customer.number).not.toBe(record?.organisation?.number)
    const { rows } = await server.database.pool.query(
      `select count(*)::int as n from customer where display_name in ('Chen Jie', 'Huaxin Trading')`,
    )
    expect(rows[0]).toEqual({ n: 2 })
  })

  it('and a second person of that company, which is found while its name is typed, belongs to the same company', async () => {
    const [company] = await desk.seen('customer.search', { text: 'Huaxin', limit: 20 }, (hits) =>
      hits.some(({ kind }) => kind === 'organisation'),
    )
    const found =
      (await desk.seen('customer.search', { text: 'Huaxin', limit: 20 }, () => true)).find(
        ({ kind }) => kind === 'organisation',
      ) ?? company!
    const customerId = CustomerId.parse(crypto.randomUUID())
    const key = await draftOf(customerId, {
      capture: { ...form, name: 'Lin Na', company: 'Huaxin', organisationId: found.customerId },
    })
    expect((await desk.act('desk.capture', { key })).ok).toBe(true)
    await colleague.seen('customer.record', { customerId }, (record) => record?.organisation?.id === found.customerId)
  })

  it('about a callback time that cannot be read is not lost: the wrap-up stops, whatever the next step is', async () => {
    const key = await draftOf(wang.id, {
      note: 'asks for the price',
      nextStep: 'sendQuote',
      callbackText: '10am tomorow',
    })
    expect(await desk.act('desk.wrapUp', { key })).toMatchObject({ ok: false, error: { code: 'CALLBACK_UNREADABLE' } })
    expect((await desk.seen('draft', { key }, (draft) => draft !== null))?.content.callbackText).toBe('10am tomorow')
  })

  it('about a callback beside another next step is one promise, even if it is wrapped up twice at once', async () => {
    const dueAt = Date.now() + 3_600_000
    const key = await draftOf(wang.id, {
      note: 'asks for the price',
      nextStep: 'sendQuote',
      callbackText: 'in an hour',
      callbackAt: dueAt,
    })
    const done = await Promise.all([desk.act('desk.wrapUp', { key }), desk.act('desk.wrapUp', { key })])
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    const record = await colleague.seen(
      'customer.record',
      { customerId: wang.id },
      (found) => found?.tasks.some((task) => task.dueAt === dueAt) ?? false,
    )
    expect(record?.tasks.filter((task) => task.dueAt === dueAt)).toMatchObject([{ kind: 'sendQuote' }])
  })

  it('stays whole in the draft if it is too long for a command, and is never cut', async () => {
    const note = 'x'.repeat(50_000)
    const key = await draftOf(wang.id, { note })
    expect(await desk.act('desk.wrapUp', { key })).toMatchObject({
      ok: false,
      error: { code: 'TEXT_TOO_LONG', params: { over: 30_000 } },
    })
    expect((await desk.seen('draft', { key }, (draft) => draft !== null))?.content.note).toBe(note)
    await desk.act('draft.discard', { key })
  })
})

describe('a customer’s data', () => {
  it('changed at one workstation are on the other', async () => {
    expect(
      (
        await desk.run('customer.change', {
          customerId: wang.id,
          was: { remark: wang.remark },
          now: { remark: 'likes tea' },
        })
      ).ok,
    ).toBe(true)
    await colleague.seen('customer.record', { customerId: wang.id }, (found) => found?.customer.remark === 'likes tea')
  })

  it('changed in the same field by two agents: the first value stays, and the second is shown beside it until its author has dealt with it', async () => {
    expect(
      (
        await colleague.run('customer.change', {
          customerId: wang.id,
          was: { city: 'Shenzhen' },
          now: { city: 'Wuhan' },
        })
      ).ok,
    ).toBe(true)
    await desk.seen('customer.record', { customerId: wang.id }, (found) => found?.customer.city === 'Wuhan')
    expect(
      (
        await desk.run('customer.change', {
          customerId: wang.id,
          was: { city: 'Shenzhen' },
          now: { city: 'Guangzhou' },
        })
      ).ok,
    ).toBe(true)
    const [conflict] = await desk.seen('customer.conflicts', { customerId: wang.id }, (found) => found.length === 1)
    expect(conflict).toMatchObject({ field: 'city', mine: 'Guangzhou' })
    await desk.seen('customer.record', { customerId: wang.id }, (found) => found?.customer.city === 'Wuhan')
    expect(await colleague.seen('customer.conflicts', { customerId: wang.id }, () => true)).toEqual([])
    expect(await desk.act('sync.dismiss', { commandId: conflict!.commandId })).toEqual({ ok: true, value: null })
    await desk.seen('customer.conflicts', { customerId: wang.id }, (found) => found.length === 0)
  })
})
