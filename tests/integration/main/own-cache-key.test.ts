import { readFileSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readMeta } from '../../../db/schema/meta.ts'
import { changeKey, openReadable } from '../../../db/open.ts'
import { createSnapshotFile } from '../../../db/snapshot-writer.ts'
import { CACHE_SCHEMA } from '../../../protocol/version.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { manifestFor } from '../../support/snapshot-requests.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'
import { signInAs } from '../../support/workstation-client.ts'

const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
let server: TestServer
let workstation: TestWorkstation

beforeAll(async () => {
  server = await startTestServer()
  for (const login of ['ana', 'bo']) await addUser(server.database.pool, login)
  await bulkLoad(server.database.pool, 'customer', [customer])
  await finishBulkLoad(server.database.pool)
  workstation = await startTestWorkstation(server.url)
  await workstation.act('session.signIn', { login: 'ana', password: PASSWORD })
  await workstation.seen('customer.record', { customerId: customer.id }, (record) => record !== null)
})
afterAll(async () => {
  await workstation.remove()
  await server.remove()
})

const opens = (path: string, keyHex: string): boolean => {
  try {
    const db = openReadable({ path, keyHex, purpose: 'cache', schema: CACHE_SCHEMA })
    const { n } = db.get<{ n: number }>('SELECT count(*) AS "n" FROM "customer"')!
    db.close()
    return n > 0
  } catch {
    return false
  }
}

it('the key that a colleague with the same scopes gets for the same snapshot opens no file of a workstation', async () => {
  const manifest = await manifestFor(server.url, await signInAs(server.url, 'bo'))
  const { folder } = workstation
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.db') || name.endsWith('.part'))
    .map((name) => join(folder, name))
  expect(files.length).toBeGreaterThan(1)
  expect(files.filter((file) => opens(file, manifest.key))).toEqual([])

  const journal = openReadable({
    path: join(folder, 'journal.db'),
    keyHex: readFileSync(join(folder, 'files.key'), 'utf8').trim(),
    purpose: 'journal',
    schema: 1000,
  })
  const [file, own] = [readMeta(journal, 'cacheFile')!, readMeta(journal, 'cacheKey')!]
  journal.close()
  // This is the same snapshot that was downloaded, and the workstation's own key opens it.
  expect(file).toContain(manifest.id)
  expect([opens(join(folder, file), own), own === manifest.key]).toEqual([true, false])
})

const [OLD, NEW] = ['11'.repeat(32), '22'.repeat(32)]
const snapshotFile = () => {
  const path = join(tempFolder(), 'cache-snap.db')
  const file = createSnapshotFile(path, OLD)
  file.insert(
    'customer',
    Array.from({ length: 400 }, () => entityExamples.customer()),
  )
  file.finish({ epoch: 'e', seq: 1, scopes: ['org'], partial: null })
  return path
}

it('a file with a new key has the same rows, and its old key no longer opens it', () => {
  const path = snapshotFile()
  const size = statSync(path).size
  changeKey({ path, keyHex: OLD, purpose: 'snapshot', schema: CACHE_SCHEMA }, NEW)
  expect([opens(path, OLD), opens(path, NEW), statSync(path).size, readdirSync(join(path, '..'))]).toEqual([
    false,
    true,
    size,
    ['cache-snap.db'],
  ])
  const db = openReadable({ path, keyHex: NEW, purpose: 'cache', schema: CACHE_SCHEMA })
  expect([db.get('SELECT count(*) AS "n" FROM "customer"'), db.get('PRAGMA integrity_check')]).toEqual([
    { n: 400 },
    { integrity_check: 'ok' },
  ])
  db.close()
})

it('a file that is incomplete or has another key is reported as damaged, and not taken for one with the new key', () => {
  const cut = snapshotFile()
  truncateSync(cut, statSync(cut).size - 3 * 4096 - 100)
  expect(() => changeKey({ path: cut, keyHex: OLD, purpose: 'snapshot', schema: CACHE_SCHEMA }, NEW)).toThrow(
    /cannot be read/,
  )
  const whole = snapshotFile()
  expect(() => changeKey({ path: whole, keyHex: NEW, purpose: 'snapshot', schema: CACHE_SCHEMA }, OLD)).toThrow(
    /cannot be read/,
  )
  expect(opens(whole, OLD)).toBe(true)
})
