import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addPeople, type Person } from '../../../bench/crowd/add-people.ts'
import type { CrowdAsked, CrowdSaid } from '../../../bench/crowd/crowd-process.ts'
import { heard } from '../../../bench/heard.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { insertPending } from '../../../server/feed/pending.ts'
import { readPlace } from '../../../server/feed/read-log.ts'
import { startCenterProcess, type CenterProcess } from '../../support/center-process.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { until } from '../../support/until.ts'
import { connectWorkstation, signInAs } from '../../support/workstation-client.ts'

/** `npm run bench -- herd` measures 2,000 clients; they take two minutes on two cores. */
const CLIENTS = 600
const EACH = 2
const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
const folder = mkdtempSync(join(tmpdir(), 'ringside-crowd-'))
let database: TestDatabase
let center: CenterProcess
let crowd: ChildProcess | null = null
let people: Person[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  await addUser(pool, 'anna')
  people = await addPeople(pool, CLIENTS)
  await bulkLoad(pool, 'customer', [customer])
  await finishBulkLoad(pool)
  center = await startCenterProcess({ dataFolder: folder, databaseUrl: database.connectionString })
})
afterAll(async () => {
  crowd?.kill('SIGKILL')
  await center?.end('SIGTERM')
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

const failures = () => center.logged.filter((line) => line.includes('"level":"error"'))

it(
  `${CLIENTS} workstations (not the 2,000 of the benchmark, which take minutes) whose server is killed with -9 and comes back: no error, every command once, and a client that does not read is disconnected`,
  { timeout: 180_000 },
  async () => {
    const ask = (asked: CrowdAsked) => crowd!.send(asked)
    crowd = spawn(process.execPath, ['bench/crowd/crowd-process.ts'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const online = heard<CrowdSaid, 'online'>(crowd, 'online')
    ask({ ask: 'connect', serverUrl: center.url, people })
    await online
    expect(failures()).toEqual([])
    await center.end('SIGKILL')
    const acknowledged = heard<CrowdSaid, 'acknowledged'>(crowd, 'acknowledged')
    const entered = heard<CrowdSaid, 'entered'>(crowd, 'entered')
    ask({ ask: 'enter', commandsEach: EACH, customerIds: [customer.id] })
    await entered
    center = await startCenterProcess({
      dataFolder: folder,
      databaseUrl: database.connectionString,
      port: Number(new URL(center.url).port),
    })
    const { at, errors } = await acknowledged
    expect([at.length, errors, failures()]).toEqual([CLIENTS, {}, []])
    const { pool } = database
    const {
      rows: [counts],
    } = await pool.query(
      `select (select count(*) from interaction)::int as contacts, (select count(*) from command_result where kind in ('applied', 'altered'))::int as done, (select max(seq) - min(seq) + 1 - count(*) from feed_log)::int as gaps`,
    )
    expect(counts).toEqual({ contacts: CLIENTS * EACH, done: CLIENTS * EACH, gaps: 0 })

    const left = new Promise((resolve) => {
      crowd!.once('exit', resolve)
    })
    crowd.kill('SIGKILL')
    await left
    const lazy = await connectWorkstation(center.url, await signInAs(center.url, 'anna'))
    const rows = Array.from({ length: 250 }, () => ({
      ...entityExamples.interaction(),
      note: randomBytes(14_000).toString('base64'),
    }))
    await insertPending(
      pool,
      rows.map((row) => ({
        entity: 'interaction' as const,
        id: row.id,
        version: 1,
        scope: 'org',
        leftScope: null,
        row,
      })),
    )
    for (let tries = 0; (await readPlace(pool)).head < lazy.welcome.head + rows.length; tries += 1) {
      if (tries === 200) throw new Error('they were not numbered')
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
    }
    const { ws } = lazy.socket.io.engine.transport as unknown as { ws: { pause(): void } }
    const letGo = () => center.logged.filter((line) => line.includes('does not read')).length
    const before = letGo()
    ws.pause()
    for (let count = 0; count < 60; count += 1)
      lazy.socket.emit('pull', { epoch: lazy.welcome.epoch, after: lazy.welcome.head, limit: 5000 }, () => undefined)
    await until(() => letGo() > before, 'that it is let go of', 30_000)
    lazy.close()
    expect(failures()).toEqual([])
  },
)
