import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { RefusalError } from '../../protocol/errors.ts'
import type { WritableDb } from '../handles.ts'
import { isDiskFull } from '../journal/ballast.ts'
import { openOrSalvageJournal, type OpenedJournal } from '../journal/salvage.ts'
import { readMeta, writeMeta } from '../schema/meta.ts'
import { openCache } from './cache-file.ts'

export interface FilesOptions {
  readonly folder: string
  /** The journal's key; the cache's is kept in the journal. */
  readonly journalKeyHex: string
  /** 256 random bits in hex, the key for a cache that is created here. */
  readonly newKeyHex: readonly string[]
  /**
   * A part of the names of files that are created here: the time when this program started. A thread that is started
   * again gets the same one.
   */
  readonly stamp: string
}

export interface OpenedFiles {
  readonly journal: WritableDb
  readonly salvaged: OpenedJournal['salvaged']
  readonly cache: WritableDb
  readonly cachePath: string
  readonly cacheKeyHex: string
  /** A new cache was created because the old one was damaged, had another layout, or could not be opened. */
  readonly cacheRebuilt: boolean
  useCache(file: string, keyHex: string): void
  newCache(): void
  /**
   * Removes the files of caches that are no longer used. Call it when nobody reads them any more, because some systems
   * refuse to remove an open file.
   */
  removeOthers(): void
  close(): void
}

export const journalPath = (folder: string) => join(folder, 'journal.db')

/**
 * Opens both files. The journal names the cache file and holds its key, so that changing to a new cache is one commit,
 * and a crash leaves either the old one or the new one.
 */
export function openFiles(options: FilesOptions): OpenedFiles {
  const { folder } = options
  const newName = () => `${options.stamp}-${randomUUID().slice(0, 8)}`
  const { db: journal, salvaged } = openOrSalvageJournal(
    journalPath(folder),
    options.journalKeyHex,
    join(folder, `journal-damaged-${newName()}.db`),
  )
  const spareKeys = [...options.newKeyHex]
  let made = 0
  let wasHere = false
  let cacheRebuilt = false
  let file = ''
  let keyHex = ''
  let cache: WritableDb | null = null

  const point = (to: string, key: string) => {
    journal.transaction(() => {
      writeMeta(journal, 'cacheFile', to)
      writeMeta(journal, 'cacheKey', key)
    })
    file = to
    keyHex = key
  }
  const begin = () => {
    made += 1
    const key = spareKeys[made % spareKeys.length]!
    const name = `cache-${newName()}.db`
    const begun = openCache(join(folder, name), key)
    cache?.close()
    cache = begun
    point(name, key)
    cacheRebuilt = wasHere
  }
  const removeOthers = () => {
    for (const name of readdirSync(folder)) {
      if (/^cache-.*\.db(-wal|-shm)?$/.test(name) && !name.startsWith(file)) removeOther(join(folder, name))
    }
  }

  const known = readMeta(journal, 'cacheFile')
  const knownKey = readMeta(journal, 'cacheKey')
  wasHere = known !== null && knownKey !== null
  if (wasHere) {
    try {
      cache = openCache(join(folder, known!), knownKey!)
      ;[file, keyHex] = [known!, knownKey!]
    } catch (error) {
      if (isWorthKeeping(error)) throw error
      begin()
    }
  } else begin()
  removeOthers()

  return {
    journal,
    salvaged,
    get cache() {
      return cache!
    },
    get cachePath() {
      return join(folder, file)
    },
    get cacheKeyHex() {
      return keyHex
    },
    get cacheRebuilt() {
      return cacheRebuilt
    },
    useCache: (name, key) => {
      const next = openCache(join(folder, name), key)
      cache?.close()
      cache = next
      point(name, key)
    },
    newCache: begin,
    removeOthers,
    close: () => {
      cache?.close()
      journal.close()
    },
  }
}

/**
 * A cache may be replaced whatever is wrong with it, with two exceptions: a cache of a newer version is left alone, and
 * on a full disk a new cache would fail too.
 */
const isWorthKeeping = (error: unknown): boolean => error instanceof RefusalError || isDiskFull(error)

function removeOther(path: string): void {
  try {
    rmSync(path, { force: true, recursive: true })
  } catch {
    // The file only takes up space, and the next start tries again to remove it.
  }
}
