import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly folder: string
  /** Fills the disk, except for this many megabytes. */
  fill(butMegabytes?: number): void
  /** Frees the space that `fill` took. */
  free(): void
  remove(): void
}

const PIECE = Buffer.alloc(100_000)

/** Makes a disk of this many megabytes. Returns null if this user may not: only root on Linux may. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const parent = mkdtempSync(join(tmpdir(), 'ringside-full-'))
  const folder = join(parent, 'disk')
  mkdirSync(folder)
  try {
    // If this process is root, the PostgreSQL from npm runs as another user, who must be able to reach its files here.
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
        // If nothing may be left, write until the disk takes no more.
        const mayGoOn = butMegabytes === 0 ? () => true : () => left() > butMegabytes * 1_048_576
        while (mayGoOn()) writeFileSync(filling, PIECE, { flag: 'a' })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    },
    free: () => {
      rmSync(filling)
    },
    remove: () => {
      execFileSync('umount', ['-l', folder])
      rmSync(parent, { recursive: true, force: true })
    },
  }
}
