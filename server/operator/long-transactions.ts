import type { Queryable } from '../db/connect.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

/**
 * A transaction that has been open for long. PostgreSQL cannot clean up anything that was changed or deleted since it
 * began.
 */
export interface LongTransaction {
  readonly pid: number
  /** The name that the program at the other end gives itself. */
  readonly applicationName: string
  readonly startedAt: number
  readonly ageMs: number
}

export const LONG_MS = 60_000
/** A snapshot reads everything as of one moment, so its transaction may take longer. */
export const SNAPSHOT_APPLICATION = 'ringside snapshot'
const LONG_SNAPSHOT_MS = 15 * 60_000

/**
 * Transactions of this database that are older than `longMs`, the oldest first, without their statements. To see those
 * of other database users, the account needs the right to read `pg_stat_activity` (role `pg_read_all_stats`).
 */
export async function longTransactions(db: Queryable, longMs: number): Promise<LongTransaction[]> {
  const { rows } = await db.query<LongTransaction>(
    `select * from (
       select pid, application_name as "applicationName", (extract(epoch from xact_start) * 1000)::bigint as "startedAt",
         (extract(epoch from clock_timestamp() - xact_start) * 1000)::bigint as "ageMs"
       from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type <> 'autovacuum worker'
         and xact_start is not null and (backend_xmin is not null or backend_xid is not null)) open
     where "ageMs" >= case when "applicationName" = $2 then greatest($1::bigint, ${LONG_SNAPSHOT_MS}) else $1::bigint end
     order by "startedAt"`,
    [longMs, SNAPSHOT_APPLICATION],
  )
  return rows
}

const LOOK_EVERY_MS = 15_000

/** Logs each long transaction once, with what an operator needs to find and end it. */
export function watchTransactions({
  db,
  longMs,
  clock,
  log,
}: {
  readonly db: Queryable
  readonly longMs: number
  readonly clock: Clock
  readonly log: Log
}): { stop(): void } {
  let known = new Set<string>()
  let cancel = () => {}
  let stopped = false
  async function look(): Promise<void> {
    const open = await longTransactions(db, longMs).catch(() => null)
    // Other parts report a database that does not answer.
    if (open) {
      const keyOf = ({ pid, startedAt }: LongTransaction) => `${pid} ${startedAt}`
      for (const one of open) {
        if (!known.has(keyOf(one)))
          log.info('a transaction is open for long and holds back the clean-up of the feed', {
            pid: one.pid,
            application: one.applicationName,
            seconds: Math.round(one.ageMs / 1000),
          })
      }
      known = new Set(open.map(keyOf))
    }
    if (!stopped)
      cancel = clock.after(LOOK_EVERY_MS, () => {
        void look()
      })
  }
  void look()
  return {
    stop: () => {
      stopped = true
      cancel()
    },
  }
}
