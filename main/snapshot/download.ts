import { createHash, randomUUID, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { SnapshotManifest } from '../../protocol/wire.ts'
import { isDiskFull } from '../../db/journal/ballast.ts'
import type { Center } from '../link/center.ts'

export interface DownloadOptions {
  readonly center: Center
  readonly manifest: z.infer<typeof SnapshotManifest>
  readonly sessionToken: string
  readonly folder: string
  readonly signal: AbortSignal
  readonly onProgress: (doneBytes: number) => void
  /** How many bytes may still be written to this disk; asked again while it fills. */
  readonly room?: () => number
}

/**
 * The disk is full, or the little that is left is reserved for what people type. The bytes that have arrived are kept.
 */
export class NoRoomError extends Error {}
/** The bytes that arrived are not the promised ones: they are thrown away and downloaded again. */
export class SnapshotDamagedError extends Error {}
/** The server no longer has this file: ask for the newest one again. */
export class SnapshotGoneError extends Error {}

/** The file that holds what has arrived of a snapshot so far. */
export const partName = (id: string) => `cache-${id}.db.part`

/**
 * Downloads a snapshot into the data folder and returns the file's name there. It goes on from what an earlier attempt
 * left. The hash is computed while the bytes arrive, and the file gets its final name only when it is whole.
 */
export async function downloadSnapshot({
  center,
  manifest,
  sessionToken,
  folder,
  signal,
  onProgress,
  room = () => Infinity,
}: DownloadOptions): Promise<string> {
  const part = join(folder, partName(manifest.id))
  const here = await stat(part).then(
    (file) => file.size,
    () => 0,
  )
  let done = here <= manifest.bytes ? here : 0
  const hash = createHash('sha256')
  const file = await open(part, done > 0 ? 'r+' : 'w', 0o600)
  try {
    if (done < manifest.bytes) {
      const answer = await center.snapshotBytes(manifest.id, sessionToken, done, signal)
      if (!answer) throw new SnapshotGoneError('The snapshot is no longer there.')
      // A server that does not know range requests sends the file from the beginning.
      done = answer.offset <= done ? answer.offset : 0
      if (done > 0) for await (const chunk of createReadStream(part, { end: done - 1 })) hash.update(chunk as Buffer)
      onProgress(done)
      done = await keep(answer.body, { file, hash, from: done, atMost: manifest.bytes, onProgress, room })
    } else for await (const chunk of createReadStream(part)) hash.update(chunk as Buffer)
    if (done < manifest.bytes) throw new Error('The connection ended before the snapshot did.')
    if (hash.digest('hex') !== manifest.sha256)
      throw new SnapshotDamagedError('The snapshot does not have the hash that was promised.')
    await file.sync()
    // The caller has stopped and would not use the file: it stays a part, and the next attempt only has to check its
    // hash.
    signal.throwIfAborted()
  } catch (error) {
    await file.close()
    if (error instanceof SnapshotDamagedError || error instanceof SnapshotGoneError) await rm(part, { force: true })
    throw isDiskFull(error) ? new NoRoomError('The disk is full.', { cause: error }) : error
  }
  await file.close()
  // Each download gets a name of its own: where the same snapshot is downloaded again, the earlier file may still be
  // open, with changes in a file beside it.
  const name = `cache-${manifest.id}-${randomUUID().slice(0, 8)}.db`
  await rename(part, join(folder, name))
  return name
}

/** How many bytes one write holds. */
const WRITTEN_AT_ONCE = 1_048_576
/** After so many bytes the file is synced to the disk while the rest arrives, so that the sync at the end is short. */
const PRESSED_AT_ONCE = 128 * WRITTEN_AT_ONCE

interface Kept {
  readonly file: FileHandle
  readonly hash: Hash
  readonly from: number
  readonly atMost: number
  readonly onProgress: (doneBytes: number) => void
  readonly room: () => number
}

/**
 * Writes the arriving bytes after those that are there, and returns where they end. While one megabyte is written it is
 * hashed and the next one arrives.
 */
async function keep(
  body: AsyncIterable<Uint8Array>,
  { file, hash, from, atMost, onProgress, room }: Kept,
): Promise<number> {
  let done = from
  let gathered: Uint8Array[] = []
  let bytes = 0
  let unpressed = 0
  let writing: Promise<void> = Promise.resolve()
  const write = async () => {
    const chunks = gathered
    const at = done
    done += bytes
    gathered = []
    bytes = 0
    await writing
    writing = writeAll(file, chunks, at)
    // The failure is handled where the promise is awaited; this only prevents an unhandled rejection.
    writing.catch(() => undefined)
    for (const chunk of chunks) hash.update(chunk)
    onProgress(done)
    unpressed += done - at
    if (unpressed < PRESSED_AT_ONCE) return
    unpressed = 0
    // Syncing now only saves time later: the sync at the end is the one that counts.
    file.datasync().catch(() => undefined)
  }
  try {
    for await (const chunk of body) {
      gathered.push(chunk)
      bytes += chunk.length
      if (done + bytes > atMost) throw new SnapshotDamagedError('More bytes came than were promised.')
      if (bytes < WRITTEN_AT_ONCE) continue
      if (room() < bytes) throw new NoRoomError('The disk has no room for more of the snapshot.')
      await write()
    }
  } finally {
    // Where the connection broke, what has arrived is kept, and the next attempt goes on from it.
    await write()
    await writing
  }
  return done
}

/**
 * Writes the chunks as they came, without copying them. Only where one write did not take all of them (the disk fills
 * up, a signal) the rest is copied together.
 */
async function writeAll(file: FileHandle, chunks: readonly Uint8Array[], at: number): Promise<void> {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  if (bytes === 0) return
  let { bytesWritten: written } = await file.writev(chunks, at)
  if (written === bytes) return
  const whole = Buffer.concat(chunks)
  while (written < bytes) written += (await file.write(whole, written, bytes - written, at + written)).bytesWritten
}
