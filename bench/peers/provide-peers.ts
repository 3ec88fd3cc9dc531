import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Installs what only comparisons need, the first time one does: never by the project's own `npm ci`. None of them runs a script. */
export function providePeers(): void {
  if (existsSync(`${folder}node_modules/.package-lock.json`)) return
  console.log('Installing the peers of the comparisons (once) …')
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
  if (status !== 0) throw new Error('The peers could not be installed: "npm ci" in bench/peers says why.')
}

/** A peer by its name. It is not there when the project is checked, so whoever uses it says what of it they use. */
export const peer = async <T>(name: string): Promise<T> => (await import(name)) as T
