import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { makePrivate } from '../../db/files/private-folder.ts'
import { SnapshotManifest } from '../../protocol/wire.ts'

export type Manifest = z.infer<typeof SnapshotManifest>

/** The ready files of this node, each with its manifest beside it. */
export interface SnapshotShelf {
  /** Where a file is written before it is ready. */
  draftPath(id: string): string
  fileName(id: string): string
  /** Makes a finished file ready and removes older ones of the same scopes but the last, which may be on its way to somebody. */
  put(manifest: Manifest): void
  newest(scopes: readonly string[]): Manifest | null
  find(id: string): Manifest | null
  /** Removes files of before this number of the log; gives their ids. */
  removeBefore(seq: number): readonly string[]
}

export function openSnapshotShelf(folder: string): SnapshotShelf {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  makePrivate(folder)
  const fileName = (id: string) => `${id}.db`
  const draftPath = (id: string) => join(folder, `${id}.part`)
  for (const name of readdirSync(folder)) if (name.includes('.part')) rmSync(join(folder, name), { force: true })
  let manifests = readdirSync(folder).filter((name) => name.endsWith('.json')).flatMap((name) => readManifest(join(folder, name)))

  const remove = ({ id }: Manifest) => {
    rmSync(join(folder, `${id}.json`), { force: true })
    rmSync(join(folder, fileName(id)), { force: true })
  }
  const ofScopes = (scopes: readonly string[]) =>
    manifests.filter((manifest) => manifest.scopes.join() === scopes.join()).toSorted((a, b) => b.builtAt - a.builtAt)
  return {
    draftPath,
    fileName,
    put: (manifest) => {
      renameSync(draftPath(manifest.id), join(folder, fileName(manifest.id)))
      writeFileSync(join(folder, `${manifest.id}.json`), JSON.stringify(manifest), { mode: 0o600 })
      manifests.push(manifest)
      const old = ofScopes(manifest.scopes).slice(2)
      for (const one of old) remove(one)
      manifests = manifests.filter((one) => !old.includes(one))
    },
    newest: (scopes) => ofScopes(scopes)[0] ?? null,
    removeBefore: (seq) => {
      const unclean = manifests.filter((manifest) => manifest.seq < seq)
      for (const one of unclean) remove(one)
      manifests = manifests.filter((one) => !unclean.includes(one))
      return unclean.map(({ id }) => id)
    },
    find: (id) => manifests.find((manifest) => manifest.id === id) ?? null,
  }
}

function readManifest(path: string): Manifest[] {
  try {
    return [SnapshotManifest.parse(JSON.parse(readFileSync(path, 'utf8')))]
  } catch {
    return []
  }
}
