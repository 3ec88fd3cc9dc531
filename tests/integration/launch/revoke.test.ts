import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deviceStanding, registerDevice } from '../../../server/auth/devices.ts'
import { keepReport } from '../../../server/operator/device-states.ts'
import { addUser } from '../../support/people.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'

let database: TestDatabase
const lost = { deviceId: crypto.randomUUID(), deviceToken: null, label: 'laptop 7' }
let token = ''
beforeAll(async () => {
  database = await createTestDatabase()
  const user = await addUser(database.pool, 'ana')
  token = (await registerDevice(database.pool, lost, user, Date.now() - 1000)) ?? ''
  await keepReport(database.pool, lost.deviceId, user.id, {
    appVersion: '1',
    protocolVersion: 2,
    cacheSchema: 3,
    cursor: 0,
    behind: 0,
    unsent: 3,
    needsAttention: 0,
    alarm: null,
    freeDiskBytes: null,
  })
  for (const label of ['desk', 'desk', '\u001b[2Jevil'])
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

test('an operator finds a lost machine by its name or its user, is asked first, revokes it, and lets it in again when it is found', async () => {
  expect(await ringside('revoke')).toContain('Say which')
  const list = await ringside('revoke', '--list')
  expect(list).toMatch(new RegExp(`${lost.deviceId}  laptop 7, used by ana, last seen`))
  expect(list).not.toContain('\u001b')
  expect(await ringside('revoke', 'laptop 8')).toContain('There is no device laptop 8')
  expect(await ringside('revoke', 'desk')).toMatch(/2 devices are called desk. Name one by its id/)

  expect(await ringside('revoke', 'laptop 7')).toMatch(
    /laptop 7, used by ana.* would be barred.* 3 unsent[\s\S]*Nothing was done/,
  )
  expect(await deviceStanding(database.pool, lost.deviceId, token)).toBe('fits')
  expect(await ringside('revoke', lost.deviceId.slice(0, 13), '--sure')).toMatch(/Barred: laptop 7.*3 unsent/)
  expect(await deviceStanding(database.pool, lost.deviceId, token)).toBe('revoked')
  expect(await ringside('revoke', '--list')).toMatch(/laptop 7.* {2}barred 20/)
  expect(await ringside('revoke', 'laptop 7', '--sure')).toContain('is barred since')

  expect(await ringside('revoke', 'laptop 7', '--undo')).toContain('may come in again')
  expect(await deviceStanding(database.pool, lost.deviceId, token)).toBe('unknown')
  expect(await ringside('revoke', 'laptop 7', '--undo')).toContain('is not barred')
})
