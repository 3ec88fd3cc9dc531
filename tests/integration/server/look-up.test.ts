import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ContactPoint, Customer } from '../../../protocol/entities.ts'
import { bulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { connectWorkstation, signInAs, type WorkstationClient } from '../../support/workstation-client.ts'

let server: TestServer
let desk: WorkstationClient
const [wang, li, hidden] = [
  entityExamples.customer(),
  entityExamples.customer(),
  { ...entityExamples.customer(), scope: 'finance' },
]
const point = (customer: Customer, more: Partial<ContactPoint> = {}): ContactPoint => ({
  ...entityExamples.contactPoint(),
  customerId: customer.id,
  e164: '+8613800138000',
  nationalKey: 'CN:13800138000',
  ...more,
})

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  await addUser(pool, 'ana')
  await bulkLoad(pool, 'customer', [wang, li, hidden])
  await bulkLoad(pool, 'contactPoint', [
    point(wang),
    point(li),
    point(hidden),
    point(wang, { e164: '+8613900000000', nationalKey: 'CN:13900000000', invalid: true }),
  ])
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

test('a number finds all customers who have it, with their whole records, as far as the asker may have them', async () => {
  const { customerIds, changes } = await lookUp('+8613800138000', null)
  expect(customerIds.toSorted()).toEqual([wang.id, li.id].toSorted())
  const entities = changes
    .filter((change) => change.entity !== 'contactPoint')
    .map((change) => `${change.entity} ${change.scope}`)
  expect(entities.toSorted()).toEqual(['customer org', 'customer org', 'order org'])
  expect(changes.find((change) => change.id === wang.id)?.row).toEqual(wang)
})

test('a national key finds customers too; parts of numbers, wrong numbers and no number find nobody', async () => {
  expect((await lookUp(null, 'CN:13800138000')).customerIds).toHaveLength(2)
  for (const [e164, key] of [
    ['+861380013800', null],
    ['+86138001380001', null],
    [null, '13800138000'],
    [null, 'CN:%'],
    [null, ''],
    [null, null],
    ['+8613900000000', null],
  ] as const) {
    expect(await lookUp(e164, key)).toEqual({ customerIds: [], changes: [] })
  }
})

test('a number that the asker may not have finds nobody, even if the asker may have its customer', async () => {
  await bulkLoad(server.database.pool, 'contactPoint', [
    point(wang, { e164: '+8613911111111', nationalKey: 'CN:13911111111', scope: 'finance' }),
  ])
  expect((await lookUp('+8613911111111', 'CN:13911111111')).customerIds).toEqual([])
})

test('an answer is limited in bytes: whole records as far as they fit, and at least one', async () => {
  const { pool } = server.database
  const long = [entityExamples.customer(), entityExamples.customer(), entityExamples.customer()]
  const phone = { e164: '+8613922222222', nationalKey: 'CN:13922222222' }
  await bulkLoad(pool, 'customer', long)
  await bulkLoad(
    pool,
    'contactPoint',
    long.map((customer) => point(customer, phone)),
  )
  await bulkLoad(
    pool,
    'interaction',
    long.flatMap((customer) =>
      Array.from({ length: 110 }, () => ({
        ...entityExamples.interaction(),
        customerId: customer.id,
        note: 'x'.repeat(20_000),
      })),
    ),
  )
  const { customerIds, changes } = await lookUp(phone.e164, null)
  expect(customerIds).toHaveLength(1)
  expect(changes.filter((change) => change.entity === 'interaction')).toHaveLength(110)
})

test('a caller who calls for an organisation comes with everything open with it', async () => {
  const { pool } = server.database
  const organisation = { ...entityExamples.customer(), kind: 'organisation' as const, organisationId: null }
  const caller = { ...entityExamples.customer(), organisationId: organisation.id }
  const owed = { ...entityExamples.invoice(), customerId: organisation.id }
  await bulkLoad(pool, 'customer', [organisation, caller])
  await bulkLoad(pool, 'contactPoint', [point(caller, { e164: '+8613933333333', nationalKey: 'CN:13933333333' })])
  await bulkLoad(pool, 'invoice', [owed, { ...owed, id: entityExamples.invoice().id, scope: 'finance' }])
  const { customerIds, changes } = await lookUp('+8613933333333', null)
  expect(customerIds).toEqual([caller.id])
  expect(
    changes
      .filter((change) => change.entity === 'customer')
      .map((change) => change.id)
      .toSorted(),
  ).toEqual([caller.id, organisation.id].toSorted())
  expect(changes.filter((change) => change.entity === 'invoice').map((change) => change.id)).toEqual([owed.id])
})

test('an organisation that calls comes with its people and everything open with them, as far as the asker may have it', async () => {
  const { pool } = server.database
  const organisation = { ...entityExamples.customer(), kind: 'organisation' as const, organisationId: null }
  const person = { ...entityExamples.customer(), organisationId: organisation.id }
  const kept = { ...entityExamples.customer(), organisationId: organisation.id, scope: 'finance' }
  const promised = { ...entityExamples.task(), customerId: person.id }
  await bulkLoad(pool, 'customer', [organisation, person, kept])
  await bulkLoad(pool, 'contactPoint', [point(organisation, { e164: '+8613944444444', nationalKey: 'CN:13944444444' })])
  await bulkLoad(pool, 'task', [promised, { ...entityExamples.task(), customerId: kept.id }])
  const { customerIds, changes } = await lookUp('+8613944444444', null)
  expect(customerIds).toEqual([organisation.id])
  expect(
    changes
      .filter((change) => change.entity === 'customer')
      .map((change) => change.id)
      .toSorted(),
  ).toEqual([organisation.id, person.id].toSorted())
  expect(changes.filter((change) => change.entity === 'task').map((change) => change.id)).toEqual([promised.id])
})
