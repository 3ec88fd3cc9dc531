import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CACHE_SCHEMA } from '../../protocol/version.ts'
import type { Refusal } from '../../protocol/errors.ts'
import type { Clock } from '../clock.ts'
import { askedToWaitMs, backoffMs } from '../link/backoff.ts'
import type { Center } from '../link/center.ts'
import { inBackground, type Log } from '../log.ts'
import { holdsScopesOf } from './cache-fits.ts'
import { downloadSnapshot, NoRoomError, partName, SnapshotGoneError } from './download.ts'
import { missingRoom, roomIn } from './room.ts'

export interface SetupProgress {
  readonly doneBytes: number
  /** 0 while the server still makes the file. */
  readonly totalBytes: number
  /** Why the download stands still. */
  readonly waitsFor?: Refusal
}

export interface SetupOptions {
  readonly center: Center
  readonly folder: string
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  sessionToken(): string | null
  /** The scopes that the signed-in user may have now. */
  scopes(): readonly string[]
  /** Removes files that an earlier attempt downloaded and that did not become the cache. */
  removeOthers(): Promise<void>
  /** Encrypts a downloaded file with a new key that only this workstation has, and returns that key. */
  ownKey(file: string, keyHex: string): Promise<string>
  /** Makes the file the cache; when this returns, queries see it. */
  swapIn(file: string, keyHex: string): Promise<void>
  /** How many bytes are downloaded; null when the download is over. */
  onProgress(progress: SetupProgress | null): void
  onRefused(refusal: Refusal): void
}

export interface Setup {
  /** Loads the newest snapshot and swaps it in; a second call while one runs changes nothing. */
  begin(): void
  /** Fulfilled when nothing writes into the folder any more. */
  stop(): Promise<void>
}

const PROGRESS_EVERY_MS = 150
/** How long to wait for a busy server that does not say. */
const BUSY_SECONDS = 2
/** How often to check whether the disk has room again. */
const ROOM_EVERY_MS = 2000

/**
 * Downloads a whole cache from the server and tries again until it is there. A download that broke goes on from where
 * it broke.
 */
export function createSetup(options: SetupOptions): Setup {
  const { center, folder, clock, log } = options
  let abort: AbortController | null = null
  let cancelWait = () => {}
  /** The attempt that is running, or the last one. */
  let attempted: Promise<void> = Promise.resolve()

  async function load(signal: AbortSignal): Promise<boolean | 'more room' | { readonly waitMs: number }> {
    if (signal.aborted) return true
    const sessionToken = options.sessionToken()
    if (!sessionToken) return true
    const manifest = await center.snapshot(sessionToken, signal)
    if (signal.aborted) return true
    if (!manifest.ok) {
      const { code, params } = manifest.error
      if (code === 'CENTER_BUSY') {
        // No file for these scopes is ready. Until there is one the lists are empty, and the screens have to say why.
        options.onProgress({ doneBytes: 0, totalBytes: 0 })
        return { waitMs: askedToWaitMs(Number(params['seconds'] ?? BUSY_SECONDS), options.random) }
      }
      if (code !== 'CENTER_NOT_REACHED') options.onRefused(manifest.error)
      return false
    }
    const { id, bytes, cacheSchema, key } = manifest.value
    if (cacheSchema !== CACHE_SCHEMA) {
      options.onRefused({ code: cacheSchema > CACHE_SCHEMA ? 'PROTOCOL_TOO_OLD' : 'PROTOCOL_TOO_NEW', params: {} })
      return true
    }
    await removeOtherParts(id)
    await options.removeOthers()
    let toldAt = 0
    const onProgress = (doneBytes: number) => {
      if (clock.now() - toldAt < PROGRESS_EVERY_MS && doneBytes < bytes) return
      toldAt = clock.now()
      options.onProgress({ doneBytes, totalBytes: bytes })
    }
    const here = await stat(join(folder, partName(id))).then(
      (part) => Math.min(part.size, bytes),
      () => 0,
    )
    onProgress(here)
    if (roomIn(folder) < bytes - here) return waitForRoom(id, bytes, signal)
    let file: string
    try {
      file = await downloadSnapshot({
        center,
        manifest: manifest.value,
        sessionToken,
        folder,
        signal,
        onProgress,
        room: () => roomIn(folder),
      })
    } catch (error) {
      if (error instanceof NoRoomError) return waitForRoom(id, bytes, signal)
      throw error
    }
    if (signal.aborted) return true
    // The key that came with the file is the same for everybody with these scopes, so this workstation makes its own.
    const ownKey = await options.ownKey(file, key)
    if (signal.aborted) return true
    // The role or the user may have changed during the download: then this file is not theirs.
    if (!holdsScopesOf(manifest.value.scopes, options.scopes())) return false
    await options.swapIn(file, ownKey)
    log.info('cache set up', { bytes, seq: manifest.value.seq })
    return true
  }

  /**
   * Reports that the disk has no room, and how much is needed, until there is room; then the caller asks for the newest
   * snapshot again.
   */
  async function waitForRoom(id: string, totalBytes: number, signal: AbortSignal): Promise<'more room'> {
    const part = join(folder, partName(id))
    for (let told = ''; !signal.aborted;) {
      const doneBytes = await stat(part).then(
        (file) => Math.min(file.size, totalBytes),
        () => 0,
      )
      const waitsFor = missingRoom(folder, totalBytes - doneBytes)
      if (waitsFor === null) return 'more room'
      const now = JSON.stringify(waitsFor)
      if (told === '') log.info('no room for a snapshot', waitsFor.params)
      if (told !== now) options.onProgress({ doneBytes, totalBytes, waitsFor })
      told = now
      await new Promise<void>((resolve) => {
        const stop = clock.after(ROOM_EVERY_MS, resolve)
        cancelWait = () => {
          stop()
          resolve()
        }
      })
    }
    return 'more room'
  }

  async function removeOtherParts(id: string): Promise<void> {
    for (const name of await readdir(folder)) {
      if (name.endsWith('.db.part') && name !== partName(id)) await rm(join(folder, name), { force: true })
    }
  }

  function attempt(number: number, controller: AbortController): void {
    // An attempt that was broken off still writes what it had received, and two attempts would share one file: so wait
    // for the earlier one.
    const tried = attempted
      .then(() => load(controller.signal))
      .catch((error: unknown) => {
        if (!controller.signal.aborted)
          log.error('snapshot not loaded', error, { attempt: number, gone: error instanceof SnapshotGoneError })
        return false
      })
    attempted = afterTry(tried)
    inBackground(log, attempted, 'setup')

    async function afterTry(trying: ReturnType<typeof load>): Promise<void> {
      const done = await trying
      if (abort !== controller) return
      if (done === 'more room') attempt(0, controller)
      else if (typeof done === 'object') cancelWait = clock.after(done.waitMs, () => attempt(0, controller))
      else if (done) {
        abort = null
        options.onProgress(null)
      } else cancelWait = clock.after(300 + backoffMs(number, options.random), () => attempt(number + 1, controller))
    }
  }

  return {
    begin: () => {
      if (abort) return
      abort = new AbortController()
      attempt(0, abort)
    },
    stop: () => {
      cancelWait()
      abort?.abort()
      abort = null
      return attempted
    },
  }
}
