/** The time that code gets passed in: real, faster, or standing still until a test moves it. */
export interface Clock {
  /** Milliseconds since 1970, by the clock of this machine. */
  now(): number
  /**
   * Milliseconds since some fixed moment. They advance evenly even when the machine's clock is changed, so durations
   * are measured with them.
   */
  elapsed(): number
  /** Runs `work` once, `ms` from now. Call the returned function to cancel it. */
  after(ms: number, work: () => void): () => void
}

/** The machine's time. `speed` shortens the waits: at 10, work that is due in ten seconds runs after one. */
export function realClock(speed = 1): Clock {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    after: (ms, work) => {
      const timer = setTimeout(work, ms / speed)
      return () => {
        clearTimeout(timer)
      }
    },
  }
}
