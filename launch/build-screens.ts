import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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
  await build({ configFile: join(root, 'vite.renderer.config.ts'), logLevel: 'warn', mode: 'production' })
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(stamp, hash)
  return folder
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = globSync(['renderer/**/*', 'protocol/**/*.ts', 'domain/**/*.ts', 'vite.renderer.config.ts', 'package-lock.json'], { cwd: root, withFileTypes: true })
  for (const file of files.filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name)).toSorted()) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}
