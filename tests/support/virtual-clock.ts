import type { Clock } from '../../server/clock.ts'

/** A clock that a test moves: work runs in the order of its time. */
export interface VirtualClock extends Clock {
  advance(ms: number): void
  /** Lets time pass without running the work that waits for it, as in the middle of a long calculation. */
  pass(ms: number): void
  /** Sets the machine's clock, as a person or NTP does; elapsed time is not affected. */
  setBy(ms: number): void
}

export function createVirtualClock(start = Date.UTC(2026, 0, 15, 9)): VirtualClock {
  let now = start
  let setBy = 0
  let counter = 0
  let due: { at: number; order: number; work: () => void }[] = []
  return {
    now: () => now + setBy,
    elapsed: () => now - start,
    after: (ms, work) => {
      const entry = { at: now + ms, order: (counter += 1), work }
      due.push(entry)
      return () => {
        due = due.filter((other) => other !== entry)
      }
    },
    advance: (ms) => {
      const end = now + ms
      for (;;) {
        const [next] = due.filter((entry) => entry.at <= end).toSorted((a, b) => a.at - b.at || a.order - b.order)
        if (!next) break
        due = due.filter((entry) => entry !== next)
        now = Math.max(now, next.at)
        next.work()
      }
      now = end
    },
    pass: (ms) => {
      now += ms
    },
    setBy: (ms) => {
      setBy += ms
    },
  }
}
