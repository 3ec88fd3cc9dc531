import { DEMO_PASSWORD } from '../demo/sign-in.ts'
import type { EntityName } from '../protocol/entities.ts'
import type { Demo } from '../demo/build-demo.ts'
import { CallPlan } from '../demo/call-plan.ts'
import type { RowSet } from '../demo/build/build-context.ts'
import type { BankCall } from '../demo/readers/bank-call.ts'
import { hashPassword } from '../server/auth/passwords.ts'
import { putUser } from '../server/auth/users.ts'
import { bulkLoad, bulkLoadTable, finishBulkLoad } from '../server/db/bulk-load.ts'
import type { Pool } from '../server/db/connect.ts'

/** How many users can sign in to a demo: the named staff of `demo/build/staff.ts`. */
const SIGN_INS = 7
const CHUNK = 3000

export interface DemoLoad {
  readonly pool: Pool
  readonly demo: Demo
  /** Where the rows come from; it is stored with the load. */
  readonly origin: string
  /** The calls whose times the simulated telephone system uses. */
  readonly calls: readonly BankCall[]
  onProgress(customersDone: number, customers: number): void
  /** Ends the load between two chunks. The rows written so far are marked as cut off. */
  readonly signal?: AbortSignal
}

/**
 * What a database holds: nothing, a complete load, a load that was cut off, or data that Ringside's loader did not
 * write.
 */
export type LoadState = 'empty' | 'loaded' | 'cut off' | 'foreign'

export async function loadState(pool: Pool): Promise<LoadState> {
  const {
    rows: [state],
  } = await pool.query<{ started: boolean; finished: boolean; customers: boolean }>(
    `select to_regclass('demo_load') is not null as started, false as finished, exists (select 1 from customer) as customers`,
  )
  if (!state?.started) return state?.customers ? 'foreign' : 'empty'
  const {
    rows: [load],
  } = await pool.query<{ finished: boolean }>('select finished_at is not null as finished from demo_load')
  return load?.finished ? 'loaded' : load || state.customers ? 'cut off' : 'empty'
}

/**
 * Fills an empty database. The load is marked in the database itself, so that a load that was cut off is recognised and
 * done again. Throws the reason of `signal` once that is aborted.
 */
export async function loadDemo(load: DemoLoad): Promise<{ rows: number }> {
  const { pool, demo, signal } = load
  signal?.throwIfAborted()
  await pool.query(
    'create table if not exists demo_load (started_at timestamptz not null, finished_at timestamptz, origin text not null)',
  )
  await clearCutOffLoad(pool)
  await pool.query('insert into demo_load values (now(), null, $1)', [load.origin])
  const plan = new CallPlan()
  let rows = 0
  const write = async (set: RowSet) => {
    const counts = await Promise.all(
      (Object.entries(set) as [EntityName, never[]][]).map(([entity, list]) => bulkLoad(pool, entity, list)),
    )
    rows += counts.reduce((sum, count) => sum + count, 0)
  }
  await write(demo.shared)
  // PostgreSQL stores one chunk while the next is made.
  let writing: Promise<void> = Promise.resolve()
  for (const chunk of demo.chunks(CHUNK)) {
    plan.watch(chunk.rows)
    await writing
    signal?.throwIfAborted()
    load.onProgress(chunk.customersDone, demo.customers)
    writing = write(chunk.rows)
  }
  await writing
  signal?.throwIfAborted()
  const calls = plan.calls(load.calls, demo.context.staff.lines, demo.context.seed)
  await bulkLoadTable(
    pool,
    'call_plan',
    ['position', 'call'],
    calls.map((call, position) => [position, call]),
  )
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  for (const user of demo.context.staff.users.slice(0, SIGN_INS)) await putUser(pool, user, passwordHash)
  await finishBulkLoad(pool)
  await pool.query('update demo_load set finished_at = now()')
  return { rows }
}

/** Removes only the rows of a load that began and never finished. */
async function clearCutOffLoad(pool: Pool): Promise<void> {
  const { rowCount } = await pool.query('delete from demo_load where finished_at is null')
  if (!rowCount) return
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not in ('site', 'demo_load', 'number_series')`,
  )
  await pool.query(`truncate ${rows.map((row) => row.name).join(', ')} cascade`)
}
