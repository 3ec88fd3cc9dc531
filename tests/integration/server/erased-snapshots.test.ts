import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { eraseCustomer } from '../../../server/erasure/erase-customer.ts'
import { createLog } from '../../../server/log.ts'
import { openDatabase, type OpenDatabase } from '../../../server/open-database.ts'
import { startServer, type RunningServer } from '../../../server/start-server.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { beginDownload, bearer, manifestFor } from '../../support/snapshot-requests.ts'
import { signInAs, type SignedIn } from '../../support/workstation-client.ts'

interface Node {
  readonly server: RunningServer
  readonly database: OpenDatabase
  readonly folder: string
}
let database: TestDatabase
let nodes: Node[]
let who: SignedIn
const customers = Array.from({ length: 3 }, () => ({ ...entityExamples.customer(), organisationId: null }))

async function startNode(): Promise<Node> {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-node-'))
  const its = await openDatabase({ dataFolder: folder, databaseUrl: database.connectionString })
  return {
    folder,
    database: its,
    server: await startServer({
      database: its,
      dataFolder: folder,
      plan: [],
      log: createLog(() => undefined, Date.now),
    }),
  }
}

beforeAll(async () => {
  database = await createTestDatabase()
  await addUser(database.pool, 'ana')
  await bulkLoad(database.pool, 'customer', customers)
  // More than fits into the buffers of a connection that nobody reads.
  await bulkLoad(
    database.pool,
    'interaction',
    Array.from({ length: 5_000 }, () => ({
      ...entityExamples.interaction(),
      customerId: customers[2]!.id,
      note: 'words '.repeat(600),
    })),
  )
  await finishBulkLoad(database.pool)
  nodes = [await startNode(), await startNode()]
  who = await signInAs(nodes[0]!.server.url, 'ana')
})
afterAll(async () => {
  for (const { server, database: its, folder } of nodes) {
    await server.stop()
    await its.close()
    rmSync(folder, { recursive: true, force: true })
  }
  await database.drop()
})

const manifestAt = (node: Node) => manifestFor(node.server.url, who)

test('after an erasure no node names, sends or keeps an older file; a workstation that was downloading one is disconnected and gets a new file', async () => {
  const before = await Promise.all(nodes.map(manifestAt))
  const loading = await Promise.all(nodes.map((node, index) => beginDownload(node.server.url, who, before[index]!.id)))

  await eraseCustomer(database.pool, { customerId: customers[0]!.id, reason: 'r', by: null, now: Date.now() })
  // This holds at once, even if a node has not heard of the erasure yet.
  for (const [index, node] of nodes.entries())
    expect((await fetch(`${node.server.url}/api/snapshot/${before[index]!.id}`, { headers: bearer(who) })).status).toBe(
      404,
    )
  for (const { goOn } of loading) goOn()
  expect(await Promise.all(loading.map(({ whole }) => whole))).toEqual([false, false])
  for (const [index, node] of nodes.entries()) {
    expect(readdirSync(join(node.folder, 'snapshots')).filter((name) => name.startsWith(before[index]!.id))).toEqual([])
    const after = await manifestAt(node)
    expect(after.id).not.toBe(before[index]!.id)
    expect(after.seq).toBeGreaterThan(before[index]!.seq)
  }
})

test('a node that was down during an erasure removes its files when it starts', async () => {
  const node = nodes[1]!
  const { id } = await manifestAt(node)
  await node.server.stop()
  await eraseCustomer(database.pool, { customerId: customers[1]!.id, reason: 'r', by: null, now: Date.now() })
  expect(existsSync(join(node.folder, 'snapshots', `${id}.db`))).toBe(true)
  nodes[1] = {
    ...node,
    server: await startServer({
      database: node.database,
      dataFolder: node.folder,
      plan: [],
      log: createLog(() => undefined, Date.now),
    }),
  }
  expect((await manifestAt(nodes[1])).id).not.toBe(id)
  expect(existsSync(join(node.folder, 'snapshots', `${id}.db`))).toBe(false)
})
