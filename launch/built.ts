import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './paths.ts'
import { hashOfSources } from './sources-hash.ts'

/** A part of Ringside that runs from `out/` and not from its sources. */
interface Built {
  readonly folder: string
  /** A file that exists if the rest of the part exists. */
  readonly entry: string
  readonly config: string
  readonly sources: readonly string[]
}

/** The screens, for a browser. */
export const screens: Built = {
  folder: join(root, 'out', 'renderer'),
  entry: 'index.html',
  config: 'vite.renderer.config.ts',
  sources: ['renderer/**/*', 'resources/words/**/*.ts', 'protocol/**/*.ts', 'domain/**/*.ts'],
}

/** The workstation in Node: `browser-host.js` and its two threads. */
export const workstation: Built = {
  folder: join(root, 'out', 'workstation'),
  entry: 'browser-host.js',
  config: 'vite.workstation.config.ts',
  sources: ['main/**/*.ts', 'db/**/*.ts', 'resources/words/**/*.ts', 'protocol/**/*.ts', 'domain/**/*.ts'],
}

export const browserHost = join(workstation.folder, workstation.entry)
/** For a core that runs from its sources: built threads start in half the time, and workstations run built threads. */
export const builtThreads = {
  writer: pathToFileURL(join(workstation.folder, 'writer-thread.js')),
  reader: pathToFileURL(join(workstation.folder, 'reader-thread.js')),
}

const stampOf = ({ folder }: Built) => `${folder}.stamp`
const hashOf = ({ sources, config }: Built) => hashOfSources([...sources, config, 'package-lock.json'])

/**
 * Whether the part exists and was built from these sources. The stamp hashes contents, so a checkout with new file
 * times is not built again.
 */
export const isBuilt = (part: Built): boolean =>
  existsSync(join(part.folder, part.entry)) &&
  existsSync(stampOf(part)) &&
  readFileSync(stampOf(part), 'utf8') === hashOf(part)

/** Builds the part into its folder unless it was already built from the same sources. */
export async function provideBuilt(part: Built): Promise<void> {
  if (isBuilt(part)) return
  const { build } = await import('vite')
  mkdirSync(join(root, 'out'), { recursive: true })
  // Build the new files beside the old ones and then swap them: an open workstation never finds only half of them.
  const next = `${part.folder}-${process.pid}`
  const built = hashOf(part)
  try {
    await build({ configFile: join(root, part.config), logLevel: 'warn', mode: 'production', build: { outDir: next } })
    // Remove the stamp first: if this is interrupted, no stamp claims that a folder holds what it does not.
    rmSync(stampOf(part), { force: true })
    rmSync(part.folder, { recursive: true, force: true })
    renameSync(next, part.folder)
  } finally {
    rmSync(next, { recursive: true, force: true })
  }
  writeFileSync(stampOf(part), built)
}
