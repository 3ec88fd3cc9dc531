import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/**
 * Builds the screens into `out/renderer` unless they are there from the same sources. Returns the folder.
 * The stamp hashes contents, so a checkout with new times does not build again.
 */
export async function buildScreens(): Promise<string> {
  const folder = join(root, 'out', 'renderer')
  const stamp = join(root, 'out', 'renderer.stamp')
  const hash = sourcesHash()
  if (existsSync(join(folder, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return folder
  const { build } = await import('vite')
  mkdirSync(join(root, 'out'), { recursive: true })
  // Beside the old ones and then in their place: a desk that is open never finds half of them.
  const next = join(root, 'out', `renderer-${process.pid}`)
  await build({ configFile: join(root, 'vite.renderer.config.ts'), logLevel: 'warn', mode: 'production', build: { outDir: next } })
  rmSync(folder, { recursive: true, force: true })
  renameSync(next, folder)
  writeFileSync(stamp, hash)
  return folder
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = globSync(['renderer/**/*', 'protocol/**/*.ts', 'domain/**/*.ts', 'vite.renderer.config.ts', 'package-lock.json'], { cwd: root, withFileTypes: true })
  for (const file of files.filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name)).toSorted()) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}
