import { afterAll, beforeAll, expect, test } from 'vitest'
import { pruneAccess } from '../../../server/auth/prune-access.ts'
import { pruneIncarnations, pruneResults } from '../../../server/commands/prune-results.ts'
import { inTransaction } from '../../../server/db/transaction.ts'
import { insertPending } from '../../../server/feed/pending.ts'
import { pruneFeed } from '../../../server/feed/prune-feed.ts'
import { readLog, readPage, readPlace } from '../../../server/feed/read-log.ts'
import { sequencePending } from '../../../server/feed/sequence-pending.ts'
import { createLog } from '../../../server/log.ts'
import { longTransactions, watchTransactions } from '../../../server/operator/long-transactions.ts'
import { insertRow } from '../../../server/db/rows.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { startTestServer } from '../../support/test-server.ts'
import { until } from '../../support/until.ts'
import { createVirtualClock } from '../../support/virtual-clock.ts'
import { connectWorkstation, envelopeOf, signInAs } from '../../support/workstation-client.ts'

const A_DAY = 24 * 60 * 60_000
const START = Date.UTC(2026, 0, 1)

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function leave(
  count: number,
  version = 1,
  rows = Array.from({ length: count }, () => entityExamples.preference()),
) {
  await insertPending(
    database.pool,
    rows.map((row) => ({
      entity: 'preference' as const,
      id: row.id,
      version,
      scope: row.scope,
      leftScope: null,
      row: { ...row, version },
    })),
  )
  await sequencePending(database.pool, 'full')
  return rows
}
/** Takes steps as the housekeeper does, until nothing is left to remove. */
async function prune(now: number, kept = { ms: 14 * A_DAY, lines: 10 }): Promise<number> {
  let steps = 0
  while ((await inTransaction(database.pool, (client) => pruneFeed(client, kept, now, 7))) > 0) steps += 1
  return steps
}

test('old lines of the feed are removed in small steps, the floor rises with them, and a reader above it misses nothing', async () => {
  const { pool } = database
  const old = await leave(30)
  expect(await prune(START)).toBe(0)
  const fresh = await leave(25)
  // Seven more lines are old enough by then, but they are among the newest, which stay.
  expect(await prune(START + 13 * A_DAY)).toBe(0)
  expect(await prune(START + 15 * A_DAY)).toBeGreaterThan(3)
  const { floor, head } = await readPlace(pool)
  expect([floor, head]).toEqual([30, 55])
  expect((await readLog(pool, 0, 1000)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 25 }, (_, index) => 31 + index),
  )
  expect((await pool.query('select 1 from feed_head where seq <= 30')).rows).toEqual([])
  const page = await readPage(pool, ['org'], 30, 1000)
  expect([page.after, page.upTo, page.changes.map(({ id }) => id)]).toEqual([30, 55, fresh.map(({ id }) => id)])
  // A reader below the floor is told so by a gap.
  expect((await readPage(pool, ['org'], 29, 1000)).after).toBe(30)
  // Numbers continue, even for a row whose earlier lines are gone.
  await leave(1, 2, [old[0]!])
  expect(await readPlace(pool)).toMatchObject({ floor: 30, head: 56 })
})

test('the newest lines stay however old they are', async () => {
  expect(await prune(START + 400 * A_DAY)).toBeGreaterThan(0)
  expect(await prune(START + 800 * A_DAY)).toBe(0)
  const { floor, head } = await readPlace(database.pool)
  expect(head - floor).toBe(10)
  expect(await readLog(database.pool, 0, 1000)).toHaveLength(10)
})

test('numbers have no gap while transactions write and old lines are removed', async () => {
  const { head } = await readPlace(database.pool)
  const writers = Array.from({ length: 3 }, async () => {
    for (let count = 0; count < 15; count += 1) await leave(4)
  })
  const pruner = async () => {
    for (let count = 0; count < 12; count += 1) await prune(START + (801 + 20 * count) * A_DAY)
  }
  await Promise.all([...writers, pruner()])
  await sequencePending(database.pool, 'full')
  const place = await readPlace(database.pool)
  expect(place.head).toBe(head + 180)
  expect((await readLog(database.pool, place.floor, 1000)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: place.head - place.floor }, (_, index) => place.floor + 1 + index),
  )
})

test('a workstation below a raised floor is told so in its welcome', async () => {
  const server = await startTestServer()
  const { pool } = server.database
  await addUser(pool, 'ana')
  const who = await signInAs(server.url, 'ana')
  const desk = await connectWorkstation(server.url, who)
  await pool.query('update site set floor = 1')
  await until(() => server.connections() === 1, 'the desk')
  desk.close()
  let floor = 0
  for (let count = 0; floor === 0 && count < 100; count += 1) {
    const again = await connectWorkstation(server.url, who)
    floor = again.welcome.floor
    again.close()
  }
  expect(floor).toBe(1)
  await server.remove()
})

