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

/** Rows of one transaction of a bulk apply: what a draft or a command waits for at most (about 10 ms). */
const SLICE = 500
/** So few changes are somebody's work that is wanted now, and cost a ringing call nothing. */
const FEW = 50

/** A stretch `(after, upTo]` of the log. */
export interface LogPage {
  /** null: of a cache that is of no server yet. */
  readonly epoch: string | null
  readonly after: number
  readonly upTo: number
  readonly changes: readonly Change[]
}

const changesOf = (page: LogPage | PackedPage): readonly Change[] => ('packed' in page ? unpackedChanges(page.packed) : page.changes)

/** What the server says of its rows, and which file holds them. */
export const cacheWrites = (files: OpenedFiles, shown: ShownCommands) => {
  let wayUntil = 0
  return {
    /** A call rings: bulk applies leave the machine to it for so long. Each slice is whole, so they may stop between any two. */
    makeWay: (ms: number): void => {
      wayUntil = performance.now() + ms
    },
    /** Where the reader finds the cache. */
    cacheFile: () => ({ path: files.cachePath, keyHex: files.cacheKeyHex }),
    place: (): CachePlace => cachePlace(files.cache),
    /**
     * Takes a page of the log in slices; between two of them other calls get their turn. Whether it joins on is asked of
     * the cache itself and not of who sends it: another one may have taken its place a moment ago. One that does not join
     * on changes nothing. `cursor`: where this cache stands now.
     */
    applyPage: async (page: LogPage | PackedPage): Promise<{ touched: Touched[]; cursor: number }> => {
      const touched: Touched[] = []
      const { cache } = files
      const place = cachePlace(cache)
      if (page.epoch !== place.epoch || page.after > place.cursor || page.upTo <= place.cursor) return { touched, cursor: place.cursor }
      const changes = changesOf(page).filter((change) => change.seq > place.cursor)
      for (let start = 0; start < changes.length || start === 0; start += SLICE) {
        for (let left = wayUntil - performance.now(); left > 0 && changes.length > FEW; left = wayUntil - performance.now()) await pause(left)
        if (files.cache !== cache) return { touched, cursor: cachePlace(files.cache).cursor }
        const slice = changes.slice(start, start + SLICE)
        const last = start + SLICE >= changes.length
        // The cursor stays below a number whose changes go on in the next slice: none of them may be passed by.
        const cursor = last ? page.upTo : Math.min(slice.at(-1)!.seq, changes[start + SLICE]!.seq - 1)
        touched.push(applyChanges(cache, checkedRows(slice), cursor, shown.pending()))
        if (!last) await nextTurn()
      }
      touched.push(shown.settle())
      return { touched, cursor: page.upTo }
    },
    /** Takes rows that the server looked up for us; the cursor stays. */
    applyRows: (changes: readonly Omit<Change, 'seq'>[]): Touched =>
      // Looked up before an erasure and come after it: nobody comes back that way.
      applyChanges(files.cache, checkedRows(changes.filter((change) => !namesErased(files.journal, [change.id, change.row]))), null, shown.pending()),
    /** Makes a downloaded file the cache, from one commit of the journal to the next. */
    useSnapshot: (file: string, keyHex: string): Touched => {
      files.useCache(file, keyHex)
      const touched = shown.settleOnto()
      const { epoch, cursor } = cachePlace(files.cache)
      const since = epoch === null ? [] : erasedSince(files.journal, epoch, cursor)
      if (since.length === 0) return touched
      // Downloaded just before an erasure: it is done once more on this file, down to the bytes, and confirmed again.
      files.journal.transaction(() => { tellAgain(files.journal, since) })
      return scrubCache(files.cache, since)
    },
    /** Throws the cache away and begins an empty one: another server, another history, other scopes, or damage. */
    resetCache: (): Touched => {
      files.newCache()
      return shown.settleOnto()
    },
    removeOldCaches: () => files.removeOthers(),
  }
}
