import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginEpoch } from '../../../server/db/begin-epoch.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { createLog } from '../../../server/log.ts'
import { openDatabase, type OpenDatabase } from '../../../server/open-database.ts'
import { startServer, type RunningServer } from '../../../server/start-server.ts'
import { rowsOfCenter, rowsOfDesk } from '../../support/at-rest.ts'
import { dropDatabase, makeDatabase } from '../../support/cluster.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const name = `restored_${crypto.randomUUID().replaceAll('-', '')}`
const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
const folder = mkdtempSync(join(tmpdir(), 'ringside-restored-'))
const cluster = inject('postgresUrl')
let address: string
let database: OpenDatabase
let server: RunningServer
let desk: TestWorkstation

/** The server keeps its port, because a workstation knows its server by the address. */
async function start(port = 0): Promise<void> {
  database = await openDatabase({
    dataFolder: folder,
    databaseUrl: address,
    site: { name: 'Test', timeZone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' },
  })
  server = await startServer({
    database,
    dataFolder: folder,
    port,
    plan: [],
    log: createLog(() => undefined, Date.now),
  })
}
async function stop(): Promise<void> {
  await server.stop()
  await database.close()
}

beforeAll(async () => {
  address = await makeDatabase(cluster, name, 'ringside_template')
  await start()
  await addUser(database.pool, 'anna')
  await bulkLoad(database.pool, 'customer', [customer])
  await finishBulkLoad(database.pool)
  desk = await startTestWorkstation(server.url)
  await desk.act('session.signIn', { login: 'anna', password: PASSWORD })
  await desk.seen('customer.record', { customerId: customer.id }, (record) => record !== null)
})
afterAll(async () => {
  await desk?.remove()
  await stop()
  for (const its of [name, `${name}_backup`]) await dropDatabase(cluster, its)
  rmSync(folder, { recursive: true, force: true })
})

const prefer = (value: string) =>
  desk.run('preference.set', {
    preferenceId: crypto.randomUUID(),
    customerId: customer.id,
    key: value,
    value,
    source: 'said',
  })
const has = (values: readonly string[]) =>
  desk.seen(
    'customer.record',
    { customerId: customer.id },
    (record) =>
      record !== null &&
      record.unconfirmed.length === 0 &&
      record.preferences
        .map(({ value }) => value)
        .toSorted()
        .join() === values.join() &&
      record.preferences.every(({ version }) => version > 0),
  )

it(
  'after a restore from an old backup the database gets back what workstations did since, once, and the workstations equal it',
  { timeout: 60_000 },
  async () => {
    await prefer('a before the backup')
    await has(['a before the backup'])
    const { port } = server
    await stop()
    await makeDatabase(cluster, `${name}_backup`, name)
    await start(port)
    await prefer('b after the backup')
    await prefer('c after the backup')
    await has(['a before the backup', 'b after the backup', 'c after the backup'])

    await stop()
    // What users do while the server is away is sent with the rest.
    await prefer('d without a center')
    await makeDatabase(cluster, name, `${name}_backup`)
    await start(port)
    const {
      rows: [lost],
    } = await database.pool.query<{ n: number }>('select count(*)::int as n from preference')
    expect(lost?.n).toBe(1)
    await beginEpoch(database.pool, crypto.randomUUID())

    await desk.act('sync.now', {})
    await has(['a before the backup', 'b after the backup', 'c after the backup', 'd without a center'])
    await desk.seen(
      'sync.state',
      {},
      (state) => state.unsent === 0 && state.behind === 0 && state.setup === null && state.needsAttention === 0,
    )
    const {
      rows: [results],
    } = await database.pool.query<{ n: number; commands: number }>(
      'select count(*)::int as n, count(distinct command_id)::int as commands from command_result',
    )
    expect(results).toEqual({ n: 4, commands: 4 })
    const center = await rowsOfCenter(database.pool, ['org'])
    await desk.stop()
    expect(rowsOfDesk(desk.folder)).toEqual({ rows: center, open: 0 })
  },
)
