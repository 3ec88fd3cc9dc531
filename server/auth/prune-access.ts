import type { Queryable } from '../db/connect.ts'
import { FORGOTTEN_AFTER_MS } from './sign-in-attempts.ts'

/** What was done in a sign-in may come so late, from a workstation that was off: until then its seals can be checked. */
const SESSIONS_KEPT_MS = 365 * 24 * 60 * 60_000

/** One step: sessions that ended, and failures to sign in that no longer count; at most `limit` of each. Gives the larger number. */
export async function pruneAccess(db: Queryable, now: number, limit: number): Promise<number> {
  const sessions = await db.query(
    'delete from session where ctid = any(array(select ctid from session where coalesce(ended_at, expires_at) < $1 limit $2))', [now - SESSIONS_KEPT_MS, limit])
  const attempts = await db.query(
    'delete from sign_in_attempt where ctid = any(array(select ctid from sign_in_attempt where last_at < $1 limit $2))', [now - FORGOTTEN_AFTER_MS, limit])
  return Math.max(sessions.rowCount ?? 0, attempts.rowCount ?? 0)
}
