import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Megabytes kept beside the journal for the day the disk is full. */
const BALLAST_MB = 4
/** With less than this free nothing is taken for a ballast: opening the files needs some, and so does all that lies beside them. */
export const TIGHT_MB = 2 * BALLAST_MB
/** With this much free the alarm is over. */
export const ROOM_AGAIN_MB = 64

export const ballastOf = (folder: string) => join(folder, 'journal.ballast')

/** Lays the ballast file down, where there is room for it. Random bytes, because some file systems keep zeroes for nothing. */
export function layBallast(path: string, random: (bytes: number) => Buffer): void {
  if (existsSync(path)) return
  try {
    const file = openSync(path, 'wx', 0o600)
    try {
      // Not `writeSync`, which takes what there is room for and says nothing.
      for (let mb = 0; mb < BALLAST_MB; mb += 1) writeFileSync(file, random(1_048_576))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch {
    // No room even for this: then a part of a file must not take what the journal needs.
    rmSync(path, { force: true })
  }
}

/** Gives the ballast up. False: it was gone already. */
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
