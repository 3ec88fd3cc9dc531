import { afterAll, beforeAll, expect, it } from 'vitest'
import { Random } from '../../../demo/random.ts'
import type { Result } from '../../../protocol/errors.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { rowsOfCenter, rowsOfDesk } from '../../support/at-rest.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'
import { startUnrulyProxy, type UnrulyProxy } from '../../support/unruly-proxy.ts'

const SEED = 20_261_126
const EACH = 60
const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
let server: TestServer
let proxy: UnrulyProxy
const desks: TestWorkstation[] = []

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  for (const login of ['anna', 'ben']) await addUser(pool, login)
  await bulkLoad(pool, 'customer', [customer])
  await finishBulkLoad(pool)
  const random = new Random('unruly', SEED)
  proxy = await startUnrulyProxy(
    () => server.url,
    () => random.next(),
  )
  for (const login of ['anna', 'ben']) {
    const desk = await startTestWorkstation(proxy.url)
    desks.push(desk)
    await desk.act('session.signIn', { login, password: PASSWORD })
    await desk.seen('customer.record', { customerId: customer.id }, (record) => record !== null)
  }
})
afterAll(async () => {
  for (const desk of desks) await desk.remove()
  await proxy?.close()
  await server?.remove()
})

it(
  `over a network that doubles, delays, reorders and cuts, and with a server that stops and starts, nothing is lost and nothing doubled [seed ${SEED}]`,
  { timeout: 90_000 },
  async () => {
    const kept: string[] = []
    const work = async (desk: TestWorkstation, of: number) => {
      for (let n = 0; n < EACH; n += 1) {
        const entered: Result<unknown> = await desk.run('task.add', {
          taskId: crypto.randomUUID(),
          customerId: customer.id,
          kind: 'callback',
          title: `${of}-${n}`,
          detail: '',
          dueAt: Date.now() + 3_600_000,
          ownerUserId: null,
        })
        if (entered.ok) kept.push(`${of}-${n}`)
        await new Promise((resolve) => {
          setTimeout(resolve, 30)
        })
      }
    }
    const cutting = setInterval(() => {
      proxy.cut(0.5)
    }, 400)
    const working = Promise.all(desks.map(work))
    await new Promise((resolve) => {
      setTimeout(resolve, 700)
    })
    await server.stop()
    await new Promise((resolve) => {
      setTimeout(resolve, 300)
    })
    await server.restart()
    await working
    clearInterval(cutting)
    proxy.calmDown()
    for (const desk of desks) {
      await desk.act('sync.now', {})
      await desk.seen('tasks.open', {}, (items) => items.length === 2 * EACH)
      await desk.seen('sync.state', {}, (state) => state.link === 'online' && state.unsent === 0 && state.behind === 0)
      await desk.seen('customer.record', { customerId: customer.id }, (record) => record?.unconfirmed.length === 0)
    }
    expect(kept).toHaveLength(2 * EACH)

    const { pool } = server.database
    const { rows } = await pool.query<{ title: string }>('select title from task order by title')
    expect(rows.map(({ title }) => title)).toEqual(kept.toSorted())
    const {
      rows: [results],
    } = await pool.query<{ n: number }>('select count(*)::int as n from command_result')
    expect(results?.n).toBe(2 * EACH)
    const {
      rows: [log],
    } = await pool.query<{ gaps: number; doubled: number }>(
      `select (max(seq) - min(seq) + 1 - count(*))::int as gaps, (count(*) - count(distinct (row_id, version)))::int as doubled from feed_log`,
    )
    expect(log).toEqual({ gaps: 0, doubled: 0 })
    const center = await rowsOfCenter(pool, ['org'])
    for (const desk of desks) {
      await desk.stop()
      expect(rowsOfDesk(desk.folder)).toEqual({ rows: center, open: 0 })
    }
  },
)
