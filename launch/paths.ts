import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join, resolve } from 'node:path'

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

/** The folder of everything that Ringside writes, unless `RINGSIDE_DATA` names another one. */
export const dataFolder = (): string => resolve(process.env.RINGSIDE_DATA || join(root, '.data'))

/** The server's port, from `PORT`. Throws a sentence if that is not a port. */
export function serverPort(): number {
  const port = Number(process.env.PORT || 4620)
  if (!(Number.isInteger(port) && port > 0 && port < 65_536)) throw new Error('PORT must be a number from 1 to 65535.')
  return port
}

/**
 * The folder of the published data sets, beside the project or where `RINGSIDE_DATA_SETS` says; null if it does not
 * exist.
 */
export function dataSetsFolder(): string | null {
  const folder = process.env.RINGSIDE_DATA_SETS ?? join(root, '..', 'shared', 'data')
  return existsSync(folder) ? folder : null
}
