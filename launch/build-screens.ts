import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'
import { hashOfSources } from './sources-hash.ts'

const folder = join(root, 'out', 'renderer')
const stamp = join(root, 'out', 'renderer.stamp')
const hash = () => hashOfSources(['renderer/**/*', 'protocol/**/*.ts', 'domain/**/*.ts', 'vite.renderer.config.ts', 'package-lock.json'])

/** Whether `out/renderer` holds the screens of these sources. The stamp hashes contents, so a checkout with new times does not build again. */
export const screensAreBuilt = (): boolean => existsSync(join(folder, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash()

/** Builds the screens into `out/renderer` unless they are there from the same sources. */
export async function buildScreens(): Promise<void> {
  if (screensAreBuilt()) return
  const { build } = await import('vite')
  mkdirSync(join(root, 'out'), { recursive: true })
  // Beside the old ones and then in their place: a desk that is open never finds half of them.
  const next = join(root, 'out', `renderer-${process.pid}`)
  const built = hash()
  try {
    await build({ configFile: join(root, 'vite.renderer.config.ts'), logLevel: 'warn', mode: 'production', build: { outDir: next } })
    rmSync(folder, { recursive: true, force: true })
    renameSync(next, folder)
  } finally {
    rmSync(next, { recursive: true, force: true })
  }
  writeFileSync(stamp, built)
}
