/** Batches of commands that are worked on at once; some connections of the pool stay free for handshakes, the feed and callers. */
const AT_ONCE = 12
/** So many wait for about as long as a workstation waits for an answer before it takes the link for dead. */
const WAITING = 300
const LONGEST_SECONDS = 30
/** What a batch takes before any was measured. */
const FIRST_MS = 20

export interface CommandTurns {
  /** Runs `work` in its turn; who comes when too many wait is told after how many seconds to come again. */
  run<T>(work: () => Promise<T>): Promise<T> | { readonly comeAgainIn: number }
  /** Whether some wait for their turn. */
  someWait(): boolean
}

/**
 * Lets in as many batches as are answered in time. Without it thousands that come back together would all be begun and
 * none be answered before its workstation has given up and sends the same again. `elapsed` in ms, even while the machine's
 * clock is set.
 */
export function createCommandTurns(elapsed: () => number): CommandTurns {
  const waiting: (() => void)[] = []
  let running = 0
  /** Turned away since nobody waited: each is given a later time than the one before. */
  let turnedAway = 0
  let msEach = FIRST_MS
  let lastOver = 0

  function over(): void {
    const at = elapsed()
    // How far apart they end while there is work: what everybody behind has to wait for each.
    if (waiting.length > 0) msEach += (Math.min(1000, at - lastOver) - msEach) / 20
    lastOver = at
    // The place goes on to who waits longest.
    const next = waiting.shift()
    if (next) {
      next()
      return
    }
    running -= 1
    turnedAway = 0
  }

  return {
    someWait: () => waiting.length > 0,
    run: (work) => {
      if (waiting.length >= WAITING) {
        turnedAway += 1
        // Not by those who wait as well: when somebody comes again, they have gone in, and who came meanwhile waits in their place.
        return { comeAgainIn: Math.min(LONGEST_SECONDS, Math.max(1, Math.ceil((turnedAway * msEach) / 1000))) }
      }
      if (running < AT_ONCE) {
        running += 1
        return work().finally(over)
      }
      return new Promise<void>((resolve) => { waiting.push(resolve) }).then(work).finally(over)
    },
  }
}
