import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process's present memory (resident set), in bytes. Throws a sentence on a system that does not report it. */
export function memoryOf(pid: number): number {
  if (process.platform === 'linux')
    return 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  if (process.platform === 'win32')
    throw new Error('The memory of another process is measured on Linux and macOS only.')
  return 1024 * Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim())
}
