import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

const FETCH_MS = 120_000

/** The Electron program of this machine: there already, or fetched now where there is a screen to show it on; null where neither. */
export function electronRuntime(): string | null {
  if (process.env.RINGSIDE_BROWSER === '1' || !hasScreen()) return null
  const there = installed()
  if (there) return there
  const fetcher = join(root, 'node_modules', 'electron', 'install.js')
  if (!existsSync(fetcher)) return null
  console.log('  fetching Electron’s runtime (once) …')
  spawnSync(process.execPath, [fetcher], { cwd: root, timeout: FETCH_MS, stdio: 'ignore' })
  return installed()
}

function installed(): string | null {
  const folder = join(root, 'node_modules', 'electron')
  const note = join(folder, 'path.txt')
  if (!existsSync(note)) return null
  const program = join(folder, 'dist', readFileSync(note, 'utf8').trim())
  return existsSync(program) ? program : null
}

const hasScreen = (): boolean => process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
