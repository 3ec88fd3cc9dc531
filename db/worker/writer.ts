import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { join } from 'node:path'
import type { Draft, DraftContent } from '../../protocol/draft.ts'
import type { Refusal } from '../../protocol/errors.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import type { Change, CommandEnvelope, CommandOutcome } from '../../protocol/wire.ts'
import { applyChanges, checkedRows } from '../apply/apply-changes.ts'
import { effectOf, rebase, showCommand, type PendingCommand } from '../apply/optimistic.ts'
import { settledCommands } from '../apply/settle.ts'
import { createTouchLog, nothingTouched, type Touched } from '../apply/touched.ts'
import { cachePlace, type CachePlace } from '../files/cache-file.ts'
import { openFiles, type FilesOptions, type OpenedFiles } from '../files/open-files.ts'
import { giveUpBallast, hasRoomAgain, isDiskFull, layBallast, ROOM_AGAIN_MB } from '../journal/ballast.ts'
import {
  commandById, commandsToSend, dropCommand, enterCommand, markSent, markSettled, pendingOf, pruneCommands, recordOutcome, renumberCommands, replayFrom,
  unsettledCommands, type NewCommand,
} from '../journal/commands.ts'
import { readDeskCalls, removeDeskCall, storeDeskCall } from '../journal/desk-calls.ts'
import { discardDraft, openDraft, readDraft, saveDraft } from '../journal/drafts.ts'
import { deleteMeta, readMeta, writeMeta } from '../schema/meta.ts'

/** Rows of one transaction of a bulk apply: what a draft or a command waits for at most (about 20 ms). */
const SLICE = 1000

/** What the journal has to do with a command in the same transaction. */
export interface Along {
  readonly removeDeskCall?: string
  readonly discardDraft?: string
}

export interface Opened {
  readonly salvaged: { readonly file: string; readonly saved: number } | null
  readonly cacheRebuilt: boolean
  readonly place: CachePlace
  readonly remembered: Readonly<Record<string, string>>
  readonly deskCalls: readonly DeskCall[]
}

export type Entered = { readonly ok: true; readonly seqs: number[]; readonly touched: Touched } | { readonly ok: false; readonly error: Refusal }

export interface Counts {
  readonly unsent: number
  readonly needsAttention: number
}

