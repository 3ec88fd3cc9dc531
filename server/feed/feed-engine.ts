import type { EntityName } from '../../protocol/entities.ts'
import type { FeedPage } from '../../protocol/wire.ts'
import type { FeedStore } from './feed-store.ts'
import { changesFor, type FeedPlace, type LogEntry } from './read-log.ts'
import type { Clock } from '../clock.ts'

/** A stretch of the log as it came in; `pageFor` cuts it to what somebody may have, once for each set of scopes. */
export interface FeedStretch {
  pageFor(scopes: readonly string[]): FeedPage
  touches(entity: EntityName): boolean
  /** Rows of an entity that are gone, by id. */
  gone(entity: EntityName): readonly string[]
}

export interface FeedEngine {
  /** Newest number this node has given out to its sockets. */
  readonly place: () => FeedPlace
  /** Begins to number and to follow; before, nobody is told anything. */
  start(): Promise<void>
  /** Call after a commit that left pending changes: they are numbered at once, or when this node is done resting from telling of others. */
  readonly nudge: () => void
  stop(): Promise<void>
}

export interface FeedOptions {
  readonly store: FeedStore
  readonly clock: Clock
  readonly onStretch: (stretch: FeedStretch) => void
  /** Whether workstations wait in a row for the answers to their commands: those come before changes then. */
  readonly answersWait: () => boolean
  /** The log below `floor` is gone: who stands before it needs a fresh snapshot. */
  readonly onFloorRaised: () => void
  readonly onError: (error: Error) => void
}

const TICK_MS = 250
const FULL_SCAN_EVERY_MS = 500
const LOST_RACE_MS = 5
const LINES_AT_ONCE = 5000
/** Telling two thousand workstations of one change takes as long as telling them of a hundred: changes gather meanwhile, for so many times as long. */
const RESTS_FOR = 2
const LONGEST_REST_MS = 200
/** While thousands come back with what they did meanwhile, what telling costs is better spent on taking it. */
const RESTS_FOR_ANSWERS = 8
const LONGEST_REST_FOR_ANSWERS_MS = 800

/**
 * Numbers pending changes and follows the log, on every node alike. Whichever node gets the lock does the numbering;
 * notifications make it quick, the tick makes it sure.
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
    if (!mine && !stopped) clock.after(LOST_RACE_MS, () => { if (!stopped) void sequence() })
  }, onError)

  /** Until then the node has other things to do than to tell everybody of the next few changes. */
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
        // Old lines may go while nothing new comes.
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
      restUntil = clock.elapsed() + (options.answersWait() ? Math.min(LONGEST_REST_FOR_ANSWERS_MS, tookMs * RESTS_FOR_ANSWERS) : Math.min(LONGEST_REST_MS, tookMs * RESTS_FOR))
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
      listening = await store.listen(() => { void follow() })
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
      // Everybody has scopes of their own, and hardly a row is in one: who differs in nothing that is here shares a page.
      const scopes = all.filter((scope) => here.has(scope))
      const key = scopes.join('\n')
      const known = pages.get(key)
      if (known) return known
      const page: FeedPage = { epoch: before.epoch, after: before.head, upTo, head, changes: changesFor(scopes, entries) }
      pages.set(key, page)
      return page
    },
  }
}

/** Runs `work` alone; asked again meanwhile, it runs once more afterwards. Failures are reported and tried at the next tick. */
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
