import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { makePrivate } from '../../db/files/private-folder.ts'
import { SnapshotManifest } from '../../protocol/wire.ts'

/** A kind of file: for which scopes it is, and how many calendar months of history it holds (null: all). */
export interface SnapshotKind {
  readonly scopes: readonly string[]
  readonly historyMonths: number | null
}

const StoredManifest = SnapshotManifest.extend({ historyMonths: z.int().min(1).nullable().default(null) })
/** The facts about a ready file. Workstations get all of them but `historyMonths`, which is in the file itself. */
export type Manifest = z.infer<typeof StoredManifest>

/** The ready files of this node, each with its manifest next to it. */
export interface SnapshotShelf {
  /** The path at which a file is written before it is ready. */
  draftPath(id: string): string
  fileName(id: string): string
  /**
   * Makes a finished file ready. Of its kind it keeps the file before, which may be in the middle of a download, and
   * removes older ones.
   */
  put(manifest: Manifest): void
  newest(kind: SnapshotKind): Manifest | null
  find(id: string): Manifest | null
  /** Removes files whose number in the feed is lower than this. Gives their ids. */
  removeBefore(seq: number): readonly string[]
}

export function openSnapshotShelf(folder: string): SnapshotShelf {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  makePrivate(folder)
  const fileName = (id: string) => `${id}.db`
  const draftPath = (id: string) => join(folder, `${id}.part`)
  for (const name of readdirSync(folder)) if (name.includes('.part')) rmSync(join(folder, name), { force: true })
  let manifests = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readManifest(join(folder, name)))

  const remove = ({ id }: Manifest) => {
    rmSync(join(folder, `${id}.json`), { force: true })
    rmSync(join(folder, fileName(id)), { force: true })
  }
  const ofKind = (kind: SnapshotKind) =>
    manifests.filter((manifest) => kindKey(manifest) === kindKey(kind)).toSorted((a, b) => b.builtAt - a.builtAt)
  return {
    draftPath,
    fileName,
    put: (manifest) => {
      renameSync(draftPath(manifest.id), join(folder, fileName(manifest.id)))
      writeFileSync(join(folder, `${manifest.id}.json`), JSON.stringify(manifest), { mode: 0o600 })
      manifests.push(manifest)
      const old = ofKind(manifest).slice(2)
      for (const one of old) remove(one)
      manifests = manifests.filter((one) => !old.includes(one))
    },
    newest: (kind) => ofKind(kind)[0] ?? null,
    removeBefore: (seq) => {
      const unclean = manifests.filter((manifest) => manifest.seq < seq)
      for (const one of unclean) remove(one)
      manifests = manifests.filter((one) => !unclean.includes(one))
      return unclean.map(({ id }) => id)
    },
    find: (id) => manifests.find((manifest) => manifest.id === id) ?? null,
  }
}

export const kindKey = ({ scopes, historyMonths }: SnapshotKind): string => `${scopes.join()} ${historyMonths ?? 'all'}`

function readManifest(path: string): Manifest[] {
  try {
    return [StoredManifest.parse(JSON.parse(readFileSync(path, 'utf8')))]
  } catch {
    return []
  }
}
