import { afterAll, beforeAll, expect, it } from 'vitest'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const wang = { ...entityExamples.customer(), organisationId: null, ownerUserId: null, currency: 'CNY' }
const lamp = { ...entityExamples.product(), listPriceMinor: 19_000, floorPriceMinor: 17_500 }
const DAY = 86_400_000

let server: TestServer
let anna: TestWorkstation
let zhao: TestWorkstation
let lin: TestWorkstation

const ready = async (login: string): Promise<TestWorkstation> => {
  const desk = await startTestWorkstation(server.url)
  expect(await desk.act('session.signIn', { login, password: PASSWORD })).toEqual({ ok: true, value: null })
  await desk.seen('customer.record', { customerId: wang.id }, (found) => found !== null)
  await desk.seen('sync.state', {}, (state) => state.link === 'online' && state.setup === null)
  return desk
}
const issue = (desk: TestWorkstation, quoteId: string, unitPriceMinor: number, supersedes: string | null = null) =>
  desk.run('quote.issue', {
    quoteId,
    customerId: wang.id,
    supersedes,
    validUntil: Date.now() + 14 * DAY,
    followUpTaskId: crypto.randomUUID(),
    lines: [
      {
        productId: lamp.id,
        quantity: 10,
        unitPriceMinor,
        reason: unitPriceMinor === lamp.listPriceMinor ? null : 'a competitor offers less',
      },
    ],
  })
const decide = (desk: TestWorkstation, quoteId: string, decision: 'approve' | 'refuse') =>
  desk.run('quote.decide', {
    quoteId,
    customerId: wang.id,
    decision,
    reason: 'a good customer',
    followUpTaskId: crypto.randomUUID(),
  })
const quotesOf = async (desk: TestWorkstation) =>
  (await desk.seen('customer.record', { customerId: wang.id }, () => true))!.quotes

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  await addUser(pool, 'anna')
  await addUser(pool, 'zhao', { role: 'supervisor' })
  await addUser(pool, 'lin', { role: 'supervisor' })
  await bulkLoad(pool, 'customer', [wang])
  await bulkLoad(pool, 'product', [lamp])
  await finishBulkLoad(pool)
  ;[anna, zhao, lin] = await Promise.all([ready('anna'), ready('zhao'), ready('lin')])
})
afterAll(async () => {
  for (const desk of [anna, zhao, lin]) await desk?.remove()
  await server?.remove()
})

it('a price below the floor waits for a supervisor, and the decision comes back to the asker', async () => {
  const [first, wish] = [crypto.randomUUID(), crypto.randomUUID()]
  expect((await issue(anna, first, 19_000)).ok).toBe(true)
  expect((await issue(anna, wish, 17_000, first)).ok).toBe(true)
  const [waiting] = await zhao.seen('approvals.waiting', {}, (items) => items.length === 1)
  expect(waiting).toMatchObject({
    quote: { id: wish, approval: 'needed' },
    customer: { customerId: wang.id },
    asker: { displayName: 'anna' },
    products: [{ id: lamp.id, name: lamp.name, nativeName: lamp.nativeName }],
  })
  expect(await zhao.seen('work.counts', {}, ({ approvals }) => approvals === 1)).toMatchObject({ approvals: 1 })
  // The asker has no list of prices to decide about. The earlier quote stays valid, and nobody was told the new price.
  expect(await anna.seen('approvals.waiting', {}, () => true)).toEqual([])
  expect((await quotesOf(zhao)).find(({ id }) => id === first)?.status).toBe('issued')
  const memory = await anna.seen('price.memory', { customerId: wang.id, productId: lamp.id }, () => true)
  expect(memory).toMatchObject({
    heldAgainst: { quoteId: first },
    waiting: [{ quoteId: wish, unitPriceMinor: 17_000 }],
  })
  expect(memory?.toldBefore.map(({ quoteId }) => quoteId)).toEqual([first])

  expect((await decide(zhao, wish, 'approve')).ok).toBe(true)
  const [decided] = await anna.seen('approvals.decided', {}, (items) => items.length === 1)
  expect(decided).toMatchObject({
    quote: { id: wish, approval: 'granted', decisionReason: 'a good customer' },
    decider: { displayName: 'zhao' },
  })
  expect((await quotesOf(anna)).find(({ id }) => id === first)?.status).toBe('superseded')
  const record = await anna.seen(
    'customer.record',
    { customerId: wang.id },
    (found) => (found?.tasks.filter(({ sourceId }) => sourceId === wish).length ?? 0) > 0,
  )
  expect(record?.tasks.filter(({ sourceId }) => sourceId === wish)).toMatchObject([
    { kind: 'quoteFollowUp', status: 'open' },
  ])
  expect(await zhao.seen('approvals.waiting', {}, (items) => items.length === 0)).toEqual([])

  // The decision stays until the asker has seen it, at any of the asker's workstations.
  await anna.act('session.signOut', {})
  await anna.act('session.signIn', { login: 'anna', password: PASSWORD })
  await anna.seen('approvals.decided', {}, (items) => items.length === 1)
  await anna.run('quote.seen', { quoteId: wish, customerId: wang.id })
  expect(await anna.seen('approvals.decided', {}, (items) => items.length === 0)).toEqual([])
})

it('a price is decided once: the second supervisor is told so, and the first decision stands', async () => {
  const wish = crypto.randomUUID()
  await issue(anna, wish, 16_900)
  for (const desk of [zhao, lin])
    await desk.seen('approvals.waiting', {}, (items) => items.some(({ quote }) => quote.id === wish))
  await Promise.all([decide(zhao, wish, 'approve'), decide(lin, wish, 'refuse')])
  const outcomes = await Promise.all(
    [zhao, lin].map(async (desk) => {
      await desk.seen('sync.state', {}, ({ unsent, needsAttention }) => unsent === 0 || needsAttention > 0)
      return (await desk.seen('sync.unsent', {}, (items) => items.every(({ outcome }) => outcome !== null)))[0]?.outcome
    }),
  )
  expect(outcomes.filter((outcome) => outcome !== undefined)).toMatchObject([
    { kind: 'refused', error: { code: 'APPROVAL_DECIDED' } },
  ])
  const { quote } = (
    await anna.seen('approvals.decided', {}, (items) => items.some((item) => item.quote.id === wish))
  ).find((item) => item.quote.id === wish)!
  expect(quote.decisionReason).toBe('a good customer')
  expect(['granted', 'refused']).toContain(quote.approval)
})
