import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** A running PostgreSQL. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** The PostgreSQL that runs on this folder, after its `postmaster.pid`; null where that process is gone. */
export function livingPostmaster(folder: string): Postmaster | null {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return null
  const [pid, path, , port] = readFileSync(file, 'utf8').split('\n')
  const found = { pid: Number(pid), port: Number(port) }
  if (!(found.pid > 0 && found.port > 0) || path?.trim() === '') return null
  return isPostgres(found.pid) ? found : null
}

/** After a power cut the number may belong to another process by now; PostgreSQL would then refuse to start. */
export function removeStalePid(folder: string): void {
  if (livingPostmaster(folder) === null) rmSync(join(folder, 'postmaster.pid'), { force: true })
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const commandLine = `/proc/${pid}/cmdline`
  return existsSync(commandLine) ? readFileSync(commandLine, 'utf8').includes('postgres') : true
}
