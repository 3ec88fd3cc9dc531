import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { startWorkers, type Workers } from '../../db/worker/start-workers.ts'
import { DEMO_PASSWORD } from '../../demo/sign-in.ts'
import { builtThreads } from '../../launch/built.ts'
import { buildCore } from '../../main/build-core.ts'
import { systemClock } from '../../main/clock.ts'
import { createEvents } from '../../main/events.ts'
import { createLog } from '../../main/log.ts'
import { createFileSecretStore } from '../../main/secrets/file-secret-store.ts'
import { filesKey } from '../../main/secrets/files-key.ts'
import { createLiveQueries } from '../../main/services/live-queries.ts'
import { sentence } from '../../protocol/errors.ts'
import { unpackedChanges } from '../../db/apply/unpacked-changes.ts'
import type { Change } from '../../protocol/wire.ts'
import type { Place } from '../place.ts'

/**
 * The events of a workstation that a benchmark sees, at the port between the core and its writing thread. No extra call
 * is made for them.
 */
export interface DeskNews {
  /** A page of the feed is in the cache. */
  applied?(page: { readonly upTo: number; changes(): readonly Change[] }): void
  /** The server has acknowledged commands, and the journal holds that. */
  acknowledged?(): void
  /** A downloaded file has become the cache, and queries read it. */
  cacheIsThere?(): void
}

export interface Desk {
  readonly core: Awaited<ReturnType<typeof buildCore>>
  signIn(login: string): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a real core of a workstation over its files and threads, wired as in `main/workstation.ts`, with its files in
 * `name`.
 */
export async function openDesk(place: Place, name: string, serverUrl: string, news: DeskNews): Promise<Desk> {
  const dataFolder = join(place.folder, name)
  mkdirSync(dataFolder, { recursive: true })
  const randomHex = () => randomBytes(32).toString('hex')
  const secretStore = createFileSecretStore(join(dataFolder, 'files.key'))
  let closed = false
  // Requests that were still on their way when the workstation was closed fail, as they should.
  const log = createLog((line) => {
    if (!closed && line.includes('"level":"error"')) console.error(`${name}: ${line}`)
  }, Date.now)
  const workers = await startWorkers({
    entries: builtThreads,
    files: {
      folder: dataFolder,
      journalKeyHex: await filesKey(secretStore, randomHex),
      newKeyHex: [randomHex(), randomHex(), randomHex()],
      stamp: 'bench',
    },
    onRestart: (which, error) => log.error('thread started again', error, { which }),
  })
  const live = createLiveQueries({ clock: systemClock, log })
  const core = await buildCore(
    {
      dataFolder,
      serverUrl,
      secretStore,
      log,
      clock: systemClock,
      appVersion: 'bench',
      deviceLabel: 'bench',
      newId: () => uuid(),
      random: Math.random,
      randomHex,
    },
    listenedTo(workers, news),
    createEvents(),
    live,
  )
  core.start()
  const close = async () => {
    if (closed) return
    closed = true
    const stopped = core.stop()
    live.stop()
    await stopped
    await workers.stop()
  }
  place.atEnd(close)
  return {
    core,
    close,
    signIn: async (login) => {
      const signedIn = await core.actions['session.signIn']({ login, password: DEMO_PASSWORD })
      if (!signedIn.ok) throw new Error(sentence(signedIn.error))
    },
  }
}

function listenedTo(workers: Workers, news: DeskNews): Workers {
  const { writer } = workers
  const heard: Partial<Workers['writer']> = {
    applyPage: async (page) => {
      const applied = await writer.applyPage(page)
      news.applied?.({
        upTo: page.upTo,
        changes: () => ('packed' in page ? unpackedChanges(page.packed) : page.changes),
      })
      return applied
    },
    recordOutcomes: async (outcomes, at) => {
      const touched = await writer.recordOutcomes(outcomes, at)
      news.acknowledged?.()
      return touched
    },
  }
  return {
    reader: workers.reader,
    stop: workers.stop,
    changeKey: workers.changeKey,
    writer: new Proxy(writer, { get: (calls, name: keyof Workers['writer']) => heard[name] ?? calls[name] }),
    followCache: async () => {
      await workers.followCache()
      news.cacheIsThere?.()
    },
  }
}
