import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenedFiles } from '../../db/files/open-files.ts'
import type { WritableDb } from '../../db/handles.ts'
import type { World } from './world.ts'

/** A folder in memory if the system has one: the simulation, not the machine, decides what survives a power cut. */
const inMemory = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir())

/**
 * Makes a folder for simulated disks, inside the folder `under` of the whole run if there is one. The caller removes
 * it.
 */
export const simulatedDisks = (under = inMemory()) => mkdtempSync(join(under, 'ringside-simulation-'))

let folders = 0
/** Copies a folder as it lies on the disk at this moment. This is what a process finds that starts after kill -9. */
export function copyOfFolder(from: string, under: string): string {
  const to = join(under, `disk-${(folders += 1)}`)
  mkdirSync(to)
  for (const name of readdirSync(from)) {
    if (name.endsWith('-shm')) continue
    // The ballast is large and no program writes into it, so the copy links to it.
    if (name.endsWith('.ballast')) linkSync(join(from, name), join(to, name))
    else copyFileSync(join(from, name), join(to, name))
  }
  return to
}

/** Thrown inside the process that is killed. No code of that process may catch it. */
export class Killed extends Error {}

/**
 * Wraps both files so that the process may die at every commit: just before the commit, so that nothing of it is on the
 * disk, or just after it, so that all of it is on the disk although no caller was told.
 */
export function filesUnderTheKnife(files: OpenedFiles, diesHere: () => boolean): OpenedFiles {
  const wrap = (db: WritableDb): WritableDb => {
    let depth = 0
    return {
      ...db,
      transaction: (work) => {
        if (depth > 0) return db.transaction(work)
        depth += 1
        try {
          const result = db.transaction(() => {
            const inside = work()
            if (diesHere()) throw new Killed('before a commit')
            return inside
          })
          if (diesHere()) throw new Killed('after a commit')
          return result
        } finally {
          depth -= 1
        }
      },
    }
  }
  const journal = wrap(files.journal)
  const wrapped = new WeakMap<WritableDb, WritableDb>()
  const cacheOf = (cache: WritableDb): WritableDb => {
    const known = wrapped.get(cache)
    if (known) return known
    const made = wrap(cache)
    wrapped.set(cache, made)
    return made
  }
  return {
    salvaged: files.salvaged,
    get cacheRebuilt() {
      return files.cacheRebuilt
    },
    journal,
    get cache() {
      return cacheOf(files.cache)
    },
    get cachePath() {
      return files.cachePath
    },
    get cacheKeyHex() {
      return files.cacheKeyHex
    },
    useCache: (file, keyHex) => {
      files.useCache(file, keyHex)
    },
    newCache: () => {
      files.newCache()
    },
    removeOthers: () => {
      files.removeOthers()
    },
    close: () => {
      files.close()
    },
  }
}

/**
 * What lies on a disk after a power cut. A file whose commits are synced (`synchronous=FULL`, read from the file
 * itself) is whole. The write-ahead log of any other file may end anywhere.
 */
export function losePower(world: World, folder: string, files: OpenedFiles): void {
  for (const [db, path] of [
    [files.journal, join(folder, 'journal.db')],
    [files.cache, join(folder, files.cachePath.split('/').at(-1)!)],
  ] as const) {
    const { synchronous } = db.get<{ synchronous: number }>('PRAGMA synchronous')!
    const log = `${path}-wal`
    if (synchronous >= 2 || !existsSync(log)) continue
    const { size } = statSync(log)
    truncateSync(log, world.random.int(0, size))
  }
}

export const removeDisks = (under: string) => {
  rmSync(under, { recursive: true, force: true })
}
