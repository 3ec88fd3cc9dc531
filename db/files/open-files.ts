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
  /** 256 random bits in hex, for a cache that is begun here. */
  readonly newKeyHex: readonly string[]
  /** A name part for files that begin here: when this program started. A thread that begins anew has the same. */
  readonly stamp: string
}

export interface OpenedFiles {
  readonly journal: WritableDb
  readonly salvaged: OpenedJournal['salvaged']
  readonly cache: WritableDb
  readonly cachePath: string
  readonly cacheKeyHex: string
  /** Another cache was begun in the place of the one that was here: that was damaged, of another layout, or not to be opened. */
  readonly cacheRebuilt: boolean
  useCache(file: string, keyHex: string): void
  newCache(): void
  /** Removes files of caches that no longer count. Once nobody reads them any more: some systems refuse to earlier. */
  removeOthers(): void
  close(): void
}

export const journalPath = (folder: string) => join(folder, 'journal.db')

/**
 * Opens both files. Which file is the cache, and its key, stands in the journal: so changing to a new one is one
 * commit, and a crash leaves either the old one or the new one.
 */
export function openFiles(options: FilesOptions): OpenedFiles {
  const { folder } = options
  const newName = () => `${options.stamp}-${randomUUID().slice(0, 8)}`
  const { db: journal, salvaged } = openOrSalvageJournal(journalPath(folder), options.journalKeyHex, join(folder, `journal-damaged-${newName()}.db`))
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

/** A cache is disposable whatever is wrong with it. Only one of a newer version is left alone, and a full disk holds no other one either. */
const isWorthKeeping = (error: unknown): boolean => error instanceof RefusalError || isDiskFull(error)

function removeOther(path: string): void {
  try {
    rmSync(path, { force: true, recursive: true })
  } catch {
    // It only takes room, and the next start tries again.
  }
}
