import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { CustomerId } from '../../../protocol/scalars.ts'
import type { FeedPage } from '../../../protocol/wire.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import type { Pool } from '../../../server/db/connect.ts'
import { inTransaction } from '../../../server/db/transaction.ts'
import { insertPending } from '../../../server/feed/pending.ts'
import { PAGE_BYTES, readLog, readPage, readPlace } from '../../../server/feed/read-log.ts'
import { sequencePending } from '../../../server/feed/sequence-pending.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { createTestDatabase } from '../../support/test-database.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { connectWorkstation, signInAs, type WorkstationClient } from '../../support/workstation-client.ts'

let server: TestServer
let customerId: CustomerId
let open: WorkstationClient[] = []

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana')
  await addUser(server.database.pool, 'bo', { team: 'two' })
  await addUser(server.database.pool, 'sue', { role: 'supervisor' })
  const customer = entityExamples.customer()
  customerId = customer.id
  await bulkLoad(server.database.pool, 'customer', [customer])
})
afterEach(() => {
  for (const desk of open) desk.close()
  open = []
})
afterAll(() => server.remove())

async function desk(login: string): Promise<WorkstationClient> {
  const connected = await connectWorkstation(server.url, await signInAs(server.url, login))
  open.push(connected)
  return connected
}
const change = (row: ReturnType<typeof entityExamples.preference>, leftScope: string | null = null) => ({
  entity: 'preference' as const,
  id: row.id,
  version: row.version,
  scope: row.scope,
  leftScope,
  row,
})
const leave = (...rows: ReturnType<typeof change>[]) =>
  inTransaction(server.database.pool, (client) => insertPending(client, rows))
/**
 * How many entries of a table statements have read. PostgreSQL publishes a connection's counts only after it was idle
 * for a moment, so this waits for `atLeast`.
 */
async function entriesRead(pool: Pool, table: string, atLeast: number): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const {
      rows: [read],
    } = await pool.query<{ n: number }>(
      'select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as n from pg_stat_user_tables where relname = $1',
      [table],
    )
    if (read && read.n >= atLeast) return read.n
    if (tries === 100) throw new Error(`${table}: ${read?.n ?? 0} entries read, ${atLeast} at least were expected`)
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
  }
}
const idsIn = (pages: readonly FeedPage[]) => pages.flatMap((page) => page.changes.map((one) => one.id))

test('what one workstation did is at another at once, in the order in which it was done', async () => {
  const [ana, bo] = [await desk('ana'), await desk('bo')]
  const ids: string[] = Array.from({ length: 20 }, () => crypto.randomUUID())
  for (const preferenceId of ids)
    await ana.run('preference.set', {
      preferenceId,
      customerId,
      key: `k${preferenceId.slice(0, 8)}`,
      value: 'v',
      source: 'said',
    })
  await bo.until(() => (idsIn(bo.pages).includes(ids.at(-1) ?? '') ? true : undefined), 'the last change')
  expect(idsIn(bo.pages).filter((id) => ids.includes(id))).toEqual(ids)
})

test('pages that are pushed follow each other without a gap', async () => {
  const [ana, bo] = [await desk('ana'), await desk('bo')]
  await Promise.all(
    Array.from({ length: 30 }, (_, index) => (index % 2 ? ana : bo)).map((one, index) =>
      index < 2
        ? one.run('preference.set', {
            preferenceId: crypto.randomUUID(),
            customerId,
            key: `g${index}`,
            value: 'v',
            source: 'said',
          })
        : leave(change(entityExamples.preference())),
    ),
  )
  await bo.until(() => {
    const page = bo.pages.at(-1)
    return page && page.upTo >= bo.welcome.head + 30 ? true : undefined
  }, 'all changes')
  let cursor = bo.welcome.head
  for (const page of bo.pages) {
    expect(page.after).toBe(cursor)
    expect(page.changes.map((one) => one.seq)).toEqual(
      page.changes.map((_, index) => page.upTo - page.changes.length + 1 + index),
    )
    cursor = page.upTo
  }
})

test('many writers at once and one transaction that is held open lose nothing, and numbers have no gap', async () => {
  const { pool } = server.database
  const before = (await readLog(pool, 0, 100_000)).at(-1)?.seq ?? 0
  const held = await pool.connect()
  await held.query('begin')
  const heldRow = entityExamples.preference()
  await insertPending(held, [change(heldRow)])
  const written = Array.from({ length: 8 }, () =>
    Array.from({ length: 25 }, () => [entityExamples.preference(), entityExamples.preference()]),
  )
  await Promise.all(
    written.map(async (transactions) => {
      for (const rows of transactions) await leave(...rows.map((row) => change(row)))
    }),
  )
  const ana = await desk('ana')
  await ana.until(
    () => (ana.welcome.head - before >= 400 || (ana.pages.at(-1)?.upTo ?? 0) - before >= 400 ? true : undefined),
    'what the others wrote',
  )
  await held.query('commit')
  held.release()
  await ana.until(() => (idsIn(ana.pages).includes(heldRow.id) ? true : undefined), 'what was held')
  const log = await readLog(pool, before, 100_000)
  expect(log.map((entry) => entry.seq)).toEqual(log.map((_, index) => before + 1 + index))
  expect(new Set(log.map((entry) => entry.id))).toEqual(new Set([...written.flat(2).map((row) => row.id), heldRow.id]))
  const place = new Map(log.map((entry, index) => [entry.id, index]))
  for (const [one, two] of written.flat())
    expect(Math.abs((place.get(one?.id ?? '') ?? 0) - (place.get(two?.id ?? '') ?? 0))).toBe(1)
})

