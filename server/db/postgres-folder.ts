import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { makeFolder } from './make-folder.ts'
import { canReach, type Account } from './postgres-account.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { StartError } from './start-error.ts'

const MAJOR = '18'
const FOR_ROOT = '/var/lib/ringside'

/** The folder of the database, and the password that opens it. */
export interface PostgresFolder {
  readonly path: string
  readonly password: string
}

/**
 * Prepares the database folder inside `dataFolder`. `initdb` makes it if it does not exist. A folder that is not a
 * database of this version is never touched.
 */
export async function preparePostgresFolder(
  dataFolder: string,
  binaries: PostgresBinaries,
  account: Account,
): Promise<PostgresFolder> {
  makeFolder(dataFolder)
  const home = reachableHome(resolve(dataFolder), account)
  const secretFile = join(dataFolder, 'postgres-secret')
  const path = join(home, 'postgres')
  if (!existsSync(path)) await createCluster(path, secretFile, binaries, account)
  checkCluster(path)
  if (!existsSync(secretFile)) {
    throw new StartError(
      `The file ${secretFile}, which opens the database beside it, is missing. Put it back, or move ${path} away and start again with an empty database.`,
    )
  }
  keepSecret(secretFile)
  return { path, password: readFileSync(secretFile, 'utf8').trim() }
}

/** A copied or restored file may be readable by others: take that right away. */
function keepSecret(file: string): void {
  const { uid, mode } = statSync(file)
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) chmodSync(file, 0o600)
}

/** Where PostgreSQL runs as `nobody`, it may not enter a home folder; its data are then kept under /var/lib. */
export function reachableHome(dataFolder: string, account: Account): string {
  if (canReach(dataFolder, account)) return dataFolder
  const home = join(FOR_ROOT, createHash('sha256').update(dataFolder).digest('hex').slice(0, 16))
  mkdirSync(home, { recursive: true, mode: 0o755 })
  writeFileSync(
    join(dataFolder, 'POSTGRES-IS-ELSEWHERE.txt'),
    `The database of this folder lies in ${home}, where the user "nobody" gets at it.\n`,
  )
  return home
}

async function createCluster(
  path: string,
  secretFile: string,
  binaries: PostgresBinaries,
  account: Account,
): Promise<void> {
  // Make the database under another name and rename it, so that a first start that was killed leaves nothing that looks
  // like a database.
  const fresh = `${path}.new`
  const passwordFile = `${path}.password`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  const password = randomBytes(24).toString('base64url')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(fresh, account.uid, account.gid)
    chownSync(passwordFile, account.uid, account.gid)
  }
  const made = await runInitdb(
    binaries,
    [
      '-D',
      fresh,
      '-U',
      'ringside',
      '--encoding=UTF8',
      '--no-locale',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
    ],
    account,
  )
  rmSync(passwordFile, { force: true })
  if (made.code !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw new StartError(
      `The database could not be made in ${path}: ${lastLine(made.said)}. Free some space there or name another data folder.`,
    )
  }
  // Remove the file first: writing to an existing file would keep its permissions, and others could read it for a
  // moment.
  rmSync(secretFile, { force: true })
  writeFileSync(secretFile, `${password}\n`, { mode: 0o600 })
  renameSync(fresh, path)
}

/** Runs in its own process group, so that Ctrl+C at the terminal does not end it. We end after it has finished. */
function runInitdb(
  binaries: PostgresBinaries,
  args: readonly string[],
  account: Account,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const initdb = spawn(binaries.initdb, args, {
      ...account,
      cwd: '/',
      env: binaries.environment,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    })
    let said = ''
    initdb.stderr.on('data', (text: Buffer) => {
      said += text.toString()
    })
    initdb.once('error', (error) => {
      resolve({ code: -1, said: error.message })
    })
    initdb.once('close', (code) => {
      resolve({ code, said })
    })
  })
}

function checkCluster(path: string): void {
  const versionFile = join(path, 'PG_VERSION')
  if (!existsSync(versionFile)) {
    throw new StartError(
      `The folder ${path} is not a database or is damaged (${readdirSync(path).length} entries, no PG_VERSION). Bring back a backup, or move it away and start again with an empty database.`,
    )
  }
  const version = readFileSync(versionFile, 'utf8').trim()
  if (!/^\d+$/.test(version))
    throw new StartError(
      `The database in ${path} is damaged (its PG_VERSION says no version). Bring back a backup, or move it away and start again with an empty database.`,
    )
  if (version !== MAJOR) {
    throw new StartError(
      `The database in ${path} was made by PostgreSQL ${version}; this is ${MAJOR}. It was not touched. Use the Ringside that made it, or set DATABASE_URL.`,
    )
  }
}

/** The reason is the last line with an error or FATAL. The lines after it are about the clean-up. */
const lastLine = (text: string) => {
  const lines = text.trim().split('\n')
  return (
    lines.findLast((line) => /error:|FATAL|PANIC/.test(line))?.replace(/^.*?(error|FATAL|PANIC):\s*/, '') ??
    lines.at(-1) ??
    'no reason given'
  )
}
