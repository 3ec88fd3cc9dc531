import { startWorkers, type WorkersOptions } from '../db/worker/start-workers.ts'
import type { Refusal, Result } from '../protocol/errors.ts'
import { buildCore, type CoreOptions } from './build-core.ts'
import type { DeepLink } from './calls/deep-link.ts'
import { systemClock, type Clock } from './clock.ts'
import { createEvents, type Events } from './events.ts'
import { filesKey } from './secrets/files-key.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import type { ActionAnswers } from './services/action-answers.ts'
import type { CommandDesk } from './services/command-desk.ts'
import { createLiveQueries, type LiveQueries } from './services/live-queries.ts'
import type { Queries } from './services/queries.ts'
import { everyTopic } from './services/topics.ts'

export interface WorkstationOptions extends Omit<CoreOptions, 'clock' | 'secretStore'> {
  readonly secretStore: SecretStore
  /** The system's clock, where none is given. */
  readonly clock?: Clock
  readonly workerEntries?: NonNullable<WorkersOptions['entries']>
}

/** The core of a workstation without a shell: both shells and every window talk to it. */
export interface Workstation {
  readonly queries: Queries
  readonly actions: ActionAnswers
  readonly run: CommandDesk['run']
  readonly live: LiveQueries
  readonly on: Events['on']
  /** Opens a call from a link or the command line. */
  takeLink(link: Result<DeepLink>): Promise<void>
  /** Shows a short notice on the screens that disappears after a while. */
  tell(refusal: Refusal): void
  stop(): Promise<void>
}

/**
 * Opens the files and builds a workstation over them. It goes on where it was, whether a user is signed in or not, and
 * needs no server to start. Throws FILE_NEWER where a later version wrote the files.
 */
export async function startWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const { log, clock = systemClock } = options
  const events = createEvents()
  const live = createLiveQueries({ clock, log })
  // A thread may die before the core is built that has to be told.
  let onBack = { reader: () => {}, writer: () => {} }
  const workers = await startWorkers({
    files: await filesOptions(options),
    ...(options.workerEntries ? { entries: options.workerEntries } : {}),
    onRestart: (which, error) => {
      log.error('thread started again', error, { which })
      live.touch(everyTopic)
      onBack[which]()
    },
  })
  const core = await buildCore({ ...options, clock }, workers, events, live)
  onBack = { reader: core.onReaderBack, writer: core.onWriterBack }
  core.start()
  return {
    queries: core.queries,
    actions: core.actions,
    run: core.run,
    live,
    on: events.on,
    takeLink: core.takeLink,
    tell: core.tell,
    stop: async () => {
      const stopped = core.stop()
      live.stop()
      await stopped
      await workers.stop()
    },
  }
}

const filesOptions = async (options: WorkstationOptions): Promise<WorkersOptions['files']> => ({
  folder: options.dataFolder,
  journalKeyHex: await filesKey(options.secretStore, options.randomHex),
  newKeyHex: [options.randomHex(), options.randomHex(), options.randomHex()],
  stamp: options.newId().slice(0, 13),
})