test.each(['full', 'hot'] as const)(
  'if many changes are left at once, a %s scan does not read all of them again for every one, however long nothing was left before',
  async (scan) => {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const { pool } = database
    await finishBulkLoad(pool)
    // Use many numbers first, so that the hot scan has a window.
    await pool.query(`select setval(pg_get_serial_sequence('feed_pending', 'id'), 20000)`)
    await insertPending(pool, [change(entityExamples.preference())])
    await sequencePending(pool, 'full')
    // A quiet server does this a few times a second; PostgreSQL notes the table's size while the table is empty.
    await pool.query('analyze feed_pending')
    for (let count = 0; count < 20; count += 1) await sequencePending(pool, scan)
    await insertPending(
      pool,
      Array.from({ length: 2000 }, () => change(entityExamples.preference())),
    )
    expect(await sequencePending(pool, scan)).toEqual({ mine: true, moved: 2000 })
    expect(await entriesRead(pool, 'feed_pending', 2000)).toBeLessThan(20 * 2000)
  },
)

test('a server whose feed has just begun does not read the whole feed once for every line when a workstation was away', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const { pool } = database
  await finishBulkLoad(pool)
  for (let count = 0; count < 20; count += 1)
    await Promise.all(Array.from({ length: 4 }, () => readPage(pool, ['org'], 0, 100)))
  await insertPending(
    pool,
    Array.from({ length: 2000 }, () => change(entityExamples.preference())),
  )
  await sequencePending(pool, 'full')
  expect((await readPage(pool, ['org'], 1, 4000)).changes).toHaveLength(2000)
  expect(await entriesRead(pool, 'feed_head', 2000)).toBeLessThan(20 * 2000)
})

test('a server whose feed was begun anew, and counted while it was empty, does not read it once for every line either', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const { pool } = database
  await insertPending(pool, [change(entityExamples.preference())])
  await sequencePending(pool, 'full')
  await finishBulkLoad(pool)
  const { head } = await readPlace(pool)
  await insertPending(
    pool,
    Array.from({ length: 2000 }, () => change(entityExamples.preference())),
  )
  await sequencePending(pool, 'full')
  expect((await readPage(pool, ['org'], head, 4000)).changes).toHaveLength(2000)
  expect(await entriesRead(pool, 'feed_head', 2000)).toBeLessThan(20 * 2000)
})

test('a hot scan never puts a newer version of a row before an older one that waits outside its window', async () => {
  const { pool } = server.database
  await sequencePending(pool, 'full')
  const row = entityExamples.preference()
  const client = await pool.connect()
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock(7246745)')
  await leave(change(row))
  await client.query(
    "select setval(pg_get_serial_sequence('feed_pending', 'id'), nextval(pg_get_serial_sequence('feed_pending', 'id')) + 20000)",
  )
  await leave(change(entityExamples.preference()))
  await leave(change({ ...row, version: 2 }))
  await client.query(
    'insert into feed_log select (select max(seq) + 1 from feed_log), (select max(id) from feed_pending), true, entity, gen_random_uuid(), version, scope, left_scope, row from feed_pending limit 1',
  )
  await client.query('commit')
  client.release()
  await sequencePending(pool, 'hot')
  await sequencePending(pool, 'full')
  const versions = (await readLog(pool, 0, 100_000))
    .filter((entry) => entry.id === row.id)
    .map((entry) => entry.version)
  expect(versions).toEqual([1, 2])
})

test('a row that a user may not have never reaches them, neither pushed nor pulled', async () => {
  const [ana, bo, sue] = [await desk('ana'), await desk('bo'), await desk('sue')]
  const row = (scope: string) => ({ ...entityExamples.preference(), scope })
  const rows = {
    finance: row('finance'),
    teamTwo: row('team:two'),
    ana: row(`user:${ana.welcome.identity?.userId}`),
    org: row('org'),
  }
  await leave(...Object.values(rows).map((one) => change(one)))
  for (const one of [ana, bo, sue])
    await one.until(() => (idsIn(one.pages).includes(rows.org.id) ? true : undefined), 'the row for all')
  const pulled = async (one: WorkstationClient) => {
    const reply = await one.ask('pull', { epoch: one.welcome.epoch, after: one.welcome.head, limit: 5000 })
    return reply.ok ? reply.value.changes.map((entry) => entry.id) : []
  }
  for (const read of [async (one: WorkstationClient) => idsIn(one.pages), pulled]) {
    expect(await read(ana)).toEqual([rows.ana.id, rows.org.id])
    expect(await read(bo)).toEqual([rows.teamTwo.id, rows.org.id])
    expect(await read(sue)).toEqual([rows.finance.id, rows.org.id])
  }
})

