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

/** How customers who were erased leave this device. Each step may be done again; only `erasuresConfirmed` ends them. */
export const erasureWrites = (files: OpenedFiles, folder: string, room: JournalRoom, shown: ShownCommands) => ({
  /** Erasures of this epoch up to this number are done here and confirmed. */
  erasurePlace: (epoch: string): number => erasurePlace(files.journal, epoch),
  /** Takes everything of these customers out of both files. Their bytes may be there until `cleanFiles`. */
  scrub: (epoch: string, erased: readonly Erased[]): Touched[] => {
    room.write(() => {
      noteErasures(files.journal, epoch, erased)
      scrubJournal(files.journal, erased)
    })
    return [shown.reload(), scrubCache(files.cache, erased)]
  },
  /** Leaves no bytes of what was scrubbed in either file or its log. Lets other calls in between; throws where a reader is in the way. */
  cleanFiles: async (): Promise<void> => {
    await cleanCache(files.cache)
    await cleanJournal(files.journal)
  },
  /** Damaged journals that were set aside here: no program touches them, and nobody knows what they hold. */
  setAside: (): number => readdirSync(folder).filter((name) => /^journal-damaged-.*\.db$/.test(name)).length,
  /** The center has the receipt. */
  erasuresConfirmed: (erasureIds: readonly string[]): void => room.write(() => markConfirmed(files.journal, erasureIds)),
})
