import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { createLog } from '../../../server/log.ts'
import { openDatabase, type OpenDatabase } from '../../../server/open-database.ts'
import { startServer, type RunningServer } from '../../../server/start-server.ts'
import { commandsOfCenter, commandsOfDesks, restOf } from '../../support/at-rest.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { smallDisk } from '../../support/small-disk.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'
import { until } from '../../support/until.ts'

/** More than fits into the free space of PostgreSQL's existing pages. */
const ENTERED = 400
/** The space that PostgreSQL needs to begin, and a little more. */
const MEGABYTES = 200
const disk = smallDisk(MEGABYTES)
const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
const logged: string[] = []
let database: OpenDatabase
let server: RunningServer
let desk: TestWorkstation

beforeAll(async () => {
  if (!disk) return
  const dataFolder = join(disk.folder, 'center')
  database = await openDatabase({ dataFolder })
  await addUser(database.pool, 'anna')
  await bulkLoad(database.pool, 'customer', [customer])
  await finishBulkLoad(database.pool)
  server = await startServer({
    database,
    dataFolder,
    plan: [],
    log: createLog((line) => {
      logged.push(line)
    }, Date.now),
  })
  desk = await startTestWorkstation(server.url)
  await desk.act('session.signIn', { login: 'anna', password: PASSWORD })
  await desk.seen('customer.record', { customerId: customer.id }, (record) => record !== null)
})
afterAll(async () => {
  await desk?.remove()
  await server?.stop()
  await database?.close()
  disk?.remove()
})

it.skipIf(!disk)(
  `the server’s disk is full: work waits at the workstation, and once there is room all of it is done, once${disk ? '' : ' [skipped: this user may not make a small disk]'}`,
  async () => {
    disk!.fill()
    for (let n = 0; n < ENTERED; n += 1) {
      expect(
        (
          await desk.run('preference.set', {
            preferenceId: crypto.randomUUID(),
            customerId: customer.id,
            key: `room ${n}`,
            value: 'quiet '.repeat(30),
            source: 'said',
          })
        ).ok,
      ).toBe(true)
    }
    await until(
      () => logged.some((line) => line.includes('command failed') && line.includes('No space left')),
      'that the center finds no room',
      60_000,
    )
    const { unsent, needsAttention } = await desk.seen('sync.state', {}, (state) => state.unsent > 0)
    expect({ waits: unsent > 0, needsAttention }).toEqual({ waits: true, needsAttention: 0 })
    disk!.free()
    await restOf(desk)
    await desk.stop()
    expect(await commandsOfCenter(database.pool)).toBe(commandsOfDesks([desk.folder]))
    const {
      rows: [counts],
    } = await database.pool.query(
      `select (select count(*) from preference)::int as preferences, (select count(*) from command_result where kind = 'applied')::int as applied, (select count(*) from feed_pending)::int as pending`,
    )
    expect(counts).toEqual({ preferences: ENTERED, applied: ENTERED, pending: 0 })
  },
)
