import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Megabytes of a file beside the journal, which is given up when the disk is full. */
const BALLAST_MB = 4
/**
 * With less free space than this no ballast is laid down: opening the files needs some space, and so do the files
 * beside them.
 */
export const TIGHT_MB = 2 * BALLAST_MB
/** With this much free space the alarm is over. */
export const ROOM_AGAIN_MB = 64

export const ballastOf = (folder: string) => join(folder, 'journal.ballast')

/**
 * Writes the ballast file where there is room for it. It holds random bytes, because some file systems store zeroes
 * without taking up space.
 */
export function layBallast(path: string, random: (bytes: number) => Buffer): void {
  if (existsSync(path)) return
  try {
    const file = openSync(path, 'wx', 0o600)
    try {
      // Do not use `writeSync`: it writes as much as there is room for and reports no error.
      for (let mb = 0; mb < BALLAST_MB; mb += 1) writeFileSync(file, random(1_048_576))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch {
    // There is no room even for the ballast. Remove the incomplete file, so that it does not take the space that the
    // journal needs.
    rmSync(path, { force: true })
  }
}

/** Removes the ballast. Returns false if it was already gone. */
export function giveUpBallast(path: string): boolean {
  const there = existsSync(path)
  rmSync(path, { force: true })
  return there
}

function freeMb(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return (bavail * bsize) / 1_048_576
}

export const isTight = (folder: string): boolean => freeMb(folder) < TIGHT_MB
export const hasRoomAgain = (folder: string): boolean => freeMb(folder) > ROOM_AGAIN_MB

export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC')
