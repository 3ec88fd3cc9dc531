/** The clock of the core. It is passed in, so that tests control the time. */
export interface Clock {
  /** Milliseconds since 1970, by this machine's clock. */
  now(): number
  /** Milliseconds since some moment; it runs on evenly also when the machine's clock is set. */
  elapsed(): number
  /** Calls `work` once after `ms`; returns a function that cancels it. */
  after(ms: number, work: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}
