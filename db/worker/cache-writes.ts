import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Change, PackedPage } from '../../protocol/wire.ts'
import { applyChanges, checkedRows } from '../apply/apply-changes.ts'
import { unpackedChanges } from '../apply/unpacked-changes.ts'
import type { Touched } from '../apply/touched.ts'
import { cachePlace, type CachePlace } from '../files/cache-file.ts'
import type { OpenedFiles } from '../files/open-files.ts'
import { scrubCache } from '../erase/scrub-cache.ts'
import { erasedSince, namesErased, tellAgain } from '../journal/erasures.ts'
import type { ShownCommands } from './shown-commands.ts'

/**
 * How many rows one transaction of a bulk apply writes. A draft or a command waits for one such slice at most (about 10
 * ms).
 */
const SLICE = 500
/**
 * A page with this few changes is a colleague's present work: it is wanted at once, and does not slow down a ringing
 * call.
 */
const FEW = 50

/** A part `(after, upTo]` of the feed. */
export interface LogPage {
  /** null: the page is for a cache that does not belong to any server yet. */
  readonly epoch: string | null
  readonly after: number
  readonly upTo: number
  readonly changes: readonly Change[]
}

const changesOf = (page: LogPage | PackedPage): readonly Change[] =>
  'packed' in page ? unpackedChanges(page.packed) : page.changes

/** Writes the server's rows into the cache, and decides which file is the cache. */
export const cacheWrites = (files: OpenedFiles, shown: ShownCommands) => {
  let wayUntil = 0
  return {
    /**
     * A call rings: bulk applies pause for this long, so that the machine is free for the call. Each slice is complete,
     * so they may pause between any two.
     */
    makeWay: (ms: number): void => {
      wayUntil = performance.now() + ms
    },
    /** Where the reader finds the cache file. */
    cacheFile: () => ({ path: files.cachePath, keyHex: files.cacheKeyHex }),
    place: (): CachePlace => cachePlace(files.cache),
    /**
     * Applies a page of the feed in slices; between two slices other calls get their turn. Whether the page follows the
     * cursor is checked in the cache itself and not by the sender, because another cache may have replaced it a moment
     * ago. A page that does not follow changes nothing. `cursor`: where this cache stands now.
     */
    applyPage: async (page: LogPage | PackedPage): Promise<{ touched: Touched[]; cursor: number }> => {
      const touched: Touched[] = []
      const { cache } = files
      const place = cachePlace(cache)
      if (page.epoch !== place.epoch || page.after > place.cursor || page.upTo <= place.cursor)
        return { touched, cursor: place.cursor }
      const changes = changesOf(page).filter((change) => change.seq > place.cursor)
      for (let start = 0; start < changes.length || start === 0; start += SLICE) {
        for (
          let left = wayUntil - performance.now();
          left > 0 && changes.length > FEW;
          left = wayUntil - performance.now()
        )
          await pause(left)
        if (files.cache !== cache) return { touched, cursor: cachePlace(files.cache).cursor }
        const slice = changes.slice(start, start + SLICE)
        const last = start + SLICE >= changes.length
        // The cursor stays below a number whose changes continue in the next slice, so that it passes none of them.
        const cursor = last ? page.upTo : Math.min(slice.at(-1)!.seq, changes[start + SLICE]!.seq - 1)
        touched.push(applyChanges(cache, checkedRows(slice), cursor, shown.pending()))
        if (!last) await nextTurn()
      }
      touched.push(shown.settle())
      return { touched, cursor: page.upTo }
    },
    /** Applies rows that the server looked up for this workstation; the cursor stays. */
    applyRows: (changes: readonly Omit<Change, 'seq'>[]): Touched =>
      // These rows may have been looked up before an erasure and arrive after it. They must not bring an erased
      // customer back.
      applyChanges(
        files.cache,
        checkedRows(changes.filter((change) => !namesErased(files.journal, [change.id, change.row]))),
        null,
        shown.pending(),
      ),
    /** Makes a downloaded file the cache, in one commit of the journal. */
    useSnapshot: (file: string, keyHex: string): Touched => {
      files.useCache(file, keyHex)
      const touched = shown.settleOnto()
      const { epoch, cursor } = cachePlace(files.cache)
      const since = epoch === null ? [] : erasedSince(files.journal, epoch, cursor)
      if (since.length === 0) return touched
      // The file was downloaded just before an erasure: the erasure is carried out once more on this file, down to the
      // bytes, and confirmed again.
      files.journal.transaction(() => {
        tellAgain(files.journal, since)
      })
      return scrubCache(files.cache, since)
    },
    /**
     * Throws the cache away and starts an empty one: for another server, another epoch, other scopes, or after damage.
     */
    resetCache: (): Touched => {
      files.newCache()
      return shown.settleOnto()
    },
    removeOldCaches: () => files.removeOthers(),
  }
}
