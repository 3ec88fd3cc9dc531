import type { Clock } from '../../server/clock.ts'

/** A clock that a test moves by hand: work runs in the order of its time. */
export interface VirtualClock extends Clock {
  advance(ms: number): void
  /** Time goes by in which nothing that waits for it runs, as in the middle of long work. */
  pass(ms: number): void
  /** As somebody, or NTP, sets the machine's clock: what elapses goes on as before. */
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
      const entry = { at: now + ms, order: counter += 1, work }
      due.push(entry)
      return () => { due = due.filter((other) => other !== entry) }
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
    pass: (ms) => { now += ms },
    setBy: (ms) => { setBy += ms },
  }
}
