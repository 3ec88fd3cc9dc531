import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { heard } from '../heard.ts'
import { endProcess, type Place } from '../place.ts'
import type { ScaleFile } from '../scale-file.ts'
import type { RowCenterSaid } from './row-center-process.ts'
import { rowsOverHttp } from './rows-over-http.ts'
import type { PeerSaid } from './rxdb-process.ts'

/** How many rows of one file each kind of first start handles in a second. */
export interface PeerRates {
  readonly rowsOverHttp: number
  readonly pouchDb: number
  readonly rxDb: number
}

/**
 * Measures the peers one after the other. Each server and each client is a process of its own and ends before the next
 * begins.
 */
export async function measurePeers(
  place: Place,
  { many, few }: { many: ScaleFile; few: ScaleFile },
): Promise<PeerRates> {
  const over = await withServer(place, 'peers/row-center-process.ts', many, (url) => rowsOverHttp(place, url))
  const rxDb = await withServer(place, 'peers/row-center-process.ts', few, (url, env) =>
    pulled(place, 'peers/rxdb-process.ts', url, env),
  )
  const pouch = await withServer(place, 'peers/pouchdb-center-process.ts', few, (url, env) =>
    pulled(place, 'peers/pouchdb-process.ts', url, env),
  )
  return { rowsOverHttp: over, rxDb, pouchDb: pouch }
}

async function withServer(
  place: Place,
  script: string,
  file: ScaleFile,
  work: (url: string, env: Record<string, string>) => Promise<number>,
): Promise<number> {
  const folder = join(place.folder, script.replaceAll('/', '-'))
  mkdirSync(folder, { recursive: true })
  const env = { SCALE_FILE: JSON.stringify({ ...file, longest: [] }), PEER_FOLDER: folder }
  const server = place.helper(script, env)
  const rate = await work((await heard<RowCenterSaid, 'listening'>(server, 'listening')).url, env)
  await endProcess(server)
  return rate
}

async function pulled(place: Place, script: string, url: string, env: Record<string, string>): Promise<number> {
  const client = place.helper(script, { ...env, CENTER_URL: url })
  const { rows, seconds } = await heard<PeerSaid, 'pulled'>(client, 'pulled')
  return rows / seconds
}
