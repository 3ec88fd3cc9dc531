import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly folder: string
  /** Takes all that is left of it, but so many megabytes. */
  fill(butMegabytes?: number): void
  /** Gives back what `fill` took. */
  free(): void
  remove(): void
}

const PIECE = Buffer.alloc(100_000)

/** A disk of so many megabytes. null: only root of a Linux machine may make one. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const parent = mkdtempSync(join(tmpdir(), 'ringside-full-'))
  const folder = join(parent, 'disk')
  mkdirSync(folder)
  try {
    // The delivered PostgreSQL runs as another user where this one is root, and has to reach its files.
    execFileSync('chmod', ['755', parent])
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(parent, { recursive: true, force: true })
    return null
  }
  const filling = join(folder, 'filling')
  return {
    folder,
    fill: (butMegabytes = 0) => {
      const left = () => {
        const { bavail, bsize } = statfsSync(folder)
        return bavail * bsize
      }
      try {
        // With nothing to be left, until the disk takes no more.
        const mayGoOn = butMegabytes === 0 ? () => true : () => left() > butMegabytes * 1_048_576
        while (mayGoOn()) writeFileSync(filling, PIECE, { flag: 'a' })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    },
    free: () => { rmSync(filling) },
    remove: () => {
      execFileSync('umount', ['-l', folder])
      rmSync(parent, { recursive: true, force: true })
    },
  }
}
