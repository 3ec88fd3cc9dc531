import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { createLog } from '../../../server/log.ts'
import { openDatabase, type OpenDatabase } from '../../../server/open-database.ts'
import { startServer, type RunningServer } from '../../../server/start-server.ts'
import { commandsOfCenter, commandsOfDesks, restOf, rowsOfCenter, rowsOfDesk } from '../../support/at-rest.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const LOGINS = ['anna', 'ben', 'chen']
/** The work takes this long, so that users are at work at each of the three kills. */
const EACH = 30
const EVERY_MS = 300
const folder = mkdtempSync(join(tmpdir(), 'ringside-killed-database-'))
const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
let database: OpenDatabase
let server: RunningServer
const desks: TestWorkstation[] = []

beforeAll(async () => {
  chmodSync(folder, 0o755)
  database = await openDatabase({ dataFolder: folder })
  for (const login of LOGINS) await addUser(database.pool, login)
  await bulkLoad(database.pool, 'customer', [customer])
  await finishBulkLoad(database.pool)
  server = await startServer({ database, dataFolder: folder, plan: [], log: createLog(() => undefined, Date.now) })
  for (const login of LOGINS) {
    const desk = await startTestWorkstation(server.url)
    desks.push(desk)
    await desk.act('session.signIn', { login, password: PASSWORD })
    await desk.seen('customer.record', { customerId: customer.id }, (record) => record !== null)
  }
})
afterAll(async () => {
  for (const desk of desks) await desk.remove()
  await server?.stop()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

/**
 * Opens a transaction that writes and never ends. Later commits must not wait for it, and nothing of it may be left.
 */
async function hold(): Promise<void> {
  const client = new Client({ connectionString: database.connectionString })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('begin')
  await client.query(
    `insert into feed_pending (entity, row_id, version, scope) values ('task', gen_random_uuid(), 1, 'org')`,
  )
}

const signal = (name: NodeJS.Signals) =>
  process.kill(Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), name)

/** Waits until the database answers again. */
async function back(): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    await pause(100)
    const client = new Client({ connectionString: database.connectionString })
    client.on('error', () => undefined)
    const answers = await client
      .connect()
      .then(() => client.query('select 1'))
      .then(
        () => true,
        () => false,
      )
    await client.end().catch(() => undefined)
    if (answers) return
    if (tries > 300) throw new Error('the database did not come back')
  }
}

it(
  'PostgreSQL is killed with -9 and restarted while three workstations work and transactions are held open: every command once, one feed without gaps',
  { timeout: 150_000 },
  async () => {
    const working = Promise.all(
      desks.map(async (desk, of) => {
        for (let n = 0; n < EACH; n += 1) {
          expect(
            (
              await desk.run('preference.set', {
                preferenceId: crypto.randomUUID(),
                customerId: customer.id,
                key: `${of}-${n}`,
                value: 'v',
                source: 'said',
              })
            ).ok,
          ).toBe(true)
          await pause(EVERY_MS)
        }
      }),
    )
    for (const name of ['SIGKILL', 'SIGINT', 'SIGKILL'] as const) {
      await hold()
      await pause(600)
      signal(name)
      await back()
    }
    await working
    for (const desk of desks) await desk.act('sync.now', {})
    for (const desk of desks) await restOf(desk)
    const all = desks.length * EACH
    for (const desk of desks)
      await desk.seen(
        'customer.record',
        { customerId: customer.id },
        (record) => record?.preferences.length === all && record.unconfirmed.length === 0,
      )

    const { pool } = database
    const {
      rows: [counts],
    } = await pool.query(`
    select (select count(*) from preference)::int as preferences, (select count(*) from command_result where kind = 'applied')::int as applied, (select count(*) from feed_pending)::int as pending,
      (select count(*) from feed_log where entity = 'preference')::int as lines, (select count(*) from feed_log where entity = 'task')::int as held,
      (select max(seq) - min(seq) + 1 - count(*) from feed_log)::int as gaps`)
    expect(counts).toEqual({ preferences: all, applied: all, pending: 0, lines: all, held: 0, gaps: 0 })
    for (const desk of desks) await desk.stop()
    expect(await commandsOfCenter(pool)).toBe(commandsOfDesks(desks.map((desk) => desk.folder)))
    const center = await rowsOfCenter(pool, ['org'])
    for (const desk of desks) expect(rowsOfDesk(desk.folder)).toEqual({ rows: center, open: 0 })
  },
)
