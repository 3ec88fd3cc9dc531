import { randomBytes, randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { CACHE_SCHEMA } from '../../protocol/version.ts'
import type { FeedPlace } from '../feed/read-log.ts'
import type { Log } from '../log.ts'
import type { BuiltSnapshot, SnapshotOrder } from './build-snapshot.ts'
import type { Manifest, SnapshotShelf } from './snapshot-shelf.ts'

export interface SnapshotKeeper {
  /** A file for these scopes that can still be followed; null while it is being built. */
  ready(scopes: readonly string[]): Manifest | null
  /** Every set of scopes that is kept ready, and its newest file that can be followed. */
  standing(): { readonly scopes: readonly string[]; readonly manifest: Manifest | null }[]
  /** Looks at once whether a newer file is needed: after a bulk load all files are stale. */
  look(): void
  stop(): Promise<void>
}

export interface SnapshotKeeperOptions {
  readonly shelf: SnapshotShelf
  readonly connectionString: string
  readonly place: () => FeedPlace
  readonly now: () => number
  readonly log: Log
  /** Sets that are kept ready before anybody asks. */
  readonly always: readonly (readonly string[])[]
}

/** A file this many changes behind is replaced: following them would take longer than a newer file. */
const FAR_BEHIND = 50_000
const LOOK_EVERY_MS = 30_000

/** Keeps ready files fresh, one build at a time. */
export function keepSnapshots(options: SnapshotKeeperOptions): SnapshotKeeper {
  const { shelf, place, log } = options
  const wanted = new Map(options.always.map((scopes) => [scopes.join(), scopes]))
  let building: Promise<void> | null = null
  let worker: Worker | null = null
  let stopped = false

  const usable = (manifest: Manifest | null): Manifest | null => {
    const { epoch, floor } = place()
    return manifest && manifest.epoch === epoch && manifest.seq >= floor && manifest.cacheSchema === CACHE_SCHEMA ? manifest : null
  }
  const needed = () => [...wanted.values()].find((scopes) => {
    const manifest = usable(shelf.newest(scopes))
    return !manifest || place().head - manifest.seq > FAR_BEHIND
  })
  const look = () => {
    const scopes = stopped || building ? undefined : needed()
    if (!scopes) return
    building = build(scopes)
      .catch((error: unknown) => { if (!stopped) log.error('snapshot failed', error) })
      .finally(() => { building = null })
  }

  async function build(scopes: readonly string[]): Promise<void> {
    const id = randomUUID()
    const started = options.now()
    const order: SnapshotOrder = { connectionString: options.connectionString, path: shelf.draftPath(id), key: randomBytes(32).toString('hex'), scopes }
    const built = await inWorker(order)
    if (stopped) return
    shelf.put({ id, epoch: built.epoch, seq: built.seq, cacheSchema: CACHE_SCHEMA, scopes: [...scopes], bytes: built.bytes, sha256: built.sha256, key: order.key, builtAt: options.now() })
    log.info('snapshot ready', { scopes: scopes.join(), seq: built.seq, bytes: built.bytes, ms: options.now() - started })
  }

  const inWorker = (order: SnapshotOrder) => new Promise<BuiltSnapshot>((resolve, reject) => {
    worker = new Worker(new URL('./snapshot-worker.ts', import.meta.url), { workerData: order })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => { reject(new Error(`the snapshot's thread ended early (${code})`)) })
  })

  const timer = setInterval(look, LOOK_EVERY_MS)
  look()
  return {
    ready: (scopes) => {
      wanted.set(scopes.join(), scopes)
      const manifest = usable(shelf.newest(scopes))
      look()
      return manifest
    },
    standing: () => [...wanted.values()].map((scopes) => ({ scopes, manifest: usable(shelf.newest(scopes)) })),
    look,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await worker?.terminate()
      await building
    },
  }
}
