import { afterAll, beforeAll, expect, it } from 'vitest'
import { bulkLoad, finishBulkLoad } from '../../server/db/bulk-load.ts'
import type { QueryArgs, QueryName } from '../../protocol/workstation.ts'
import { entityExamples } from '../support/entity-examples.ts'
import { addUser, PASSWORD } from '../support/people.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../support/test-workstation.ts'

const wang = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
const product = entityExamples.product()
const complaint = { ...entityExamples.complaint(), customerId: wang.id, step: 'informed' as const, closedAt: null }

let server: TestServer
let desk: TestWorkstation
beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana')
  await bulkLoad(server.database.pool, 'customer', [wang])
  await bulkLoad(server.database.pool, 'product', [product])
  await bulkLoad(server.database.pool, 'complaint', [complaint])
  await finishBulkLoad(server.database.pool)
  desk = await startTestWorkstation(server.url)
})
afterAll(async () => {
  await desk?.remove()
  await server?.remove()
})

const asked: { [Q in QueryName]?: QueryArgs<Q> } = {
  'customer.record': { customerId: wang.id },
  'customer.timeline': { customerId: wang.id, before: null },
  'customer.search': { text: 'wang', limit: 10 },
  'price.memory': { customerId: wang.id, productId: product.id },
  'product.search': { text: product.name, limit: 10 },
  'complaints.open': {},
  colleagues: {},
  'tasks.open': {},
}
const holds = (result: unknown) =>
  JSON.stringify(result).includes(wang.id) ||
  JSON.stringify(result).includes(product.id) ||
  JSON.stringify(result).includes('"ana"')

it('a workstation where nobody is signed in shows no record, in no window and for no query, although its cache holds them all', async () => {
  expect(await desk.act('session.signIn', { login: 'ana', password: PASSWORD })).toMatchObject({ ok: true })
  await desk.seen('customer.record', { customerId: wang.id }, (record) => record !== null)
  const open = desk.seen('customer.record', { customerId: wang.id }, (record) => record === null)
  for (const name of ['customer.search', 'complaints.open', 'colleagues'] as const)
    await desk.seen(name, asked[name] as never, holds)

  expect(await desk.act('session.signOut', {})).toMatchObject({ ok: true })
  // A window that was open already shows nothing any more either.
  await open
  for (const [name, args] of Object.entries(asked))
    expect([name, holds(await desk.seen(name as 'customer.search', args as never, () => true))]).toEqual([name, false])

  expect(await desk.act('session.signIn', { login: 'ana', password: PASSWORD })).toMatchObject({ ok: true })
  await desk.seen('customer.record', { customerId: wang.id }, (record) => record !== null)
})