test('results that no journal asks for any more are removed; what a person has to see and what a workstation may send again stays', async () => {
  const server = await startTestServer()
  const { pool } = server.database
  await addUser(pool, 'ana')
  const customer = entityExamples.customer()
  await insertRow(pool, 'customer', customer)
  const who = await signInAs(server.url, 'ana')
  const desk = await connectWorkstation(server.url, who)
  const incarnation = crypto.randomUUID()
  const preference = () => ({
    preferenceId: crypto.randomUUID(),
    customerId: customer.id,
    key: 'seat',
    value: 'aisle',
    source: 'said',
  })
  const envelopes = Array.from({ length: 250 }, (_, index) =>
    envelopeOf(index + 1, who, index === 3 || index === 4 ? 'no.such' : 'preference.set', preference()),
  )
  for (let from = 0; from < 250; from += 50)
    await desk.ask('commands', { incarnation, commands: envelopes.slice(from, from + 50) })
  await pool.query('update command_result set received_at = received_at - $1::bigint', [30 * A_DAY])
  await pool.query('update command_result set dealt_with_at = received_at, dealt_with_by = user_id where seq = 5')
  await inTransaction(pool, (client) => pruneResults(client, Date.now(), 1000))
  const seqs = async () =>
    (await pool.query<{ seq: number }>('select seq from command_result order by seq')).rows.map(({ seq }) => seq)
  expect(await seqs()).toEqual([4, ...Array.from({ length: 200 }, (_, index) => 51 + index)])
  // The last batch is sent once more after a month: it gets the same answers and is not done again.
  const again = await desk.ask('commands', { incarnation, commands: envelopes.slice(200) })
  expect(again.ok && again.value.outcomes.every(({ outcome }) => outcome.kind === 'applied')).toBe(true)
  // The workstation's journal has a new name: the old one is removed after a year, except results that nobody has dealt
  // with.
  await desk.run('preference.set', preference() as never)
  const ages = (days: number) =>
    pool.query('update device_incarnation set seen_at = $1 where incarnation = $2', [
      Date.now() - days * A_DAY,
      incarnation,
    ])
  await ages(300)
  expect(await inTransaction(pool, (client) => pruneIncarnations(client, Date.now(), 1000))).toBe(0)
  await ages(366)
  expect(await inTransaction(pool, (client) => pruneIncarnations(client, Date.now(), 1000))).toBe(1)
  expect(
    (await pool.query<{ seq: number }>('select seq from command_result where incarnation = $1', [incarnation])).rows,
  ).toEqual([{ seq: 4 }])
  desk.close()
  await server.remove()
})

test('the only journal of a workstation stays known however long the workstation was off', async () => {
  const { pool } = database
  await pool.query('insert into device_incarnation values (gen_random_uuid(), gen_random_uuid(), 7, 0)')
  await pruneIncarnations(pool, Date.now(), 1000)
  expect((await pool.query('select next_seq from device_incarnation where seen_at = 0')).rows).toHaveLength(1)
})

test('sessions that ended long ago and failures that no longer count are removed; valid ones stay', async () => {
  const { pool } = database
  const now = Date.now()
  const session = (token: string, expiresAt: number, endedAt: number | null) =>
    pool.query(
      'insert into session (id, token_hash, seal_key, user_id, device_id, created_at, expires_at, ended_at) values (gen_random_uuid(), $1, $1, gen_random_uuid(), gen_random_uuid(), 0, $2, $3)',
      [token, expiresAt, endedAt],
    )
  await session('stands', now + A_DAY, null)
  await session('ended lately', now + A_DAY, now - A_DAY)
  await session('ended', now - A_DAY, now - 366 * A_DAY)
  await session('expired', now - 366 * A_DAY, null)
  await pool.query("insert into sign_in_attempt values ('new', 1, $1), ('old', 1, $2)", [now, now - A_DAY])
  await pruneAccess(pool, now, 100)
  expect((await pool.query('select token_hash from session order by 1')).rows).toEqual([
    { token_hash: 'ended lately' },
    { token_hash: 'stands' },
  ])
  expect((await pool.query('select key from sign_in_attempt')).rows).toEqual([{ key: 'new' }])
})

test('a transaction that is held open is logged once, with what identifies it and never with its statement', async () => {
  const { pool } = database
  const held = await pool.connect()
  await held.query("set application_name = 'night report'")
  await held.query('begin')
  await held.query("select pg_current_xact_id(), '13800138000'")
  const logged: string[] = []
  const clock = createVirtualClock()
  const watch = watchTransactions({
    db: pool,
    longMs: 0,
    clock,
    log: createLog(
      (line) => {
        logged.push(line)
      },
      () => clock.now(),
    ),
  })
  await until(() => logged.length > 0, 'the line')
  for (let count = 0; count < 3; count += 1) {
    clock.advance(15_000)
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
  const pid = (await held.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid
  expect(await longTransactions(pool, 0)).toMatchObject([{ pid, applicationName: 'night report' }])
  expect(await longTransactions(pool, 60_000)).toEqual([])
  watch.stop()
  await held.query('rollback')
  await held.query('reset application_name')
  held.release()
  expect(logged).toHaveLength(1)
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({ pid, application: 'night report' })
  expect(logged.join()).not.toContain('13800138000')
  expect(await longTransactions(pool, 0)).toEqual([])
})
