import { randomBytes, randomUUID } from 'node:crypto'
import { CACHE_SCHEMA } from '../../protocol/version.ts'
import type { FeedPlace } from '../feed/read-log.ts'
import type { Log } from '../log.ts'
import { kindKey, type Manifest, type SnapshotKind, type SnapshotShelf } from './snapshot-shelf.ts'
import { startSnapshotBuilder, type SnapshotBuilder } from './start-builder.ts'

export interface SnapshotKeeper {
  /** A file of this kind whose place in the feed can still be followed; null while one is being built. */
  ready(kind: SnapshotKind): Manifest | null
  /**
   * Removes the files that may hold an erased customer and breaks off their downloads. It asks the database, because
   * this node may not have heard of the erasure yet. Call it before a file is named or sent.
   */
  dropUnclean(): Promise<void>
  /** Every kind that is kept ready, with its newest file that can be followed. */
  standing(): { readonly kind: SnapshotKind; readonly manifest: Manifest | null }[]
  /** Checks at once whether a newer file is needed: after a bulk load all files are stale. */
  look(): void
  stop(): Promise<void>
}

export interface SnapshotKeeperOptions {
  readonly shelf: SnapshotShelf
  readonly connectionString: string
  readonly place: () => FeedPlace
  /** The number in the feed from which on files hold no erased customer. */
  readonly cleanFrom: () => Promise<number>
  /** Breaks off the downloads of a removed file. */
  readonly breakOff: (id: string) => void
  readonly now: () => number
  readonly log: Log
  /** The kinds that are kept ready before anybody asks for them. */
  readonly always: readonly SnapshotKind[]
}

/**
 * A file that is this many changes behind is replaced: following so many changes takes longer than loading a newer
 * file.
 */
const FAR_BEHIND = 50_000
/** A partial file is replaced after this time, because its months move on with the calendar. */
const PARTIAL_FOR_MS = 31 * 86_400_000
const LOOK_EVERY_MS = 30_000

/** Keeps files fresh, one build at a time. */
export function keepSnapshots(options: SnapshotKeeperOptions): SnapshotKeeper {
  const { shelf, place, log } = options
  const wanted = new Map(options.always.map((kind) => [kindKey(kind), kind]))
  let building: Promise<void> | null = null
  let builder: SnapshotBuilder | null = null
  let stopped = false

  const usable = (manifest: Manifest | null): Manifest | null => {
    const { epoch, floor } = place()
    return manifest && manifest.epoch === epoch && manifest.seq >= floor && manifest.cacheSchema === CACHE_SCHEMA
      ? manifest
      : null
  }
  const needed = () =>
    [...wanted.values()].find((kind) => {
      const manifest = usable(shelf.newest(kind))
      return (
        !manifest ||
        place().head - manifest.seq > FAR_BEHIND ||
        (kind.historyMonths !== null && options.now() - manifest.builtAt > PARTIAL_FOR_MS)
      )
    })
  const look = () => {
    const kind = stopped || building ? undefined : needed()
    if (!kind) return
    building = buildNext(kind).finally(() => {
      building = null
    })
  }
  async function buildNext(kind: SnapshotKind): Promise<void> {
    try {
      await build(kind)
      // Other kinds may have waited for this build, or the feed may have started anew during it. After a failure, the
      // timer makes the next attempt.
      setImmediate(look)
    } catch (error) {
      if (!stopped) log.error('snapshot failed', error)
    }
  }

  async function dropUnclean(): Promise<void> {
    const removed = shelf.removeBefore(await options.cleanFrom())
    for (const id of removed) options.breakOff(id)
    if (removed.length === 0) return
    log.info('snapshots of before an erasure removed', { files: removed.length })
    look()
  }

  async function build({ scopes, historyMonths }: SnapshotKind): Promise<void> {
    const id = randomUUID()
    const started = options.now()
    const key = randomBytes(32).toString('hex')
    builder = startSnapshotBuilder({
      connectionString: options.connectionString,
      path: shelf.draftPath(id),
      key,
      scopes,
      historyMonths,
      now: started,
    })
    const built = await builder.built
    if (stopped) return
    shelf.put({
      id,
      epoch: built.epoch,
      seq: built.seq,
      cacheSchema: CACHE_SCHEMA,
      scopes: [...scopes],
      historyMonths,
      bytes: built.bytes,
      sha256: built.sha256,
      key,
      builtAt: options.now(),
    })
    // A customer may have been erased since their rows were read.
    await dropUnclean()
    log.info('snapshot ready', {
      scopes: scopes.join(),
      historyMonths,
      seq: built.seq,
      bytes: built.bytes,
      ms: options.now() - started,
    })
  }

  const timer = setInterval(look, LOOK_EVERY_MS)
  // Handle erasures from the time when this node was down.
  dropUnclean().catch((error: unknown) => {
    log.error('snapshots not looked at', error)
  })
  look()
  return {
    ready: (kind) => {
      wanted.set(kindKey(kind), kind)
      const manifest = usable(shelf.newest(kind))
      look()
      return manifest
    },
    dropUnclean,
    standing: () => [...wanted.values()].map((kind) => ({ kind, manifest: usable(shelf.newest(kind)) })),
    look,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await builder?.end()
      await building
    },
  }
}
