/** What the server says about itself: one line of JSON each. Never numbers, names or notes of people. */
export interface Log {
  info(event: string, facts?: Record<string, string | number | boolean | null>): void
  error(event: string, error: unknown, facts?: Record<string, string | number | boolean | null>): void
}

/** The same failure again and again (a database that is gone fails eight times a second) is said so often and counted. */
const SAY_AGAIN_AFTER_MS = 10_000
const FAILURES_KNOWN = 100

export function createLog(write: (line: string) => void, now: () => number): Log {
  const failures = new Map<string, { saidAt: number; kept: number }>()
  const line = (level: string, event: string, facts: object) => {
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...facts })}\n`)
  }
  return {
    info: (event, facts = {}) => { line('info', event, facts) },
    error: (event, error, facts = {}) => {
      const what = describe(error)
      // A reference is another one each time.
      const key = JSON.stringify([event, what, { ...facts, reference: null }])
      const before = failures.get(key)
      if (before && now() - before.saidAt < SAY_AGAIN_AFTER_MS) {
        before.kept += 1
        return
      }
      failures.delete(key)
      failures.set(key, { saidAt: now(), kept: 0 })
      const [oldest] = failures.keys()
      if (failures.size > FAILURES_KNOWN && oldest !== undefined) failures.delete(oldest)
      line('error', event, { ...facts, ...what, ...(before && before.kept > 0 ? { times_before: before.kept } : {}) })
    },
  }
}

/** Errors of PostgreSQL whose message names tables, columns and constraints of ours and never a value. */
const NAMES_OURS = /^(08|23|25|28|3D|40|42|53|55|57|58)/

/**
 * Database errors carry parts of rows in `detail` and `where`; only their code and message go out. Other messages can
 * repeat what came in between quotation marks ('value "…" is out of range'), so what is quoted there stays here.
 */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code } = error as { code?: unknown }
  const known = typeof code === 'string' && NAMES_OURS.test(code)
  const message = (known ? error.message : error.message.replace(/"[\s\S]*"/, '"…"')).slice(0, 500)
  return { error: message, ...(typeof code === 'string' ? { code } : {}), at_line: error.stack?.split('\n').find((line) => /^\s+at /.test(line))?.trim() }
}
