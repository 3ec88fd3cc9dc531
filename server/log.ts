/** The server's own log: one JSON object a line. It never holds telephone numbers, names or notes of people. */
export interface Log {
  info(event: string, facts?: Record<string, string | number | boolean | null>): void
  error(event: string, error: unknown, facts?: Record<string, string | number | boolean | null>): void
}

/**
 * A failure that repeats (a lost database fails eight times a second) is written once in this time; the repeats are
 * counted.
 */
const SAY_AGAIN_AFTER_MS = 10_000
const FAILURES_KNOWN = 100

export function createLog(write: (line: string) => void, now: () => number): Log {
  const failures = new Map<string, { saidAt: number; kept: number }>()
  const line = (level: string, event: string, facts: object) => {
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...facts })}\n`)
  }
  return {
    info: (event, facts = {}) => {
      line('info', event, facts)
    },
    error: (event, error, facts = {}) => {
      const what = describe(error)
      // Every occurrence has another reference, so it does not count when failures are compared.
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

/** Classes of PostgreSQL errors whose message may name our tables, columns and constraints, but holds no value. */
const NAMES_OURS = /^(08|23|25|28|3D|40|42|53|55|57|58)/

/**
 * The `detail` and `where` of a database error contain parts of rows, so only its code and message are logged. Other
 * messages can repeat input between quotation marks ('value "…" is out of range'), so quoted text is left out.
 */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code } = error as { code?: unknown }
  const known = typeof code === 'string' && NAMES_OURS.test(code)
  const message = (known ? error.message : error.message.replace(/"[\s\S]*"/, '"…"')).slice(0, 500)
  return {
    error: message,
    ...(typeof code === 'string' ? { code } : {}),
    at_line: error.stack
      ?.split('\n')
      .find((line) => /^\s+at /.test(line))
      ?.trim(),
  }
}
