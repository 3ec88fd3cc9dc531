/** Batches of commands that are worked on at once; some connections of the pool stay free for handshakes, the feed and callers. */
const AT_ONCE = 12
/** So many wait for about as long as a workstation waits for an answer before it takes the link for dead. */
const WAITING = 300
const LONGEST_SECONDS = 30
/** What a batch takes before any was measured. */
const FIRST_MS = 20
/**
 * So many times as often as batches end now, those who are turned away come again: they are taken several times as fast
 * once everybody has come in. Who comes too early is told once more, which costs a message; who comes too late leaves
 * the center idle (25 of the 45 seconds in which 2,000 that came back were answered).
 */
const SOONER = 3

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
  /** Who is turned away is given a time of its own, one after the other; this is the last that was given. */
  let promisedUntil = -Infinity
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
  }

  return {
    someWait: () => waiting.length > 0,
    run: (work) => {
      if (waiting.length >= WAITING) {
        const at = elapsed()
        // Not after those who wait: whenever one of them goes in, a place to wait is free.
        promisedUntil = Math.min(Math.max(promisedUntil, at) + msEach / SOONER, at + LONGEST_SECONDS * 1000)
        return { comeAgainIn: Math.ceil((promisedUntil - at) / 1000) }
      }
      if (running < AT_ONCE) {
        running += 1
        return work().finally(over)
      }
      return new Promise<void>((resolve) => { waiting.push(resolve) }).then(work).finally(over)
    },
  }
}
