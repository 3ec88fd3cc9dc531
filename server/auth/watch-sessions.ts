import type { Log } from '../log.ts'

export interface SessionWatch {
  /** Looks now: a session was ended, or somebody may have another role. What fails is logged. */
  look(): Promise<void>
  stop(): void
}

const LOOK_EVERY_MS = 30_000

/**
 * Lets each of `checks` look at the sessions it holds something open for. Sessions end at other nodes too and by
 * themselves: it also looks every half minute.
 */
export function watchSessions(checks: readonly (() => Promise<void>)[], log: Log): SessionWatch {
  const look = async () => {
    for (const result of await Promise.allSettled(checks.map((check) => check()))) {
      if (result.status === 'rejected') log.error('sessions not checked', result.reason)
    }
  }
  const timer = setInterval(() => { void look() }, LOOK_EVERY_MS)
  return { look, stop: () => { clearInterval(timer) } }
}
