import { isDeepStrictEqual } from 'node:util'
import type { Result } from '../../protocol/errors.ts'
import type { Clock } from '../clock.ts'
import { inBackground, type Log } from '../log.ts'
import { touches, type Topic } from './topics.ts'

export interface LiveQueries {
  /**
   * Runs the query now, and again whenever one of its topics is touched. A result that equals the last one is not
   * pushed again.
   */
  watch(
    topics: readonly Topic[],
    run: () => Promise<Result<unknown>>,
    listener: (result: Result<unknown>) => void,
  ): () => void
  touch(topics: readonly Topic[]): void
  stop(): void
}

interface Watch {
  readonly topics: readonly Topic[]
  readonly run: () => Promise<Result<unknown>>
  readonly listener: (result: Result<unknown>) => void
  last: Result<unknown> | null
  running: boolean
  stale: boolean
}

/** While much changes, watches run again at most this often; the first change after a quiet time is shown at once. */
const AT_MOST_EVERY_MS = 60

export function createLiveQueries(options: { clock: Clock; log: Log }): LiveQueries {
  const { clock, log } = options
  const watches = new Set<Watch>()
  const touched = new Set<Topic>()
  let ranAt = Number.NEGATIVE_INFINITY
  let cancelTimer: (() => void) | null = null

  async function refresh(watch: Watch): Promise<void> {
    if (watch.running) {
      watch.stale = true
      return
    }
    watch.running = true
    try {
      do {
        watch.stale = false
        const result = await watch.run()
        if (!watches.has(watch)) break
        if (watch.last === null || !isDeepStrictEqual(watch.last, result)) {
          watch.last = result
          watch.listener(result)
        }
      } while (watch.stale)
    } finally {
      // One failure of a listener must not end its watch for good.
      watch.running = false
    }
  }

  function flush(): void {
    cancelTimer = null
    ranAt = clock.now()
    const now = [...touched]
    touched.clear()
    for (const watch of watches) {
      if (watch.topics.some((topic) => now.some((other) => touches(other, topic))))
        inBackground(log, refresh(watch), 'live query')
    }
  }

  return {
    watch: (topics, run, listener) => {
      const watch: Watch = { topics, run, listener, last: null, running: false, stale: false }
      watches.add(watch)
      inBackground(log, refresh(watch), 'live query')
      return () => watches.delete(watch)
    },
    touch: (topics) => {
      if (topics.length === 0) return
      for (const topic of topics) touched.add(topic)
      if (cancelTimer) return
      cancelTimer = clock.after(Math.max(0, Math.min(AT_MOST_EVERY_MS, ranAt + AT_MOST_EVERY_MS - clock.now())), flush)
    },
    stop: () => {
      cancelTimer?.()
      watches.clear()
    },
  }
}
