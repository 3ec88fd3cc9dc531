import { execFileSync, spawnSync } from 'node:child_process'

/** The account that PostgreSQL runs under. Empty: the same as ours. */
export interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** PostgreSQL refuses to run as root, so where we are root it runs as `nobody`. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return {}
  return { uid: idOf('-u'), gid: idOf('-g') }
}

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim())

/** Whether the account can reach this folder. Every folder above it must let the account through. */
export function canReach(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true
  return spawnSync('test', ['-x', folder], { ...account, cwd: '/' }).status === 0
}
