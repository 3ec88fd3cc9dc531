import type { Log } from '../log.ts'

export interface SessionWatch {
  /** Checks now: call it after a session was ended or a user may have another role. Failures are logged. */
  look(): Promise<void>
  stop(): void
}

const LOOK_EVERY_MS = 30_000

/**
 * Runs each of `checks`, which look at the sessions that have something open at this node. Sessions also end at other
 * nodes, or expire, so the checks also run every half minute.
 */
export function watchSessions(checks: readonly (() => Promise<void>)[], log: Log): SessionWatch {
  const look = async () => {
    for (const result of await Promise.allSettled(checks.map((check) => check()))) {
      if (result.status === 'rejected') log.error('sessions not checked', result.reason)
    }
  }
  const timer = setInterval(() => {
    void look()
  }, LOOK_EVERY_MS)
  return {
    look,
    stop: () => {
      clearInterval(timer)
    },
  }
}
