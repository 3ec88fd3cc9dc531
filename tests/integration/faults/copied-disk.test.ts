import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { rowsOfCenter, rowsOfDesk } from '../../support/at-rest.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
let server: TestServer
let desk: TestWorkstation
let copy: TestWorkstation | null = null

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'anna')
  await bulkLoad(server.database.pool, 'customer', [customer])
  await finishBulkLoad(server.database.pool)
  desk = await startTestWorkstation(server.url)
  await desk.act('session.signIn', { login: 'anna', password: PASSWORD })
  await desk.seen('customer.record', { customerId: customer.id }, (record) => record !== null)
})
afterAll(async () => {
  await desk?.remove()
  await copy?.remove()
  await server?.remove()
})

const prefer = (at: TestWorkstation, value: string) =>
  at.run('preference.set', {
    preferenceId: crypto.randomUUID(),
    customerId: customer.id,
    key: value,
    value,
    source: 'said',
  })
const has = (at: TestWorkstation, values: readonly string[]) =>
  at.seen(
    'customer.record',
    { customerId: customer.id },
    (record) =>
      record?.unconfirmed.length === 0 &&
      record.preferences
        .map(({ value }) => value)
        .toSorted()
        .join() === values.toSorted().join(),
  )

it(
  'a workstation whose disk was copied, and its copy, both keep working: everything of both is done once',
  { timeout: 60_000 },
  async () => {
    await prefer(desk, 'before the copy')
    await has(desk, ['before the copy'])
    const { folder } = desk
    await desk.stop()
    const other = join(mkdtempSync(join(tmpdir(), 'ringside-copy-')), 'desk')
    cpSync(folder, other, { recursive: true })
    // Both use the same next number at the same time, and no server can tell them.
    await server.stop()
    desk = await startTestWorkstation(server.url || 'http://127.0.0.1:9', { folder })
    copy = await startTestWorkstation('http://127.0.0.1:9', { folder: other })
    for (const n of [1, 2, 3]) {
      await prefer(desk, `original ${n}`)
      await prefer(copy, `copy ${n}`)
    }
    await desk.stop()
    await copy.stop()
    await server.restart()
    desk = await startTestWorkstation(server.url, { folder })
    copy = await startTestWorkstation(server.url, { folder: other })
    const all = ['before the copy', ...[1, 2, 3].flatMap((n) => [`original ${n}`, `copy ${n}`])]
    for (const at of [desk, copy]) await has(at, all)
    for (const at of [desk, copy])
      await at.seen('sync.state', {}, (state) => state.unsent === 0 && state.needsAttention === 0 && state.behind === 0)
    const center = await rowsOfCenter(server.database.pool, ['org'])
    for (const at of [desk, copy]) {
      await at.stop()
      expect(rowsOfDesk(at.folder)).toEqual({ rows: center, open: 0 })
    }
  },
)
