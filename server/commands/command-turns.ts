/**
 * How many batches of commands run at once. The rest of the pool's connections stay free for handshakes, the feed and
 * callers.
 */
const AT_ONCE = 12
/**
 * How many batches may wait. The last of them is answered in about the time after which a workstation takes its
 * connection for dead.
 */
const WAITING = 300
const LONGEST_SECONDS = 30
/** The assumed time of a batch, before any was measured. */
const FIRST_MS = 20
/**
 * Workstations that are turned away are told to come again this many times as often as batches end at that moment,
 * because batches run several times as fast once all workstations are connected. A workstation that comes too early is
 * told a later time, which costs one message. Coming too late leaves the server idle: it was idle for 25 of the 45
 * seconds in which 2,000 returning workstations were answered.
 */
const SOONER = 3

export interface CommandTurns {
  /** Runs `work` in its turn. Where too many wait, it says after how many seconds the workstation is to come again. */
  run<T>(work: () => Promise<T>): Promise<T> | { readonly comeAgainIn: number }
  /** Whether batches wait for their turn. */
  someWait(): boolean
}

/**
 * Admits as many batches as can be answered in time. Without it, thousands of workstations that come back together
 * would all have their batches begun, and none would get an answer before it gives up and sends the batch again.
 * `elapsed` gives ms that advance evenly even when the machine's clock is changed.
 */
export function createCommandTurns(elapsed: () => number): CommandTurns {
  const waiting: (() => void)[] = []
  let running = 0
  /**
   * Each workstation that is turned away gets a later time than the one before it; this is the last time that was
   * given.
   */
  let promisedUntil = -Infinity
  let msEach = FIRST_MS
  let lastOver = 0

  function over(): void {
    const at = elapsed()
    // The average time between two ends while batches wait: how long each place in the queue takes.
    if (waiting.length > 0) msEach += (Math.min(1000, at - lastOver) - msEach) / 20
    lastOver = at
    // The batch that has waited longest takes over the place.
    const next = waiting.shift()
    if (next) {
      next()
      return
    }
    running -= 1
  }

  return {
    someWait: () => waiting.length > 0,
    run: (work) => {
      if (waiting.length >= WAITING) {
        const at = elapsed()
        // The time does not count the batches that already wait: whenever one of them starts, a place in the queue
        // becomes free.
        promisedUntil = Math.min(Math.max(promisedUntil, at) + msEach / SOONER, at + LONGEST_SECONDS * 1000)
        return { comeAgainIn: Math.ceil((promisedUntil - at) / 1000) }
      }
      if (running < AT_ONCE) {
        running += 1
        return work().finally(over)
      }
      return new Promise<void>((resolve) => {
        waiting.push(resolve)
      })
        .then(work)
        .finally(over)
    },
  }
}
