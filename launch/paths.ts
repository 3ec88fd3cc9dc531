import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join, resolve } from 'node:path'

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

/** Where everything that Ringside writes lies, unless `RINGSIDE_DATA` names another folder. */
export const dataFolder = (): string => resolve(process.env.RINGSIDE_DATA || join(root, '.data'))

/** The server's port, from `PORT`. Throws a sentence where that is none. */
export function serverPort(): number {
  const port = Number(process.env.PORT || 4620)
  if (!(Number.isInteger(port) && port > 0 && port < 65_536)) throw new Error('PORT must be a number from 1 to 65535.')
  return port
}

/** The published data sets, where they lie beside the project or where `RINGSIDE_DATA_SETS` says; null where they are not. */
export function dataSetsFolder(): string | null {
  const folder = process.env.RINGSIDE_DATA_SETS ?? join(root, '..', 'shared', 'data')
  return existsSync(folder) ? folder : null
}
