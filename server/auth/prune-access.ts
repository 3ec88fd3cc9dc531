import type { Queryable } from '../db/connect.ts'
import { FORGOTTEN_AFTER_MS } from './sign-in-attempts.ts'

/**
 * A workstation that was switched off may send its commands this late. Until then the session must stay, so that their
 * seals can be checked.
 */
const SESSIONS_KEPT_MS = 365 * 24 * 60 * 60_000

/**
 * One step of the clean-up: deletes at most `limit` sessions that ended long ago and at most `limit` failed sign-ins
 * that no longer count. Gives the larger number of the two.
 */
export async function pruneAccess(db: Queryable, now: number, limit: number): Promise<number> {
  const sessions = await db.query(
    'delete from session where ctid = any(array(select ctid from session where coalesce(ended_at, expires_at) < $1 limit $2))',
    [now - SESSIONS_KEPT_MS, limit],
  )
  const attempts = await db.query(
    'delete from sign_in_attempt where ctid = any(array(select ctid from sign_in_attempt where last_at < $1 limit $2))',
    [now - FORGOTTEN_AFTER_MS, limit],
  )
  return Math.max(sessions.rowCount ?? 0, attempts.rowCount ?? 0)
}
