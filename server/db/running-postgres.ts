import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { postgresAccount } from './postgres-account.ts'
import { reachableHome } from './postgres-folder.ts'
import { livingPostmaster } from './postmaster.ts'

/** The address of the delivered PostgreSQL that a running server keeps in this folder; null where none runs. It stays the server's. */
export function runningPostgres(dataFolder: string): string | null {
  const secretFile = join(dataFolder, 'postgres-secret')
  if (!existsSync(secretFile)) return null
  const running = postmasterOf(dataFolder)
  return running && `postgresql://ringside:${readFileSync(secretFile, 'utf8').trim()}@127.0.0.1:${running.port}/postgres`
}

/** The process id of the delivered PostgreSQL that runs in this folder; null where none does. */
export const runningPostgresPid = (dataFolder: string): number | null => postmasterOf(dataFolder)?.pid ?? null

const postmasterOf = (dataFolder: string) => livingPostmaster(join(reachableHome(resolve(dataFolder), postgresAccount()), 'postgres'))
