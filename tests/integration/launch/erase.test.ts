import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerDevice } from '../../../server/auth/devices.ts'
import { insertRow, readRow } from '../../../server/db/rows.ts'
import { confirmErasures } from '../../../server/erasure/device-erasures.ts'
import { listErasures } from '../../../server/erasure/list-erasures.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'

let database: TestDatabase
const customer = { ...entityExamples.customer(), number: 'K-4711', displayName: 'Wang Fang', organisationId: null }
beforeAll(async () => {
  database = await createTestDatabase()
  await insertRow(database.pool, 'customer', customer)
  const user = await addUser(database.pool, 'ana')
  for (const label of ['desk one', 'desk two'])
    await registerDevice(
      database.pool,
      { deviceId: crypto.randomUUID(), deviceToken: null, label },
      user,
      Date.now() - 1000,
    )
})
afterAll(() => database.drop())

async function ringside(...args: string[]): Promise<string> {
  const script = join(import.meta.dirname, '../../../launch/ringside.ts')
  const ended = promisify(execFile)(process.execPath, [script, ...args], {
    env: { ...process.env, DATABASE_URL: database.connectionString },
  })
  return ended.then(
    ({ stdout }) => stdout,
    (error: { stderr: string }) => error.stderr,
  )
}

test('an operator erases by account number, is asked first, and sees which devices still owe their receipt', async () => {
  expect(await ringside('erase', 'K-4711')).toContain('Say whom and why')
  expect(await ringside('erase', 'K-none', '--reason', 'letter of 3 May')).toContain('There is no customer K-none')
  expect(await ringside('erase', 'K-4711', '--reason', 'letter of 3 May')).toMatch(
    /Wang Fang would be erased[\s\S]*Nothing was done/,
  )
  expect(await readRow(database.pool, 'customer', customer.id)).not.toBeNull()
  expect(await ringside('erase', '--list')).toContain('Nobody was erased here')

  expect(await ringside('erase', 'K-4711', '--reason', 'letter of 3 May', '--sure')).toContain('Erased on the server')
  expect(await readRow(database.pool, 'customer', customer.id)).toBeNull()
  const [erasure] = await listErasures(database.pool)
  const one = erasure?.devices.find(({ label }) => label === 'desk one')
  await confirmErasures(
    database.pool,
    one?.deviceId ?? '',
    { erasureIds: [erasure?.erasureId ?? ''], setAside: 2 },
    Date.now(),
  )
  const list = await ringside('erase', '--list')
  expect(list).toContain('by the operator: letter of 3 May')
  expect(list).toContain('1 of 2 devices have confirmed')
  expect(list).toMatch(/desk one .* confirmed .*2 damaged journals set aside there must be removed by hand/)
  expect(list).toMatch(/desk two .* owing, last seen/)
  expect(list).not.toContain('Wang')
})
