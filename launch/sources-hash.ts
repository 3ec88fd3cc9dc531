import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/**
 * A hash of the contents of the files that these patterns name. It does not depend on where the checkout lies or when
 * it was made.
 */
export function hashOfSources(patterns: readonly string[]): string {
  const hash = createHash('sha256')
  const files = globSync(patterns, { cwd: root, withFileTypes: true })
  for (const file of files
    .filter((f) => f.isFile())
    .map((f) => join(f.parentPath, f.name))
    .toSorted())
    hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}
