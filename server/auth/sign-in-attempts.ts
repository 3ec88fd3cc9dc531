import { createHash } from 'node:crypto'
import type { Queryable } from '../db/connect.ts'

/**
 * What failures are counted by. A device that shows its token, and at which this user has signed in before, has a count
 * of its own.
 */
export type Counted = 'name at address' | 'name at device' | 'address' | 'name'

/** How many failures cause no pause, and the longest pause after more; each further failure doubles the pause. */
const limits: Readonly<Record<Counted, { readonly free: number; readonly longestMs: number }>> = {
  'name at address': { free: 5, longestMs: 15 * 60_000 },
  'name at device': { free: 5, longestMs: 15 * 60_000 },
  // Many people may share one address and mistype on a Monday morning. An attacker who tries name after name soon
  // exceeds this.
  address: { free: 20, longestMs: 15 * 60_000 },
  // Counts failures from many addresses. The pause is short: otherwise a stranger could keep a user out by trying their
  // name.
  name: { free: 100, longestMs: 60_000 },
}
const FIRST_PAUSE_MS = 15_000
export const FORGOTTEN_AFTER_MS = 60 * 60_000

export interface Attempt {
  readonly by: Counted
  /** A hash, so that neither the address nor the name is stored. */
  readonly key: string
}

const attempt = (by: Counted, ...of: readonly string[]): Attempt => ({
  by,
  key: createHash('sha256')
    .update([by, ...of].join('\n'))
    .digest('hex'),
})

/**
 * Which counts a try adds to. A try from a known device counts for that device alone, so strangers who try the same
 * name cannot keep its user out.
 */
export function attemptsOf(
  login: string,
  from: { readonly address: string; readonly knownDevice: string | null },
): readonly Attempt[] {
  const name = login.toLowerCase()
  if (from.knownDevice !== null) return [attempt('name at device', name, from.knownDevice)]
  return [attempt('name at address', name, from.address), attempt('address', from.address), attempt('name', name)]
}

/** How long the client has to wait before this try; 0 for not at all. */
export async function pauseMs(db: Queryable, attempts: readonly Attempt[], now: number): Promise<number> {
  const { rows } = await db.query<{ key: string; failures: number; lastAt: number }>(
    'select key, failures, last_at as "lastAt" from sign_in_attempt where key = any($1) and last_at >= $2',
    [attempts.map(({ key }) => key), now - FORGOTTEN_AFTER_MS],
  )
  const pauses = rows.map(({ key, failures, lastAt }) => {
    const { free, longestMs } = limits[attempts.find((one) => one.key === key)!.by]
    return failures < free ? 0 : lastAt + Math.min(FIRST_PAUSE_MS * 2 ** (failures - free), longestMs) - now
  })
  return Math.max(0, ...pauses)
}

export async function noteFailure(db: Queryable, attempts: readonly Attempt[], now: number): Promise<void> {
  await db.query(
    `insert into sign_in_attempt (key, failures, last_at) select key, 1, $2 from unnest($1::text[]) as key order by key
     on conflict (key) do update set last_at = $2,
       failures = case when sign_in_attempt.last_at < $3 then 1 else sign_in_attempt.failures + 1 end`,
    [attempts.map(({ key }) => key), now, now - FORGOTTEN_AFTER_MS],
  )
  // An attacker can make up any number of names, so expired rows are deleted here: they must not fill the disk.
  await db.query('delete from sign_in_attempt where last_at < $1', [now - FORGOTTEN_AFTER_MS])
}

/**
 * Called after a right password. Failures that the address caused under other names still count: otherwise an attacker
 * could clear them with one name of their own.
 */
export async function forgetFailures(db: Queryable, attempts: readonly Attempt[]): Promise<void> {
  const own = attempts.filter(({ by }) => by === 'name at address' || by === 'name at device')
  await db.query('delete from sign_in_attempt where key = any($1)', [own.map(({ key }) => key)])
}
