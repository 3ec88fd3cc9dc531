import type { Refusal } from '../../protocol/errors.ts'
import { effectOf, rebase, showCommand, type PendingCommand } from '../apply/optimistic.ts'
import { settledCommands } from '../apply/settle.ts'
import { createTouchLog, nothingTouched, type Touched } from '../apply/touched.ts'
import { cachePlace } from '../files/cache-file.ts'
import type { OpenedFiles } from '../files/open-files.ts'
import { markSettled, pendingOf, unsettledCommands, type NewCommand } from '../journal/commands.ts'
import { isDamagedCache } from '../open.ts'
import type { JournalRoom } from './journal-room.ts'

export interface Shown {
  readonly touched: Touched
  readonly notShown: Failure | null
}
/** An error as it passes between threads: its code would not come along. */
export interface Failure { readonly code: string | null; readonly message: string }

/** The commands of the journal that stand over the server's rows in the cache, and how they get there and off again. */
export interface ShownCommands {
  pending(): readonly PendingCommand[]
  /** Why the rule refuses a command on what is known here; null: it does not. */
  refusalOf(command: NewCommand): Refusal | null
  /** Shows commands that were just journalled. They are kept whatever becomes of this: where the cache cannot be written, `notShown` says why, and whatever is shown next shows them too. */
  show(commands: readonly PendingCommand[]): Shown
  /** Reads the journal anew and shows what is still pending: takes off what was settled, refused or dropped. */
  reload(): Touched
  /** The same after something was journalled: that is kept, whatever becomes of this. */
  reloadKept(): Shown
  /** Reads the journal anew and changes nothing in the cache: only the numbers are others. */
  renumbered(): void
  /** Settles what the cache holds for good by now. */
  settle(): Touched
  /**
   * Brings another cache in line with the journal: what it holds already is settled, the rest shows over it. Where that
   * cache turns out to be damaged, it gives way to an empty one: nothing that is unsent may keep a workstation from starting.
   */
  settleOnto(): Touched
}

const failureOf = (error: unknown): Failure => ({
  code: error instanceof Error && 'code' in error ? String(error.code) : null,
  message: error instanceof Error ? error.message : String(error),
})

export function createShownCommands(files: OpenedFiles, room: JournalRoom): ShownCommands {
  const stillPending = () => pendingOf(unsettledCommands(files.journal))
  let pending: readonly PendingCommand[] = stillPending()

  let behind = false

  function inCache(work: (touched: ReturnType<typeof createTouchLog>) => void): Touched {
    const touched = createTouchLog(files.cache)
    files.cache.transaction(() => work(touched))
    return touched.result()
  }
  function reload(): Touched {
    pending = stillPending()
    const touched = inCache((log) => rebase(files.cache, pending, log))
    behind = false
    return touched
  }
  function settle(): Touched {
    const settled = settledCommands(files.cache, unsettledCommands(files.journal))
    if (settled.length === 0) return nothingTouched
    room.write(() => markSettled(files.journal, settled))
    return reload()
  }

  function bringInLine(): Touched {
    // Its place in the log is read first by whoever asks next: damage there is met here.
    cachePlace(files.cache)
    const settled = settle()
    return settled === nothingTouched ? reload() : settled
  }
  function kept(show: () => Touched): Shown {
    try {
      return { touched: show(), notShown: null }
    } catch (error) {
      behind = true
      return { touched: nothingTouched, notShown: failureOf(error) }
    }
  }

  return {
    pending: () => pending,
    refusalOf: (command) => {
      try {
        const effect = effectOf(files.cache, { ...command, seq: 0 })
        if (effect.kind !== 'refused') return null
        // While the first snapshot loads, a row that is not here is no reason: the server knows.
        const complete = cachePlace(files.cache).epoch !== null
        return complete || !effect.error.code.endsWith('_UNKNOWN') ? effect.error : null
      } catch (error) {
        // Nor is one that cannot be read.
        if (isDamagedCache(error)) return null
        throw error
      }
    },
    show: (commands) => {
      pending = [...pending, ...commands]
      return kept(() => (behind ? reload() : inCache((log) => {
        for (const command of commands) showCommand(files.cache, command, log)
      })))
    },
    reload,
    reloadKept: () => kept(reload),
    renumbered: () => {
      pending = stillPending()
    },
    settle,
    settleOnto: () => {
      try {
        return bringInLine()
      } catch (error) {
        if (!isDamagedCache(error)) throw error
        files.newCache()
        return bringInLine()
      }
    },
  }
}
