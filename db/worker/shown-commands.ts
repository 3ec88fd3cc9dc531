import type { Refusal } from '../../protocol/errors.ts'
import { effectOf, rebase, showCommand, type PendingCommand } from '../apply/optimistic.ts'
import { settledCommands } from '../apply/settle.ts'
import { createTouchLog, nothingTouched, type Touched } from '../apply/touched.ts'
import { cachePlace } from '../files/cache-file.ts'
import type { OpenedFiles } from '../files/open-files.ts'
import { markSettled, pendingOf, unsettledCommands, type NewCommand } from '../journal/commands.ts'
import type { JournalRoom } from './journal-room.ts'

/** The commands of the journal that stand over the server's rows in the cache, and how they get there and off again. */
export interface ShownCommands {
  pending(): readonly PendingCommand[]
  /** Why the rule refuses a command on what is known here; null: it does not. */
  refusalOf(command: NewCommand): Refusal | null
  /** Shows commands that were just journalled. */
  show(commands: readonly PendingCommand[]): Touched
  /** Reads the journal anew and shows what is still pending: takes off what was settled, refused or dropped. */
  reload(): Touched
  /** Reads the journal anew and changes nothing in the cache: only the numbers are others. */
  renumbered(): void
  /** Settles what the cache holds for good by now. */
  settle(): Touched
  /** Brings another cache in line with the journal: what it holds already is settled, the rest shows over it. */
  settleOnto(): Touched
}

export function createShownCommands(files: OpenedFiles, room: JournalRoom): ShownCommands {
  const stillPending = () => pendingOf(unsettledCommands(files.journal))
  let pending: readonly PendingCommand[] = stillPending()

  function inCache(work: (touched: ReturnType<typeof createTouchLog>) => void): Touched {
    const touched = createTouchLog(files.cache)
    files.cache.transaction(() => work(touched))
    return touched.result()
  }
  function reload(): Touched {
    pending = stillPending()
    return inCache((touched) => rebase(files.cache, pending, touched))
  }
  function settle(): Touched {
    const settled = settledCommands(files.cache, unsettledCommands(files.journal))
    if (settled.length === 0) return nothingTouched
    room.write(() => markSettled(files.journal, settled))
    return reload()
  }

  return {
    pending: () => pending,
    refusalOf: (command) => {
      const effect = effectOf(files.cache, { ...command, seq: 0 })
      if (effect.kind !== 'refused') return null
      // While the first snapshot loads, a row that is not here is no reason: the server knows.
      const complete = cachePlace(files.cache).epoch !== null
      return complete || !effect.error.code.endsWith('_UNKNOWN') ? effect.error : null
    },
    show: (commands) => {
      pending = [...pending, ...commands]
      return inCache((touched) => {
        for (const command of commands) showCommand(files.cache, command, touched)
      })
    },
    reload,
    renumbered: () => {
      pending = stillPending()
    },
    settle,
    settleOnto: () => {
      const settled = settle()
      return settled === nothingTouched ? reload() : settled
    },
  }
}
