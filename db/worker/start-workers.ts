import { extname } from 'node:path'
import type { FilesOptions } from '../files/open-files.ts'
import type { Remote } from './port.ts'
import type { ReaderCalls, ReaderOptions } from './reader.ts'
import type { RekeyCalls, RekeyOptions } from './rekey-thread.ts'
import { startThread } from './thread.ts'
import type { WriterCalls } from './writer.ts'

export interface WorkersOptions {
  readonly files: FilesOptions
  /** Entry files to use instead of those beside this file. */
  readonly entries?: { readonly writer: URL; readonly reader: URL }
  /** A thread died and was started again. */
  readonly onRestart: (which: 'writer' | 'reader', error: Error) => void
}

export interface Workers {
  readonly writer: Remote<WriterCalls>
  readonly reader: Remote<ReaderCalls>
  /** Encrypts a file of the folder, which nobody has open, with another key (`db/open.ts`). */
  changeKey(path: string, keyHex: string, newKeyHex: string): Promise<void>
  /** Makes the reader use the writer's present cache. */
  followCache(): Promise<void>
  stop(): Promise<void>
}

/** A thread's file, of the same kind as this one: TypeScript source or built. */
const beside = (name: string) => new URL(`./${name}${extname(import.meta.url)}`, import.meta.url)

/** Starts the writing and the reading thread over one folder. Throws FILE_NEWER when a file is from a later version. */
export async function startWorkers({ files, entries, onRestart }: WorkersOptions): Promise<Workers> {
  const writer = startThread<WriterCalls>({
    entry: entries?.writer ?? beside('writer-thread'),
    data: () => files,
    onRestart: (error) => onRestart('writer', error),
  })
  let cache: ReaderOptions['cache']
  try {
    cache = await writer.calls.cacheFile()
  } catch (error) {
    await writer.stop()
    throw error
  }
  const reader = startThread<ReaderCalls>({
    entry: entries?.reader ?? beside('reader-thread'),
    data: () => ({ folder: files.folder, journalKeyHex: files.journalKeyHex, cache }) satisfies ReaderOptions,
    onRestart: (error) => onRestart('reader', error),
  })
  return {
    writer: writer.calls,
    reader: reader.calls,
    changeKey: async (path, keyHex, newKeyHex) => {
      const thread = startThread<RekeyCalls>({
        entry: beside('rekey-thread'),
        data: () => ({ path, keyHex, newKeyHex }) satisfies RekeyOptions,
        onRestart: () => undefined,
      })
      try {
        await thread.calls.changeKey()
      } finally {
        await thread.stop()
      }
    },
    followCache: async () => {
      cache = await writer.calls.cacheFile()
      await reader.calls.useCache(cache)
      await writer.calls.removeOldCaches()
    },
    stop: async () => {
      await reader.stop()
      await writer.stop()
    },
  }
}
