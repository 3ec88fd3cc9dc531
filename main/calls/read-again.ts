import type { Clock } from '../clock.ts'
import { inBackground, type Log } from '../log.ts'

const FIRST_MS = 1000
const LONGEST_MS = 30_000

export interface ReadAgain {
  /** Something could not be read: try again, soon at first, then less and less often. */
  later(): void
  /** The reader's thread is back: try again at once. */
  now(): void
  stop(): void
}

/** Calls `read` again until no read fails and asks for another attempt. */
export function createReadAgain({
  clock,
  log,
  read,
}: {
  clock: Clock
  log: Log
  read: () => Promise<void>
}): ReadAgain {
  let waitMs = FIRST_MS
  let cancel: (() => void) | null = null
  let stopped = false

  function attempt(): void {
    cancel?.()
    cancel = null
    inBackground(log, readOnce(), 'read calls again')
  }
  async function readOnce(): Promise<void> {
    await read()
    // Nothing asked for another attempt meanwhile, so all was read. The next failure starts again with a short wait.
    if (!cancel) waitMs = FIRST_MS
  }
  return {
    later: () => {
      if (cancel || stopped) return
      cancel = clock.after(waitMs, attempt)
      waitMs = Math.min(waitMs * 2, LONGEST_MS)
    },
    now: () => {
      waitMs = FIRST_MS
      if (!stopped) attempt()
    },
    stop: () => {
      stopped = true
      cancel?.()
    },
  }
}
