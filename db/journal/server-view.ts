import type { ReadableDb } from '../handles.ts'
import { readMeta } from '../schema/meta.ts'
import { hasEarlierNames } from './commands.ts'

/** The place that the server has for this journal; `next` null: the server knows no journal of this name. */
export interface SaidOfJournal {
  readonly epoch: string
  readonly next: { readonly seq: number; readonly lastHash: string | null } | null
}

/**
 * `goesOn`: both sides know the same commands. `replay`: the server lacks the commands from `from` on. `renumber`: a
 * copy of this journal also used its numbers, or a restored server lost what was sent under earlier names.
 */
export type Compared =
  | { readonly kind: 'goesOn' }
  | { readonly kind: 'replay'; readonly from: number }
  | { readonly kind: 'renumber'; readonly send: 'unsent' | 'everything' }

/** Compares the journal with the server's view of it, once for each connection. */
export function compareWithServer(journal: ReadableDb, { epoch, next }: SaidOfJournal): Compared {
  const ours = Number(readMeta(journal, 'lastSeq') ?? 0) + 1
  const theirs = next?.seq ?? 1
  const hash =
    theirs > 1
      ? journal.get<{ hash: string }>('SELECT "hash" FROM "command" WHERE "seq" = ?', theirs - 1)?.hash
      : undefined
  // A command that was pruned here, or that the server took under another name, proves nothing.
  const isCopy = theirs > ours || (hash !== undefined && next?.lastHash != null && next.lastHash !== hash)
  const known = readMeta(journal, 'serverEpoch')
  const isRestored = known !== null && known !== epoch
  if (isRestored && (isCopy || hasEarlierNames(journal))) return { kind: 'renumber', send: 'everything' }
  if (isCopy) return { kind: 'renumber', send: 'unsent' }
  return theirs < ours ? { kind: 'replay', from: theirs } : { kind: 'goesOn' }
}
