import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { createLog } from '../../../server/log.ts'
import type { PostgresBinaries } from '../../../server/db/postgres-binaries.ts'
import { openDatabase } from '../../../server/open-database.ts'
import { startServer } from '../../../server/start-server.ts'
import { commandsOfCenter, commandsOfDesks, restOf, rowsOfCenter, rowsOfDesk } from '../../support/at-rest.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import {
  otherVersions,
  provideOtherPostgres,
  startOtherPostgres,
  type OtherMajor,
} from '../../support/other-postgres.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestWorkstation } from '../../support/test-workstation.ts'

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => {
        resolve(port)
      })
    })
  })

const provided = await Promise.all(
  (Object.keys(otherVersions).map(Number) as OtherMajor[]).map(async (major) => ({
    major,
    binaries: await provideOtherPostgres(major),
  })),
)

for (const { major, binaries } of provided) {
  const missing = typeof binaries === 'string' ? ` [skipped: ${binaries}]` : ''
  it.skipIf(typeof binaries === 'string')(
    `an operator’s PostgreSQL ${major} takes migrations, commands, the feed and snapshots${missing}`,
    { timeout: 90_000 },
    async () => {
      const postgres = await startOtherPostgres(binaries as PostgresBinaries, await freePort())
      onTestFinished(() => postgres.stop())
      const folder = mkdtempSync(join(tmpdir(), 'ringside-other-'))
      onTestFinished(() => {
        rmSync(folder, { recursive: true, force: true })
      })
      const database = await openDatabase({ dataFolder: folder, databaseUrl: postgres.connectionString })
      onTestFinished(() => database.close())
      const { pool } = database
      const {
        rows: [version],
      } = await pool.query<{ server_version: string }>('show server_version')
      expect(version?.server_version).toMatch(new RegExp(`^${major}\\.`))
      const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
      for (const login of ['anna', 'ben']) await addUser(pool, login)
      await bulkLoad(pool, 'customer', [customer])
      await finishBulkLoad(pool)
      const server = await startServer({
        database,
        dataFolder: folder,
        plan: [],
        log: createLog(() => undefined, Date.now),
      })
      onTestFinished(() => server.stop())
      const desks = []
      for (const login of ['anna', 'ben']) {
        const desk = await startTestWorkstation(server.url)
        onTestFinished(() => desk.remove())
        desks.push(desk)
        await desk.act('session.signIn', { login, password: PASSWORD })
        await desk.seen('customer.record', { customerId: customer.id }, (record) => record !== null)
      }
      await Promise.all(
        desks.map(async (desk, of) => {
          for (let n = 0; n < 15; n += 1)
            await desk.run('task.add', {
              taskId: crypto.randomUUID(),
              customerId: customer.id,
              kind: 'callback',
              title: `${of}-${n}`,
              detail: '',
              dueAt: Date.now() + 3_600_000,
              ownerUserId: null,
            })
        }),
      )
      for (const desk of desks) {
        await restOf(desk)
        await desk.seen('tasks.open', {}, (items) => items.length === 30)
        await desk.seen('customer.record', { customerId: customer.id }, (record) => record?.unconfirmed.length === 0)
      }
      const {
        rows: [log],
      } = await pool.query(
        'select (max(seq) - min(seq) + 1 - count(*))::int as gaps, (select count(*) from feed_pending)::int as pending from feed_log',
      )
      expect(log).toEqual({ gaps: 0, pending: 0 })
      for (const desk of desks) await desk.stop()
      expect(await commandsOfCenter(pool)).toBe(commandsOfDesks(desks.map((desk) => desk.folder)))
      const center = await rowsOfCenter(pool, ['org'])
      for (const desk of desks) expect(rowsOfDesk(desk.folder)).toEqual({ rows: center, open: 0 })
    },
  )
}
