import { createHash } from 'node:crypto'
import type { Queryable } from '../db/connect.ts'

const FREE_FAILURES = 5
const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 15 * 60_000
export const FORGOTTEN_AFTER_MS = 60 * 60_000

/** Who tries: a hash, so that neither address nor login is kept. */
export const attemptKey = (login: string, address: string): string =>
  createHash('sha256').update(`${login.toLowerCase()}\n${address}`).digest('hex')

/** How long this one has to wait, 0 for not at all. After five failures each further one doubles the pause. */
export async function pauseMs(db: Queryable, key: string, now: number): Promise<number> {
  const { rows: [attempt] } = await db.query<{ failures: number; lastAt: number }>('select failures, last_at as "lastAt" from sign_in_attempt where key = $1', [key])
  if (!attempt || attempt.failures < FREE_FAILURES) return 0
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt.failures - FREE_FAILURES), LONGEST_PAUSE_MS)
  return Math.max(0, attempt.lastAt + pause - now)
}

export async function noteFailure(db: Queryable, key: string, now: number): Promise<void> {
  await db.query(
    `insert into sign_in_attempt (key, failures, last_at) values ($1, 1, $2)
     on conflict (key) do update set last_at = $2,
       failures = case when sign_in_attempt.last_at < $3 then 1 else sign_in_attempt.failures + 1 end`,
    [key, now, now - FORGOTTEN_AFTER_MS],
  )
  // Names are free to make up: what is forgotten anyway must not fill the disk.
  await db.query('delete from sign_in_attempt where last_at < $1', [now - FORGOTTEN_AFTER_MS])
}

export async function forgetFailures(db: Queryable, key: string): Promise<void> {
  await db.query('delete from sign_in_attempt where key = $1', [key])
}
