import { cleanJournal, StillReadError } from '../erase/clean-files.ts'
import { cachePlace, type CachePlace } from '../files/cache-file.ts'
import { openFiles, type FilesOptions, type OpenedFiles } from '../files/open-files.ts'
import { ballastOf, giveUpBallast, isDiskFull, isTight } from '../journal/ballast.ts'
import { deleteMeta, writeMeta } from '../schema/meta.ts'
import { cacheWrites } from './cache-writes.ts'
import { commandWrites } from './command-writes.ts'
import { erasureWrites } from './erasure-writes.ts'
import { draftWrites } from './draft-writes.ts'
import { createJournalRoom } from './journal-room.ts'
import { scopeWrites } from './scope-writes.ts'
import { createShownCommands } from './shown-commands.ts'

export interface Opened {
  readonly salvaged: { readonly file: string; readonly saved: number } | null
  readonly cacheRebuilt: boolean
  readonly place: CachePlace
  readonly remembered: Readonly<Record<string, string>>
}

/** The only writer of both files. */
export function createWriter(options: FilesOptions) {
  // On a full disk even opening the files needs the space that the ballast holds.
  if (isTight(options.folder)) giveUpBallast(ballastOf(options.folder))
  return createWriterOn(openFiles(options), options.folder)
}

/** The writer of files that are already open. Every function is one transaction of each file, the journal first. */
export function createWriterOn(files: OpenedFiles, folder: string) {
  const { journal } = files
  const room = createJournalRoom(folder, journal)
  const shown = createShownCommands(files, room)
  // Commands that were in the journal when the process died may not show in the cache yet, or only in part.
  shown.settleOnto()
  // If that had to start another cache, the damaged one is no longer needed.
  files.removeOthers()

  return {
    opened: (): Opened => ({
      salvaged: files.salvaged,
      cacheRebuilt: files.cacheRebuilt,
      place: cachePlace(files.cache),
      remembered: Object.fromEntries(
        journal.all<{ key: string; value: string }>('SELECT * FROM "meta"').map(({ key, value }) => [key, value]),
      ),
    }),
    remember: (facts: Readonly<Record<string, string | null>>) => {
      room.write(() => {
        for (const [key, value] of Object.entries(facts)) {
          if (value === null) deleteMeta(journal, key)
          else writeMeta(journal, key, value)
        }
      })
    },
    /**
     * Removes the sign-in and its key, down to the bytes: otherwise the pages and the write-ahead log would keep the
     * key for anyone who can read them.
     */
    forgetSignIn: async () => {
      room.write(() => deleteMeta(journal, 'session'))
      // The sign-in is removed. Its bytes are removed later if a reader still uses the log or the disk is full.
      await cleanJournal(journal).catch((error: unknown) => {
        if (!(error instanceof StillReadError || isDiskFull(error))) throw error
      })
    },
    alarm: () => room.alarm(),
    ...draftWrites(journal, room),
    ...commandWrites(journal, room, shown),
    ...cacheWrites(files, shown),
    ...scopeWrites(files, shown),
    ...erasureWrites(files, folder, room, shown),
    close: () => files.close(),
  }
}

export type WriterCalls = ReturnType<typeof createWriter>
