/** Time as the core has it: handed in, so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970, by this machine. */
  now(): number
  /** Milliseconds since some moment: goes on evenly while the machine's clock is set. */
  elapsed(): number
  /** Calls back once; returns how to call it off. */
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
