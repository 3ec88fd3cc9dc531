import { afterAll, beforeAll, expect, test } from 'vitest'
import { bulkLoadTable } from '../../../server/db/bulk-load.ts'
import type { PlannedCall } from '../../../server/telephony/call-plan.ts'
import { storedCallPlan } from '../../../server/telephony/stored-call-plan.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const planned = (name: string): PlannedCall => ({
  afterMs: 30_000,
  from: { kind: 'withheld' },
  line: '+862150001000',
  queue: 'sales',
  patienceMs: 60_000,
  serviceMs: 90_000,
  collected: null,
  name,
})

test('a plan that does not exist ends at once', async () => {
  expect(await storedCallPlan(database.pool).next()).toEqual({ done: true, value: undefined })
})

test('a stored plan is played in its order and then from the start again, without lines that do not fit', async () => {
  const calls: unknown[] = Array.from({ length: 250 }, (_, index) => planned(`call ${index}`))
  calls[7] = { nonsense: true }
  await bulkLoadTable(
    database.pool,
    'call_plan',
    ['position', 'call'],
    calls.map((call, position) => [position, call]),
  )
  const names: string[] = []
  for await (const call of storedCallPlan(database.pool)) {
    names.push(call.name)
    if (names.length === 252) break
  }
  expect(names).toEqual([
    ...calls.flatMap((_, index) => (index === 7 ? [] : [`call ${index}`])),
    'call 0',
    'call 1',
    'call 2',
  ])
})
