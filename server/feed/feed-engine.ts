import type { EntityName } from '../../protocol/entities.ts'
import type { FeedPage } from '../../protocol/wire.ts'
import type { FeedStore } from './feed-store.ts'
import { changesFor, type FeedPlace, type LogEntry } from './read-log.ts'
import type { Clock } from '../clock.ts'

/** A stretch of the feed as it was read. `pageFor` reduces it to what a user may see, once for each set of scopes. */
export interface FeedStretch {
  pageFor(scopes: readonly string[]): FeedPage
  touches(entity: EntityName): boolean
  /** The ids of the deleted rows of an entity. */
  gone(entity: EntityName): readonly string[]
}

export interface FeedEngine {
  /** The newest number that this node has sent to its sockets. */
  readonly place: () => FeedPlace
  /** Begins to number changes and to follow the feed. Before that, nobody is told anything. */
  start(): Promise<void>
  /**
   * Call after a commit that left pending changes. They are numbered at once, or when this node has rested after
   * telling workstations of earlier changes.
   */
  readonly nudge: () => void
  stop(): Promise<void>
}

export interface FeedOptions {
  readonly store: FeedStore
  readonly clock: Clock
  readonly onStretch: (stretch: FeedStretch) => void
  /** Whether workstations are queueing for the answers to their commands. Those answers then come before changes. */
  readonly answersWait: () => boolean
  /** The feed below `floor` is gone. A reader whose cursor is lower needs a fresh snapshot. */
  readonly onFloorRaised: () => void
  readonly onError: (error: Error) => void
}

const TICK_MS = 250
const FULL_SCAN_EVERY_MS = 500
const LOST_RACE_MS = 5
const LINES_AT_ONCE = 5000
/**
 * Telling two thousand workstations about one change takes as long as telling them about a hundred. So after each
 * telling the node lets changes gather, for this many times as long as the telling took.
 */
const RESTS_FOR = 2
const LONGEST_REST_MS = 200
/** While thousands of workstations come back with unsent commands, the time is better spent on taking those. */
const RESTS_FOR_ANSWERS = 8
const LONGEST_REST_FOR_ANSWERS_MS = 800

/**
 * Numbers pending changes and follows the feed, the same on every node. Whichever node gets the lock does the
 * numbering. Notifications make it fast; the tick makes sure that nothing is missed.
 */
export async function createFeedEngine(options: FeedOptions): Promise<FeedEngine> {
  const { store, clock, onError } = options
  let place = await store.place()
  let lastFullScan = -Infinity
  let stopped = false

  const sequence = oneAtATime(async () => {
    const full = clock.elapsed() - lastFullScan >= FULL_SCAN_EVERY_MS
    if (full) lastFullScan = clock.elapsed()
    const { mine, moved } = await store.sequence(full ? 'full' : 'hot')
    if (moved > 0) await follow()
    if (!mine && !stopped)
      clock.after(LOST_RACE_MS, () => {
        if (!stopped) void sequence()
      })
  }, onError)

  /** Until this time the node does not tell its workstations about further changes. */
  let restUntil = -Infinity
  let isResting = false
  const rest = (ms: number) => {
    if (isResting) return
    isResting = true
    clock.after(ms, () => {
      isResting = false
      if (stopped) return
      void sequence()
      void follow()
    })
  }

  const follow = oneAtATime(async () => {
    for (;;) {
      const left = restUntil - clock.elapsed()
      if (left > 0) {
        rest(left)
        return
      }
      const now = await store.place()
      if (now.floor > place.head || now.epoch !== place.epoch) {
        place = now
        options.onFloorRaised()
        return
      }
      if (now.head <= place.head) {
        // Old lines may be deleted while no new ones come.
        place = { ...place, floor: now.floor }
        return
      }
      const entries = await store.log(place.head, LINES_AT_ONCE)
      const upTo = entries.at(-1)?.seq ?? place.head
      if (upTo === place.head) return
      const stretch = stretchOf(place, upTo, Math.max(upTo, now.head), entries)
      place = { ...now, head: upTo }
      const began = clock.elapsed()
      options.onStretch(stretch)
      const tookMs = clock.elapsed() - began
      restUntil =
        clock.elapsed() +
        (options.answersWait()
          ? Math.min(LONGEST_REST_FOR_ANSWERS_MS, tookMs * RESTS_FOR_ANSWERS)
          : Math.min(LONGEST_REST_MS, tookMs * RESTS_FOR))
    }
  }, onError)

  let listening: { stop(): Promise<void> } | null = null
  let cancelTick = () => {}
  const tick = () => {
    cancelTick = clock.after(TICK_MS, () => {
      if (stopped) return
      tick()
      void sequence()
      void follow()
    })
  }
  return {
    place: () => place,
    start: async () => {
      listening = await store.listen(() => {
        void follow()
      })
      tick()
      await sequence()
    },
    nudge: () => {
      const left = restUntil - clock.elapsed()
      if (left > 0) rest(left)
      else void sequence()
    },
    stop: async () => {
      stopped = true
      cancelTick()
      await listening?.stop()
      await Promise.all([sequence.idle(), follow.idle()])
    },
  }
}

function stretchOf(before: FeedPlace, upTo: number, head: number, entries: readonly LogEntry[]): FeedStretch {
  const pages = new Map<string, FeedPage>()
  const here = new Set(entries.flatMap(({ scope, leftScope }) => (leftScope === null ? [scope] : [scope, leftScope])))
  return {
    touches: (entity) => entries.some((entry) => entry.entity === entity),
    gone: (entity) => entries.filter((entry) => entry.entity === entity && entry.row === null).map(({ id }) => id),
    pageFor: (all) => {
      // Every user has scopes of their own, but few rows are in those. Users whose scopes do not differ for the rows in
      // this stretch share one page.
      const scopes = all.filter((scope) => here.has(scope))
      const key = scopes.join('\n')
      const known = pages.get(key)
      if (known) return known
      const page: FeedPage = {
        epoch: before.epoch,
        after: before.head,
        upTo,
        head,
        changes: changesFor(scopes, entries),
      }
      pages.set(key, page)
      return page
    },
  }
}

/**
 * Never runs `work` twice at a time. If asked while it runs, it runs once more afterwards. Failures are reported, and
 * the next tick tries again.
 */
function oneAtATime(work: () => Promise<void>, onError: (error: Error) => void) {
  let running: Promise<void> | null = null
  let again = false
  const loop = async () => {
    do {
      again = false
      try {
        await work()
      } catch (error) {
        onError(error as Error)
      }
    } while (again)
    running = null
  }
  const ask = (): Promise<void> => {
    if (running) again = true
    else running = loop()
    return running ?? Promise.resolve()
  }
  return Object.assign(ask, { idle: () => running ?? Promise.resolve() })
}