test('a row that moves out of a scope becomes a tombstone for those who had it there', async () => {
  const [bo, sue] = [await desk('bo'), await desk('sue')]
  const row = { ...entityExamples.preference(), scope: 'finance', version: 2 }
  await leave(change(row, 'team:two'))
  await bo.until(() => bo.pages.find((page) => page.changes.length > 0), 'the tombstone')
  expect(bo.pages.flatMap((page) => page.changes)).toMatchObject([
    { id: row.id, row: null, version: 2, scope: 'team:two' },
  ])
  await sue.until(() => sue.pages.find((page) => page.changes.length > 0), 'the row')
  expect(sue.pages.flatMap((page) => page.changes)).toMatchObject([
    { id: row.id, scope: 'finance', row: { value: 'quiet' } },
  ])
})

test('a workstation that was away gets the newest version of each row once, in pages that reach the head', async () => {
  const { pool } = server.database
  await sequencePending(pool, 'full')
  const ana = await desk('ana')
  const after = ana.welcome.head
  const rows = Array.from({ length: 12 }, () => entityExamples.preference())
  for (const version of [1, 2, 3])
    for (const row of rows) await leave(change({ ...row, version, value: `v${version}` }))
  await ana.until(() => ((ana.pages.at(-1)?.upTo ?? 0) >= after + 36 ? true : undefined), 'the head')
  const changes: FeedPage['changes'] = []
  let cursor = after
  for (let page = await readPage(pool, ['org'], cursor, 5); ; page = await readPage(pool, ['org'], cursor, 5)) {
    expect(page.after).toBe(cursor)
    changes.push(...page.changes)
    cursor = page.upTo
    if (cursor >= page.head) break
  }
  expect(cursor).toBe(after + 36)
  expect(changes.map((one) => [one.id, one.version])).toEqual(rows.map((row) => [row.id, 3]))
})

test('a page is also limited in bytes, holds at least one row, and pages of any size reach the head', async () => {
  const { pool } = server.database
  const before = (await readPage(pool, ['org'], 0, 5000)).head
  const note = (bytes: number) => {
    const row = { ...entityExamples.interaction(), note: '客'.repeat(bytes / 3) }
    return { entity: 'interaction' as const, id: row.id, version: row.version, scope: row.scope, leftScope: null, row }
  }
  // One transaction with more rows than a page holds, one row that alone is larger than a page, and small rows around
  // them.
  const rows = [note(30), ...Array.from({ length: 240 }, () => note(60_000)), note(3), note(1.25 * PAGE_BYTES), note(3)]
  const ana = await desk('ana')
  await inTransaction(pool, (client) => insertPending(client, rows as never))
  await ana.until(() => ((ana.pages.at(-1)?.upTo ?? 0) >= before + rows.length ? true : undefined), 'all of them')
  const weight = (page: FeedPage) => Buffer.byteLength(JSON.stringify(page.changes))
  const pulled: FeedPage[] = []
  for (let cursor = before; cursor < before + rows.length; cursor = pulled.at(-1)!.upTo) {
    const page = await readPage(pool, ['org'], cursor, 5000)
    expect([page.after, page.upTo > cursor]).toEqual([cursor, true])
    pulled.push(page)
  }
  for (const pages of [pulled, ana.pages]) {
    expect(idsIn(pages)).toEqual(rows.map(({ id }) => id))
    for (const page of pages) expect(page.changes.length === 1 || weight(page) < 1.1 * PAGE_BYTES).toBe(true)
    expect(pages.length).toBeGreaterThan(4)
  }
  expect(pulled.at(-1)).toMatchObject({ upTo: before + rows.length, head: before + rows.length })
})

test('a bulk load raises the floor, and a workstation below the floor is told so by a gap', async () => {
  const ana = await desk('ana')
  const head = ana.welcome.head
  const gone = new Promise((resolve) => {
    ana.socket.once('disconnect', resolve)
  })
  await bulkLoad(server.database.pool, 'preference', Array.from({ length: 3 }, entityExamples.preference))
  await finishBulkLoad(server.database.pool)
  await gone
  const again = await desk('ana')
  expect(again.welcome.floor).toBeGreaterThan(head)
  expect(again.welcome.head).toBe(again.welcome.floor)
  const reply = await again.ask('pull', { epoch: again.welcome.epoch, after: head, limit: 100 })
  expect(reply).toMatchObject({ ok: true, value: { after: again.welcome.floor, changes: [] } })
  await leave(change(entityExamples.preference()))
  const page = await again.until(() => again.pages[0], 'the next change')
  expect([page.after, page.upTo]).toEqual([again.welcome.floor, again.welcome.floor + 1])
})
