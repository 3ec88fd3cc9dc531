import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'
import type { Processes } from './processes.ts'

const FETCH_MS = 120_000

/**
 * The Electron program of this machine: the installed one, or one that is downloaded now; null where there is no screen
 * or the download fails.
 */
export async function electronRuntime(processes: Processes): Promise<string | null> {
  if (process.env.RINGSIDE_BROWSER === '1' || !hasScreen()) return null
  const there = installed()
  if (there) return there
  const fetcher = join(root, 'node_modules', 'electron', 'install.js')
  if (!existsSync(fetcher)) return null
  console.log('  fetching Electron’s runtime (once) …')
  const { child, ended } = processes.start('Electron’s runtime', process.execPath, [fetcher], { quiet: true })
  const late = setTimeout(() => child.kill('SIGKILL'), FETCH_MS)
  await ended
  clearTimeout(late)
  const fetched = installed()
  if (!fetched) console.log('  Electron’s runtime could not be fetched; Ringside opens in the browser.')
  return fetched
}

function installed(): string | null {
  const folder = join(root, 'node_modules', 'electron')
  const note = join(folder, 'path.txt')
  if (!existsSync(note)) return null
  const program = join(folder, 'dist', readFileSync(note, 'utf8').trim())
  return existsSync(program) ? program : null
}

const hasScreen = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
