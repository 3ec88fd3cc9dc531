import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronRuntime } from './electron-runtime.ts'
import { root } from './paths.ts'
import type { Processes } from './processes.ts'
import { hashOfSources } from './sources-hash.ts'

/**
 * The Electron program, with Ringside built for it; null where either is not available, and then the browser is used.
 */
export async function provideElectron(processes: Processes, built: Promise<unknown>): Promise<string | null> {
  const electron = await electronRuntime(processes)
  // The Electron build writes the screens too, to the same place.
  await built
  if (!electron) return null
  const stamp = join(root, 'out', 'electron.stamp')
  const hash = hashOfSources([
    '{main,preload,renderer,resources,protocol,domain,db}/**/*',
    'electron.vite.config.ts',
    'vite.{renderer,workstation}.config.ts',
    'package-lock.json',
  ])
  if (existsSync(join(root, 'out', 'main', 'index.js')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash)
    return electron
  rmSync(stamp, { force: true })
  const build = processes.start('the Electron build', process.execPath, [
    join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
    '--logLevel',
    'warn',
  ])
  if ((await build.ended) !== 0) {
    console.error('  the Electron program could not be built (the lines above say why); Ringside opens in the browser.')
    return null
  }
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(stamp, hash)
  return electron
}
