import { setTimeout as pause } from 'node:timers/promises'
import type { Queryable } from '../db/connect.ts'
import { PlannedCall } from './call-plan.ts'

const AT_ONCE = 100
const TRY_AGAIN_MS = 5_000

/**
 * The plan in the table `call_plan`, in its order; after the last call it starts again. Ends at once where the table is
 * empty.
 */
export async function* storedCallPlan(db: Queryable): AsyncGenerator<PlannedCall> {
  let after = -1
  for (;;) {
    const rows = await readPlan(db, after)
    if (rows === null) {
      // The database does not answer: simulated callers call again when it is back.
      await pause(TRY_AGAIN_MS, null, { ref: false })
      continue
    }
    if (rows.length === 0 && after < 0) return
    after = rows.length < AT_ONCE ? -1 : (rows.at(-1)?.position ?? -1)
    for (const row of rows) {
      // A row of the plan that does not fit is left out; the other calls still come.
      const call = PlannedCall.safeParse(row.call)
      if (call.success) yield call.data
    }
  }
}

async function readPlan(db: Queryable, after: number): Promise<{ position: number; call: unknown }[] | null> {
  try {
    const { rows } = await db.query<{ position: number; call: unknown }>(
      'select position, call from call_plan where position > $1 order by position limit $2',
      [after, AT_ONCE],
    )
    return rows
  } catch {
    return null
  }
}
