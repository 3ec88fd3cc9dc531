import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { bearer, manifestFor } from '../../support/snapshot-requests.ts'
import { signInAs, type SignedIn } from '../../support/workstation-client.ts'
import { until } from '../../support/until.ts'
import { there } from '../../support/there.ts'

let server: TestServer
let ana: SignedIn
let sue: SignedIn
const folder = mkdtempSync(join(tmpdir(), 'ringside-snapshot-'))
const customers = Array.from({ length: 50 }, entityExamples.customer)
const costs = Array.from({ length: 3 }, entityExamples.productCost)

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  await addUser(pool, 'ana')
  await addUser(pool, 'sue', { role: 'supervisor' })
  await bulkLoad(pool, 'customer', customers)
  await bulkLoad(pool, 'productCost', costs)
  await bulkLoad(
    pool,
    'interaction',
    Array.from({ length: 5_000 }, (_, index) => ({
      ...entityExamples.interaction(),
      customerId: customers[index % 50]?.id ?? null,
    })),
  )
  await finishBulkLoad(pool)
  ana = await signInAs(server.url, 'ana')
  sue = await signInAs(server.url, 'sue')
})
afterAll(async () => {
  await server.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function download(who: SignedIn, id: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(`${server.url}/api/snapshot/${id}`, { headers: bearer(who) })).arrayBuffer())
}
function openFile(bytes: Buffer, key: string) {
  const path = join(folder, `${crypto.randomUUID()}.db`)
  writeFileSync(path, bytes)
  const db = new Database(path, { readonly: true })
  db.pragma("cipher='aegis'")
  db.pragma(`key="x'${key}'"`)
  return db
}

test('a snapshot is what its manifest says: size, hash, place in the feed, and all rows of the scopes', async () => {
  const manifest = await manifestFor(server.url, ana)
  const bytes = await download(ana, manifest.id)
  expect(bytes.length).toBe(manifest.bytes)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(manifest.sha256)
  expect(manifest).toMatchObject({ scopes: ['org'], epoch: server.database.site.epoch })
  const text = bytes.toString('latin1')
  expect(text).not.toContain('SQLite format 3')
  const customer = there(customers[0], 'no customer')
  expect(text).not.toContain(customer.id)
})

test('only a user who may see finance gets a file with costs in it', async () => {
  const [forAna, forSue] = [await manifestFor(server.url, ana), await manifestFor(server.url, sue)]
  expect([forAna.scopes, forSue.scopes]).toEqual([['org'], ['finance', 'org']])
  expect((await fetch(`${server.url}/api/snapshot/${forSue.id}`, { headers: bearer(ana) })).status).toBe(404)
  expect((await fetch(`${server.url}/api/snapshot/${forSue.id}`)).status).toBe(401)
  const tables = (key: string, bytes: Buffer) => {
    const db = openFile(bytes, key)
    try {
      const name = (entity: string) =>
        db
          .prepare("select name from sqlite_master where type = 'table' and lower(replace(name, '_', '')) = ?")
          .pluck()
          .get(entity) as string
      return {
        costs: db
          .prepare(`select count(*) from "${name('productcost')}"`)
          .pluck()
          .get(),
        customers: db
          .prepare(`select count(*) from "${name('customer')}"`)
          .pluck()
          .get(),
        interactions: db
          .prepare(`select count(*) from "${name('interaction')}"`)
          .pluck()
          .get(),
      }
    } finally {
      db.close()
    }
  }
  expect(tables(forAna.key, await download(ana, forAna.id))).toEqual({ costs: 0, customers: 50, interactions: 5_000 })
  expect(tables(forSue.key, await download(sue, forSue.id))).toEqual({ costs: 3, customers: 50, interactions: 5_000 })
})

test('a download that was broken off continues where it stopped', async () => {
  const manifest = await manifestFor(server.url, ana)
  const whole = await download(ana, manifest.id)
  const rest = await fetch(`${server.url}/api/snapshot/${manifest.id}`, {
    headers: { ...bearer(ana), range: 'bytes=1000-' },
  })
  expect([rest.status, rest.headers.get('content-range')]).toEqual([
    206,
    `bytes 1000-${whole.length - 1}/${whole.length}`,
  ])
  expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(1000))).toBe(true)
})

test('after a bulk load the earlier file is not given out any more', async () => {
  const before = await manifestFor(server.url, ana)
  await bulkLoad(server.database.pool, 'customer', Array.from({ length: 5 }, entityExamples.customer))
  await finishBulkLoad(server.database.pool)
  await new Promise((resolve) => {
    setTimeout(resolve, 500)
  })
  const after = await manifestFor(server.url, ana)
  expect(after.id).not.toBe(before.id)
  expect(after.seq).toBeGreaterThan(before.seq)
})

test('a workstation that waits for a file while another is made gets it without asking again', async () => {
  const { pool } = server.database
  const readies = () =>
    server.logged.filter((line) => line.includes('snapshot ready') && line.includes('finance')).length
  await manifestFor(server.url, sue)
  const before = readies()
  await bulkLoad(pool, 'customer', [entityExamples.customer()])
  await finishBulkLoad(pool)
  // The server makes the file that everybody can have first.
  await until(() => readies() > before, 'the file with costs in it', 20_000)
})
