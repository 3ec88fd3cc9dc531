import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'

/** Megabytes kept beside the journal for the day the disk is full. */
const BALLAST_MB = 4
/** With this much free the alarm is over. */
export const ROOM_AGAIN_MB = 64

/** Lays the ballast file down, where there is room for it. Random bytes, because some file systems keep zeroes for nothing. */
export function layBallast(path: string, random: (bytes: number) => Buffer): void {
  if (existsSync(path)) return
  try {
    const file = openSync(path, 'wx', 0o600)
    for (let mb = 0; mb < BALLAST_MB; mb += 1) writeSync(file, random(1_048_576))
    fsyncSync(file)
    closeSync(file)
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

export function hasRoomAgain(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize > ROOM_AGAIN_MB * 1_048_576
}

export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC')
