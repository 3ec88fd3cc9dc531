import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const IN_MEMORY = '/dev/shm'
const ROOM_BYTES = 4 * 1024 ** 3

/**
 * A folder for one stage of the tests, and the environment that makes everything the stage starts put its files there.
 */
export interface TestFolder {
  readonly path: string
  readonly env: NodeJS.ProcessEnv
  remove(): void
}

/**
 * The folder lies in memory where there is room: the tests' files are real, but nobody waits for the disk of a busy
 * machine. A process that is killed with -9 loses nothing there either; power cuts are tested by the simulation. Code
 * that one process compiled is available to all.
 */
export function makeTestFolder(): TestFolder {
  const path = mkdtempSync(join(hasRoomInMemory() ? IN_MEMORY : tmpdir(), 'ringside-tests-'))
  // Where the tests run as root, PostgreSQL runs as nobody and has to enter the folder.
  chmodSync(path, 0o755)
  return {
    path,
    env: { ...process.env, TMPDIR: path, NODE_COMPILE_CACHE: join(path, 'compiled') },
    remove: () => {
      rmSync(path, { recursive: true, force: true })
    },
  }
}

function hasRoomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    return bavail * bsize >= ROOM_BYTES
  } catch {
    // Not every system has such a folder in memory.
    return false
  }
}
