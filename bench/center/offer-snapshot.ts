import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, linkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CACHE_SCHEMA } from '../../protocol/version.ts'
import type { OpenDatabase } from '../../server/open-database.ts'
import { openSnapshotShelf } from '../../server/snapshots/snapshot-shelf.ts'
import type { ScaleFile } from '../scale-file.ts'

/** The epoch and the place in the feed with which a scale file was made. */
export const SCALE_EPOCH = 'bench'
export const SCALE_SEQ = 1

/** Gives the database the epoch of the scale file, so that a workstation with that file can follow its feed. */
export const takeEpoch = ({ pool }: OpenDatabase): Promise<unknown> =>
  pool.query('update site set epoch = $1, floor = $2', [SCALE_EPOCH, SCALE_SEQ])

/** Offers the scale file to new workstations, as if the node had made it from its own rows. */
export async function offerSnapshot(folder: string, file: ScaleFile): Promise<void> {
  const shelf = openSnapshotShelf(join(folder, 'snapshots'))
  const id = randomUUID()
  linkSync(file.path, shelf.draftPath(id))
  shelf.put({
    id,
    epoch: SCALE_EPOCH,
    seq: SCALE_SEQ,
    cacheSchema: CACHE_SCHEMA,
    scopes: ['org'],
    bytes: statSync(file.path).size,
    sha256: await sha256Of(file.path),
    key: file.keyHex,
    builtAt: Date.now(),
    historyMonths: null,
  })
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
