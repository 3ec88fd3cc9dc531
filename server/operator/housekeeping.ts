import { setTimeout as pause } from 'node:timers/promises'
import { pruneAccess } from '../auth/prune-access.ts'
import { pruneIncarnations, pruneResults } from '../commands/prune-results.ts'
import type { Client, Pool } from '../db/connect.ts'
import { inTransaction } from '../db/transaction.ts'
import { FEED_KEPT, pruneFeed } from '../feed/prune-feed.ts'
import type { Log } from '../log.ts'
import { pruneDeviceStates } from './device-states.ts'

export interface Housekeeping {
  stop(): Promise<void>
}

/** One step of one kind of clean-up: deletes at most `limit` rows and gives how many it deleted. */
type Step = (client: Client, now: number, limit: number) => Promise<number>

const HOUSEKEEPING_LOCK = 7_246_746
const EVERY_MS = 5 * 60_000
/** A step is a transaction of a few milliseconds; between two steps other work gets its turn. */
const ROWS_A_STEP = 2_000
const BETWEEN_STEPS_MS = 100
/** Whatever is left after this many steps waits for the next round. */
const STEPS_A_ROUND = 500

const steps: Readonly<Record<string, Step>> = {
  feed: (client, now, limit) => pruneFeed(client, FEED_KEPT, now, limit),
  results: pruneResults,
  incarnations: pruneIncarnations,
  access: pruneAccess,
  devices: pruneDeviceStates,
}

/** Deletes data that need not be kept any longer, in small steps. One node does it at a time, whichever comes first. */
export function keepHouse({
  pool,
  now,
  log,
}: {
  readonly pool: Pool
  readonly now: () => number
  readonly log: Log
}): Housekeeping {
  const stopping = new AbortController()

  /** Null: another node is cleaning up. */
  const take = (step: Step) =>
    inTransaction(pool, async (client) => {
      const {
        rows: [lock],
      } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [HOUSEKEEPING_LOCK])
      return lock?.mine ? step(client, now(), ROWS_A_STEP) : null
    })

  async function round(): Promise<void> {
    for (const [name, step] of Object.entries(steps)) {
      let rows = 0
      for (let count = 0; count < STEPS_A_ROUND && !stopping.signal.aborted; count += 1) {
        const gone = await take(step)
        if (gone === null) return
        rows += gone
        if (gone < ROWS_A_STEP) break
        await pause(BETWEEN_STEPS_MS)
      }
      if (rows > 0) log.info('cleaned up', { what: name, rows })
    }
  }

  async function keep(): Promise<void> {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) => {
        log.error('clean-up failed', error)
      })
      await pause(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const kept = keep()
  return {
    stop: async () => {
      stopping.abort()
      await kept
    },
  }
}
