import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { postgresAccount } from './postgres-account.ts'
import { reachableHome } from './postgres-folder.ts'
import { livingPostmaster } from './postmaster.ts'

/**
 * The address of the embedded PostgreSQL that a running server keeps in this folder; null where none runs. The server
 * still owns it.
 */
export function runningPostgres(dataFolder: string): string | null {
  const secretFile = join(dataFolder, 'postgres-secret')
  if (!existsSync(secretFile)) return null
  const running = postmasterOf(dataFolder)
  return (
    running && `postgresql://ringside:${readFileSync(secretFile, 'utf8').trim()}@127.0.0.1:${running.port}/postgres`
  )
}

/** The process id of the embedded PostgreSQL that runs in this folder; null where none does. */
export const runningPostgresPid = (dataFolder: string): number | null => postmasterOf(dataFolder)?.pid ?? null

const postmasterOf = (dataFolder: string) =>
  livingPostmaster(join(reachableHome(resolve(dataFolder), postgresAccount()), 'postgres'))
