import { execFileSync, spawnSync } from 'node:child_process'

/** Under which account PostgreSQL runs; empty: under our own. */
export interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** PostgreSQL refuses to run as root, so root hands it to `nobody`. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return {}
  return { uid: idOf('-u'), gid: idOf('-g') }
}

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim())

/** Whether the account gets as far as this folder: every folder above it must let it through. */
export function canReach(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true
  return spawnSync('test', ['-x', folder], { ...account, cwd: '/' }).status === 0
}
