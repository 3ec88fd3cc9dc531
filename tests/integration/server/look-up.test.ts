import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ContactPoint, Customer } from '../../../protocol/entities.ts'
import { bulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { connectWorkstation, signInAs, type WorkstationClient } from '../../support/workstation-client.ts'

let server: TestServer
let desk: WorkstationClient
const [wang, li, hidden] = [entityExamples.customer(), entityExamples.customer(), { ...entityExamples.customer(), scope: 'finance' }]
const point = (customer: Customer, more: Partial<ContactPoint> = {}): ContactPoint => ({ ...entityExamples.contactPoint(), customerId: customer.id, e164: '+8613800138000', nationalKey: 'CN:13800138000', ...more })

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  await addUser(pool, 'ana')
  await bulkLoad(pool, 'customer', [wang, li, hidden])
  await bulkLoad(pool, 'contactPoint', [point(wang), point(li), point(hidden), point(wang, { e164: '+8613900000000', nationalKey: 'CN:13900000000', invalid: true })])
  await bulkLoad(pool, 'order', [{ ...entityExamples.order(), customerId: wang.id }])
  await bulkLoad(pool, 'invoice', [{ ...entityExamples.invoice(), customerId: wang.id, scope: 'finance' }])
  desk = await connectWorkstation(server.url, await signInAs(server.url, 'ana'))
})
afterAll(async () => {
  desk.close()
  await server.remove()
})

async function lookUp(e164: string | null, nationalKey: string | null) {
  const reply = await desk.ask('lookup', { callId: null, e164, nationalKey })
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value
}

test('a number brings everybody who has it with their whole record, within what the asker may have', async () => {
  const { customerIds, changes } = await lookUp('+8613800138000', null)
  expect(customerIds.toSorted()).toEqual([wang.id, li.id].toSorted())
  const entities = changes.filter((change) => change.entity !== 'contactPoint').map((change) => `${change.entity} ${change.scope}`)
  expect(entities.toSorted()).toEqual(['customer org', 'customer org', 'order org'])
  expect(changes.find((change) => change.id === wang.id)?.row).toEqual(wang)
})

test('a national key finds too; parts, wrong numbers and no number at all find nobody', async () => {
  expect((await lookUp(null, 'CN:13800138000')).customerIds).toHaveLength(2)
  for (const [e164, key] of [['+861380013800', null], ['+86138001380001', null], [null, '13800138000'], [null, 'CN:%'], [null, ''], [null, null], ['+8613900000000', null]] as const) {
    expect(await lookUp(e164, key)).toEqual({ customerIds: [], changes: [] })
  }
})
