import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { Random } from '../../../demo/random.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { insertPending } from '../../../server/feed/pending.ts'
import {
  commandsOfCenter,
  commandsOfDesks,
  heldByDesk,
  restOf,
  rowsOfCenter,
  rowsOfDesk,
  watchCursor,
} from '../../support/at-rest.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'
import { until } from '../../support/until.ts'

const SEED = 20_261_126
const random = new Random('killed', SEED)
const home = mkdtempSync(join(tmpdir(), 'ringside-killed-'))
const folder = join(home, 'desk')
const kept: string[] = []
let working: ChildProcess | null = null
let server: TestServer
let colleague: TestWorkstation

const someone = () => ({ ...entityExamples.customer(), organisationId: null, ownerUserId: null })

beforeAll(async () => {
  mkdirSync(folder)
  server = await startTestServer()
  const { pool } = server.database
  for (const login of ['anna', 'ben']) await addUser(pool, login)
  const customers = Array.from({ length: 2000 }, someone)
  await bulkLoad(pool, 'customer', customers)
  await bulkLoad(
    pool,
    'interaction',
    customers.flatMap(({ id }) =>
      Array.from({ length: 4 }, () => ({
        ...entityExamples.interaction(),
        customerId: id,
        note: 'She asked where it is. '.repeat(20),
      })),
    ),
  )
  await finishBulkLoad(pool)
  colleague = await startTestWorkstation(server.url)
  await colleague.act('session.signIn', { login: 'ben', password: PASSWORD })
  await colleague.seen(
    'sync.state',
    {},
    (state) => state.link === 'online' && state.setup === null && state.behind === 0,
  )
})
afterAll(async () => {
  working?.kill('SIGKILL')
  await colleague?.remove()
  await server?.remove()
  rmSync(home, { recursive: true, force: true })
})

/** Lets anna's workstation work until `when` resolves, and then kills it with -9. */
async function workUntil(when: (said: () => readonly string[]) => Promise<unknown>): Promise<void> {
  const lines: string[] = []
  const child = spawn(process.execPath, ['tests/support/working-desk.ts', folder, server.url, 'anna', PASSWORD], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  working = child
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
  })
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const read = (rest + chunk.toString()).split('\n')
    rest = read.pop() ?? ''
    lines.push(...read)
  })
  try {
    await Promise.race([
      when(() => lines),
      gone.then(() => {
        throw new Error('it ended by itself')
      }),
    ])
  } finally {
    child.kill('SIGKILL')
    await gone
  }
  kept.push(...lines.filter((line) => line.startsWith('kept ')).map((line) => line.slice('kept '.length)))
}

/** Resolves as soon as a file with such a name appears in the workstation's folder. */
const appears = (name: RegExp) =>
  new Promise<void>((resolve) => {
    const watcher = watch(folder, (_event, file) => {
      if (!file || !name.test(file) || !existsSync(join(folder, file))) return
      watcher.close()
      resolve()
    })
  })

/** Removes the server's feed and begins a new one, so that every workstation has to load a snapshot. */
async function raiseFloor(): Promise<void> {
  await bulkLoad(server.database.pool, 'customer', [someone()])
  await finishBulkLoad(server.database.pool)
}

/** Rows that a back office wrote while the workstation was not running. */
async function leaveTasks(count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => ({
    ...entityExamples.task(),
    customerId: null,
    ownerUserId: null,
    status: 'done' as const,
  }))
  const before = await head()
  await bulkLoad(server.database.pool, 'task', rows)
  await insertPending(
    server.database.pool,
    rows.map((row) => ({
      entity: 'task' as const,
      id: row.id,
      version: row.version,
      scope: row.scope,
      leftScope: null,
      row,
    })),
  )
  for (let waitedMs = 0; (await head()) < before + count; waitedMs += 50) {
    if (waitedMs > 20_000) throw new Error('they were not numbered')
    await pause(50)
  }
}

/** Checks that the cache of a killed workstation holds everything that its cursor has passed. Returns the cursor. */
async function expectNothingPassed(): Promise<number> {
  const { cursor, ids } = heldByDesk(folder, 'task')
  const { rows } = await server.database.pool.query<{ id: string }>(
    `select distinct row_id as id from feed_log where entity = 'task' and seq <= $1`,
    [cursor],
  )
  expect(rows.filter(({ id }) => !ids.has(id))).toEqual([])
  return cursor
}

