import type { ReadableDb } from '../handles.ts'
import { readMeta } from '../schema/meta.ts'
import { hasEarlierNames } from './commands.ts'

/** Where the server says this journal stands; `next` null: it knows none of this name. */
export interface SaidOfJournal {
  readonly epoch: string
  readonly next: { readonly seq: number; readonly lastHash: string | null } | null
}

/**
 * `goesOn`: both know the same. `replay`: the server lacks what is from `from` on. `renumber`: the numbers are not ours
 * alone, because a copy of this journal went on under its name, or they are not all, because a restored server lost what
 * earlier names had sent.
 */
export type Compared =
  | { readonly kind: 'goesOn' }
  | { readonly kind: 'replay'; readonly from: number }
  | { readonly kind: 'renumber'; readonly send: 'unsent' | 'everything' }

/** Compares the journal with what the server says of it, once a connection. */
export function compareWithServer(journal: ReadableDb, { epoch, next }: SaidOfJournal): Compared {
  const ours = Number(readMeta(journal, 'lastSeq') ?? 0) + 1
  const theirs = next?.seq ?? 1
  const hash = theirs > 1 ? journal.get<{ hash: string }>('SELECT "hash" FROM "command" WHERE "seq" = ?', theirs - 1)?.hash : undefined
  // One that was pruned here, or that the server took under another name, says nothing.
  const isCopy = theirs > ours || (hash !== undefined && next?.lastHash != null && next.lastHash !== hash)
  const known = readMeta(journal, 'serverEpoch')
  const isRestored = known !== null && known !== epoch
  if (isRestored && (isCopy || hasEarlierNames(journal))) return { kind: 'renumber', send: 'everything' }
  if (isCopy) return { kind: 'renumber', send: 'unsent' }
  return theirs < ours ? { kind: 'replay', from: theirs } : { kind: 'goesOn' }
}
