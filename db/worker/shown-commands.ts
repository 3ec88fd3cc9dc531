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
/** An error in the form in which it passes between threads, because an error's code would be lost. */
export interface Failure {
  readonly code: string | null
  readonly message: string
}

/**
 * The commands of the journal whose effects show over the server's rows in the cache, and the functions that show and
 * remove them.
 */
export interface ShownCommands {
  pending(): readonly PendingCommand[]
  /** Why the rule refuses a command on the rows that are known here; null: it does not refuse it. */
  refusalOf(command: NewCommand): Refusal | null
  /**
   * Shows commands that were just written to the journal. The commands are kept even if this fails: where the cache
   * cannot be written, `notShown` says why, and the next call that shows commands shows these too.
   */
  show(commands: readonly PendingCommand[]): Shown
  /**
   * Reads the journal again and shows what is still pending; the effects of settled, refused and dropped commands are
   * removed.
   */
  reload(): Touched
  /** Does the same after something was written to the journal, which is kept even if this fails. */
  reloadKept(): Shown
  /** Reads the journal again and changes nothing in the cache: only the commands' numbers are different. */
  renumbered(): void
  /** Settles the commands whose rows the cache now holds. */
  settle(): Touched
  /**
   * Brings another cache in line with the journal: commands whose rows it already holds are settled, the others show
   * over its rows. A cache that turns out to be damaged is replaced by an empty one: unsent commands must never keep a
   * workstation from starting.
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
    // The next caller reads the cache's place in the feed first, so damage there is found here.
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
        // While the first snapshot loads, a missing row is no reason to refuse: the server has it.
        const complete = cachePlace(files.cache).epoch !== null
        return complete || !effect.error.code.endsWith('_UNKNOWN') ? effect.error : null
      } catch (error) {
        // A row that cannot be read is no reason either.
        if (isDamagedCache(error)) return null
        throw error
      }
    },
    show: (commands) => {
      pending = [...pending, ...commands]
      return kept(() =>
        behind
          ? reload()
          : inCache((log) => {
              for (const command of commands) showCommand(files.cache, command, log)
            }),
      )
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
