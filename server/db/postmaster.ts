import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** A running PostgreSQL server process. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** The PostgreSQL that runs on this folder, read from its `postmaster.pid`; null where that process is gone. */
export function livingPostmaster(folder: string): Postmaster | null {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return null
  const [pid, path, , port] = readFileSync(file, 'utf8').split('\n')
  const found = { pid: Number(pid), port: Number(port) }
  if (!(found.pid > 0 && found.port > 0) || path?.trim() === '') return null
  return isPostgresOf(found.pid, folder) ? found : null
}

/**
 * Removes the pid file of a PostgreSQL that is gone. After a power cut another process may have its number, and
 * PostgreSQL would refuse to start.
 */
export function removeStalePid(folder: string): void {
  if (livingPostmaster(folder) === null) rmSync(join(folder, 'postmaster.pid'), { force: true })
}

/** Checks the process's folder, because another PostgreSQL may have that number; ours works in its own folder. */
function isPostgresOf(pid: number, folder: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  if (!existsSync('/proc/self')) return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
  } catch {
    // We cannot see the folder of another user's process. If it is a PostgreSQL, assume that it is ours: a refused
    // start is better than the removed pid file of a running database.
    return commandLineOf(pid).includes('postgres')
  }
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
