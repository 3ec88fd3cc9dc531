/** Time as it is passed in: real, faster, or standing still until a test moves it. */
export interface Clock {
  /** Milliseconds since 1970, by this machine. */
  now(): number
  /** Milliseconds since some moment, evenly while the machine's clock is set: for whatever lasts. */
  elapsed(): number
  /** Runs `work` once, `ms` from now; the returned function prevents it. */
  after(ms: number, work: () => void): () => void
}

/** The machine's time; at `speed` 10 what is to happen in ten seconds happens in one. */
export function realClock(speed = 1): Clock {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    after: (ms, work) => {
      const timer = setTimeout(work, ms / speed)
      return () => { clearTimeout(timer) }
    },
  }
}
