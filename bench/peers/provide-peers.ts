import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))

/**
 * Installs the packages that only comparisons need, when one first needs them; the project's own `npm ci` never does.
 * No install script runs.
 */
export function providePeers(): void {
  if (existsSync(`${folder}node_modules/.package-lock.json`)) return
  console.log('Installing the peers of the comparisons (once) …')
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('The peers could not be installed: "npm ci" in bench/peers says why.')
}

/**
 * Imports a peer by its name. The peer is not installed when the project is checked, so the caller states the type of
 * the parts it uses.
 */
export const peer = async <T>(name: string): Promise<T> => (await import(name)) as T
