import { readdirSync } from 'node:fs'
import type { Erased } from '../../protocol/wire.ts'
import type { Touched } from '../apply/touched.ts'
import { cleanCache, cleanJournal } from '../erase/clean-files.ts'
import { scrubCache } from '../erase/scrub-cache.ts'
import { scrubJournal } from '../erase/scrub-journal.ts'
import type { OpenedFiles } from '../files/open-files.ts'
import { erasurePlace, markConfirmed, noteErasures } from '../journal/erasures.ts'
import type { JournalRoom } from './journal-room.ts'
import type { ShownCommands } from './shown-commands.ts'

/** Removes erased customers from this device. Each step may be repeated; only `erasuresConfirmed` ends them. */
export const erasureWrites = (files: OpenedFiles, folder: string, room: JournalRoom, shown: ShownCommands) => ({
  /** The number up to which erasures of this epoch are done here and confirmed. */
  erasurePlace: (epoch: string): number => erasurePlace(files.journal, epoch),
  /** Removes everything about these customers from both files. Their bytes may remain until `cleanFiles`. */
  scrub: (epoch: string, erased: readonly Erased[]): Touched[] => {
    room.write(() => {
      noteErasures(files.journal, epoch, erased)
      scrubJournal(files.journal, erased)
    })
    return [shown.reload(), scrubCache(files.cache, erased)]
  },
  /**
   * Removes the bytes of what was scrubbed from both files and their write-ahead logs. It lets other calls in between,
   * and throws where a reader is in the way.
   */
  cleanFiles: async (): Promise<void> => {
    await cleanCache(files.cache)
    await cleanJournal(files.journal)
  },
  /** Counts the damaged journals that were set aside here: no program touches them, and nobody knows what they hold. */
  setAside: (): number => readdirSync(folder).filter((name) => /^journal-damaged-.*\.db$/.test(name)).length,
  /** The server has received the confirmation. */
  erasuresConfirmed: (erasureIds: readonly string[]): void =>
    room.write(() => markConfirmed(files.journal, erasureIds)),
})
