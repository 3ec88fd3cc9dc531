import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { readRow } from '../../../server/db/rows.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { createTestDatabase } from '../../support/test-database.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const product = { ...entityExamples.product(), currency: 'JPY' }
let server: TestServer
let desk: TestWorkstation

beforeAll(async () => {
  const database = await createTestDatabase()
  server = await startTestServer({}, { ...database, site: { ...database.site, country: 'PT', currency: 'EUR' } })
  await addUser(server.database.pool, 'ana')
  await bulkLoad(server.database.pool, 'product', [product])
  await finishBulkLoad(server.database.pool)
  desk = await startTestWorkstation(server.url)
  await desk.act('session.signIn', { login: 'ana', password: PASSWORD })
  // Wait for the first snapshot: before its download begins, nothing shows that one will come.
  await desk.seen('colleagues', {}, (all) => all.length > 0)
})
afterAll(async () => {
  await desk?.remove()
  await server?.remove()
})

const capture = async () => {
  const customerId = crypto.randomUUID() as CustomerId
  await desk.run('customer.capture', {
    customerId,
    contactPointId: crypto.randomUUID(),
    kind: 'person',
    displayName: 'Ana',
    nativeName: null,
    organisationId: null,
    newOrganisation: null,
    city: null,
    language: 'pt',
    phone: null,
  })
  return customerId
}
const shown = async (customerId: CustomerId) =>
  (await desk.seen('customer.record', { customerId }, (record) => record !== null))?.customer.currency

it('a captured caller gets the currency of the site, which is shown here at once and stored at the server', async () => {
  const customerId = await capture()
  expect(await shown(customerId)).toBe('EUR')
  await expect
    .poll(() => readRow(server.database.pool, 'customer', customerId), { timeout: 20_000 })
    .toMatchObject({ currency: 'EUR' })
})

it('this also holds without the server and over a restart of the workstation', async () => {
  await server.stop()
  const customerId = await capture()
  expect(await shown(customerId)).toBe('EUR')
  const { folder } = desk
  await desk.stop()
  desk = await startTestWorkstation(server.url || 'http://127.0.0.1:9', { folder })
  expect(await shown(customerId)).toBe('EUR')
})

it('a quote that is not at the server yet shows the currency of its product, whatever the site’s is', async () => {
  const customerId = await capture()
  const lines = [{ productId: product.id, quantity: 1, unitPriceMinor: product.listPriceMinor, reason: 'as listed' }]
  expect(
    (
      await desk.run('quote.issue', {
        quoteId: crypto.randomUUID(),
        customerId,
        supersedes: null,
        validUntil: Date.now() + 86_400_000,
        lines,
        followUpTaskId: crypto.randomUUID(),
      })
    ).ok,
  ).toBe(true)
  const items = await desk.seen('sync.unsent', {}, (unsent) => unsent.some(({ name }) => name === 'quote.issue'))
  expect(items.map(({ name, currency }) => [name, currency])).toContainEqual(['quote.issue', 'JPY'])
  expect(items.filter(({ name }) => name !== 'quote.issue').every(({ currency }) => currency === null)).toBe(true)
})