/** The one writer of both files. Every function is one transaction of each file, journal first. */
export function createWriter(options: FilesOptions) {
  const files: OpenedFiles = openFiles(options)
  const ballast = join(options.folder, 'journal.ballast')
  layBallast(ballast, randomBytes)
  let pending: PendingCommand[] = pendingOf(unsettledCommands(files.journal))
  let diskFull = false
  // Commands that were journalled when the process died may not show in the cache yet, or only in part.
  settleOnto()

  function rebaseNow(): Touched {
    const touched = createTouchLog()
    files.cache.transaction(() => rebase(files.cache, pending, touched))
    return touched.result()
  }

  /** Writes to the journal; when the disk is full the ballast is given up and it is tried once more. */
  function journal<T>(work: () => T): T {
    try {
      return files.journal.transaction(work)
    } catch (error) {
      if (!isDiskFull(error)) throw error
      diskFull = true
      giveUpBallast(ballast)
      return files.journal.transaction(work)
    }
  }

  /** Takes commands off the cache that are settled, refused or dropped. */
  function reload(): Touched {
    pending = pendingOf(unsettledCommands(files.journal))
    return rebaseNow()
  }

  function settle(): Touched {
    const settled = settledCommands(files.cache, unsettledCommands(files.journal))
    if (settled.length === 0) return nothingTouched
    journal(() => markSettled(files.journal, settled))
    return reload()
  }

  /** Brings another cache in line with the journal: what it holds already is settled, the rest shows over it. */
  function settleOnto(): Touched {
    const settled = settle()
    return settled === nothingTouched ? reload() : settled
  }

  return {
    opened: (): Opened => ({
      salvaged: files.salvaged,
      cacheRebuilt: files.cacheRebuilt,
      place: cachePlace(files.cache),
      remembered: Object.fromEntries(files.journal.all<{ key: string; value: string }>('SELECT * FROM "meta"').map(({ key, value }) => [key, value])),
      deskCalls: readDeskCalls(files.journal),
    }),
    /** Where the reader finds the cache. */
    cacheFile: () => ({ path: files.cachePath, keyHex: files.cacheKeyHex }),

    remember: (facts: Readonly<Record<string, string | null>>) => {
      journal(() => {
        for (const [key, value] of Object.entries(facts)) {
          if (value === null) deleteMeta(files.journal, key)
          else writeMeta(files.journal, key, value)
        }
      })
    },
    lastSeq: () => Number(readMeta(files.journal, 'lastSeq') ?? 0),

    openDraft: (draft: Draft) => journal(() => openDraft(files.journal, draft)),
    /** What was typed is on disk; `diskFull`: on what the ballast left free. */
    saveDraft: (key: string, content: DraftContent, at: number) => {
      const saved = journal(() => saveDraft(files.journal, key, content, at))
      return { saved, diskFull }
    },
    discardDraft: (key: string) => journal(() => discardDraft(files.journal, key)),
    draft: (key: string) => readDraft(files.journal, key),
    storeDeskCall: (desk: DeskCall) => journal(() => storeDeskCall(files.journal, desk)),
    removeDeskCall: (callId: string) => journal(() => removeDeskCall(files.journal, callId)),

    /** Journals commands (all or none) and shows them. Refused at once where the rule refuses on what is known here. */
    enter: (commands: readonly NewCommand[], along: Along): Entered => {
      const complete = cachePlace(files.cache).epoch !== null
      for (const command of commands) {
        const effect = effectOf(files.cache, { ...command, seq: 0 })
        // While the first snapshot loads, a row that is not here is no reason: the server knows.
        if (effect.kind === 'refused' && (complete || !effect.error.code.endsWith('_UNKNOWN'))) return { ok: false, error: effect.error }
      }
      const seqs = journal(() => {
        const given = commands.map((command) => enterCommand(files.journal, command))
        if (along.removeDeskCall) removeDeskCall(files.journal, along.removeDeskCall)
        if (along.discardDraft) discardDraft(files.journal, along.discardDraft)
        return given
      })
      const entered = commands.map((command, index): PendingCommand => ({ ...command, seq: seqs[index]! }))
      pending = [...pending, ...entered]
      const touched = createTouchLog()
      files.cache.transaction(() => {
        for (const command of entered) showCommand(files.cache, command, touched)
      })
      return { ok: true, seqs, touched: touched.result() }
    },

    /** The next commands for the server, as many as fit into `maxBytes`; at least one where there is one. */
    toSend: (maxBytes: number): CommandEnvelope[] => {
      const batch: CommandEnvelope[] = []
      let bytes = 0
      for (const envelope of commandsToSend(files.journal, 200)) {
        bytes += Buffer.byteLength(JSON.stringify(envelope)) + 2
        if (batch.length > 0 && bytes > maxBytes) break
        batch.push(envelope)
      }
      return batch
    },
    markSent: (seqs: readonly number[]) => journal(() => markSent(files.journal, seqs)),
    recordOutcomes: (outcomes: readonly { seq: number; outcome: CommandOutcome }[], at: number): Touched => {
      journal(() => {
        for (const { seq, outcome } of outcomes) recordOutcome(files.journal, seq, outcome, at)
      })
      const gone = outcomes.some(({ outcome }) => outcome.kind === 'refused' || outcome.kind === 'parked')
      const settled = settle()
      return gone && settled === nothingTouched ? reload() : settled
    },
    /** Settles what the server has applied although not all of its rows will ever come here (out of scope, erased since). */
    settleApplied: (answeredBefore: number): Touched => {
      const late = unsettledCommands(files.journal).filter((command) => command.state === 'applied' && (command.outcomeAt ?? 0) < answeredBefore)
      if (late.length === 0) return nothingTouched
      journal(() => markSettled(files.journal, late.map((command) => command.seq)))
      return reload()
    },
    drop: (commandId: string): boolean => journal(() => dropCommand(files.journal, commandId)),
    /** Enters a refused or parked command once more, as a new one; the old one is dropped. */
    retry: (commandId: string, newCommandId: string, at: number): Touched | null => {
      const old = commandById(files.journal, commandId)
      if (!old || (old.state !== 'refused' && old.state !== 'parked')) return null
      journal(() => {
        dropCommand(files.journal, commandId)
        enterCommand(files.journal, { ...old, commandId: newCommandId, at })
      })
      return reload()
    },
    replayFrom: (seq: number): Touched => {
      journal(() => replayFrom(files.journal, seq))
      return reload()
    },
    /** The journal gets a new name, under which the server knows nothing yet. */
    beginIncarnation: (incarnation: string): void => {
      journal(() => {
        renumberCommands(files.journal)
        writeMeta(files.journal, 'incarnation', incarnation)
      })
      pending = pendingOf(unsettledCommands(files.journal))
    },
    prune: (now: number) => journal(() => pruneCommands(files.journal, now)),
    counts: (): Counts => {
      const commands = unsettledCommands(files.journal)
      const needsAttention = commands.filter((command) => command.state === 'refused' || command.state === 'parked').length
      const applied = commands.filter((command) => command.state === 'applied').length
      return { unsent: commands.length - needsAttention - applied, needsAttention }
    },
    alarm: (): Refusal | null => {
      if (diskFull && hasRoomAgain(options.folder)) {
        layBallast(ballast, randomBytes)
        diskFull = false
      }
      return diskFull ? { code: 'JOURNAL_FULL', params: { megabytes: ROOM_AGAIN_MB } } : null
    },

    /** Takes a page of the log in slices; between two of them other calls get their turn. */
    applyPage: async (changes: readonly Change[], upTo: number): Promise<Touched[]> => {
      const touched: Touched[] = []
      for (let start = 0; start < changes.length || start === 0; start += SLICE) {
        const slice = changes.slice(start, start + SLICE)
        const last = start + SLICE >= changes.length
        // The cursor stays below a number whose changes go on in the next slice: none of them may be passed by.
        const cursor = last ? upTo : Math.min(slice.at(-1)!.seq, changes[start + SLICE]!.seq - 1)
        touched.push(applyChanges(files.cache, checkedRows(slice), cursor, pending))
        if (!last) await nextTurn()
      }
      touched.push(settle())
      return touched
    },
    /** Takes rows that the server looked up for us; the cursor stays. */
    applyRows: (changes: readonly Omit<Change, 'seq'>[]): Touched => applyChanges(files.cache, checkedRows(changes), null, pending),
    place: (): CachePlace => cachePlace(files.cache),

    /** Makes a downloaded file the cache, from one commit of the journal to the next. */
    useSnapshot: (file: string, keyHex: string): Touched => {
      files.useCache(file, keyHex)
      return settleOnto()
    },
    /** Throws the cache away and begins an empty one: another server, another history, other scopes. */
    resetCache: (): Touched => {
      files.newCache()
      return settleOnto()
    },
    removeOldCaches: () => files.removeOthers(),
    close: () => files.close(),
  }
}

export type WriterCalls = ReturnType<typeof createWriter>
