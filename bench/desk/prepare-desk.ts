import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openCache } from '../../db/files/cache-file.ts'
import { openFiles } from '../../db/files/open-files.ts'
import { writeMeta } from '../../db/schema/meta.ts'
import { createFileSecretStore } from '../../main/secrets/file-secret-store.ts'
import { filesKey } from '../../main/secrets/files-key.ts'
import type { ScaleFile } from '../scale-file.ts'

/**
 * Makes a copy of the file a workstation's cache, as if a snapshot had been downloaded, with its cursor at `cursor`.
 */
export async function prepareDesk(folder: string, file: ScaleFile, cursor: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const keyHex = () => randomBytes(32).toString('hex')
  const journalKeyHex = await filesKey(createFileSecretStore(join(folder, 'files.key')), keyHex)
  const files = openFiles({ folder, journalKeyHex, newKeyHex: [keyHex(), keyHex(), keyHex()], stamp: 'bench' })
  cpSync(file.path, join(folder, 'cache-scale.db'))
  const cache = openCache(join(folder, 'cache-scale.db'), file.keyHex)
  writeMeta(cache, 'cursor', String(cursor))
  cache.close()
  files.useCache('cache-scale.db', file.keyHex)
  files.close()
}