const PART = /^cache-.*\.db\.part$/
const SNAPSHOT = /^cache-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}\.db$/
const filesLike = (name: RegExp) => readdirSync(folder).filter((file) => name.test(file)).length

async function killWhileItLoads(): Promise<void> {
  const hits = { download: 0, swap: 0 }
  for (let tries = 0; hits.download < 2 || hits.swap < 2; tries += 1) {
    if (tries === 40) throw new Error(`the moment never came: ${JSON.stringify(hits)}`)
    const inDownload = hits.download < 2
    await workUntil(async () => {
      await appears(inDownload ? PART : SNAPSHOT)
      // The swap takes only milliseconds, so every second time the workstation is killed at once.
      if (tries % 2 > 0) await pause(random.int(0, inDownload ? 8 : 12))
    })
    if (filesLike(PART) > 0) hits.download += 1
    else if (filesLike(/^cache-.*\.db$/) > 1) hits.swap += 1
    // The swap was already over, so the workstation has to load another snapshot.
    else await raiseFloor()
  }
}

async function killWhileItSends(): Promise<void> {
  for (const more of [1, 25, 10]) {
    await workUntil((said) =>
      until(
        () =>
          said().some((line) => line === 'online') && said().filter((line) => line.startsWith('kept ')).length >= more,
        'its work',
        30_000,
      ),
    )
    await colleague.run('task.add', {
      taskId: crypto.randomUUID(),
      customerId: null,
      kind: 'callback',
      title: 'meanwhile',
      detail: '',
      dueAt: Date.now(),
      ownerUserId: null,
    })
  }
}

async function killWhileItTakesPages(): Promise<void> {
  // The test watches the cursor of this cache, so the workstation must not replace it.
  const settled = await startTestWorkstation(server.url, { folder })
  await settled.seen('sync.state', {}, (state) => state.link === 'online' && state.setup === null && state.behind === 0)
  await settled.stop()
  expect(heldByDesk(folder, 'task').cursor).toBeGreaterThan(0)
  let within = 0
  for (let tries = 0; within < 3; tries += 1) {
    if (tries === 16) throw new Error('it was never killed while it took pages')
    const before = await expectNothingPassed()
    if ((await head()) - before < 4000) await leaveTasks(10_000)
    await workUntil(async (said) => {
      await until(() => said().some((line) => line === 'online'), 'its connection', 30_000)
      const cursor = watchCursor(folder)
      await until(() => cursor() > before + 1000, 'a page', 30_000)
      await pause(random.int(0, 100))
    })
    const after = await expectNothingPassed()
    if (after > before && after < (await head())) within += 1
  }
}

const head = async () =>
  (await server.database.pool.query<{ head: number }>('select max(seq) as head from feed_log')).rows[0]!.head

it(
  `a workstation is killed with -9 again and again while it loads a snapshot, makes it the cache, sends and takes pages: what it reported as saved is done, once [seed ${SEED}]`,
  { timeout: 300_000 },
  async () => {
    await killWhileItLoads()
    await killWhileItSends()
    await killWhileItTakesPages()

    const desk = await startTestWorkstation(server.url, { folder })
    onTestFinished(() => desk.stop())
    for (const each of [desk, colleague]) await each.act('sync.now', {})
    for (const each of [desk, colleague]) await restOf(each)
    for (const each of [desk, colleague]) await each.stop()

    const { pool } = server.database
    const { rows: done } = await pool.query<{ id: string }>('select id from task')
    const ids = new Set(done.map(({ id }) => id))
    expect(kept.length).toBeGreaterThan(36)
    expect(kept.filter((id) => !ids.has(id))).toEqual([])
    expect(await commandsOfCenter(pool)).toBe(commandsOfDesks([folder, colleague.folder]))
    const {
      rows: [log],
    } = await pool.query<{ gaps: number; doubled: number }>(
      'select (max(seq) - min(seq) + 1 - count(*))::int as gaps, (count(*) - count(distinct (row_id, version)))::int as doubled from feed_log',
    )
    expect(log).toEqual({ gaps: 0, doubled: 0 })
    const center = await rowsOfCenter(pool, ['org'])
    for (const each of [desk, colleague]) expect(rowsOfDesk(each.folder)).toEqual({ rows: center, open: 0 })
  },
)
