import type { AppUpdater } from 'electron-updater'
import type { Refusal } from '../../protocol/errors.ts'
import type { Clock } from '../clock.ts'
import { inBackground, type Log } from '../log.ts'

export interface UpdatesOptions {
  readonly updater: Pick<
    AppUpdater,
    'on' | 'checkForUpdates' | 'quitAndInstall' | 'autoDownload' | 'autoInstallOnAppQuit' | 'logger'
  >
  readonly clock: Pick<Clock, 'after'>
  readonly log: Log
  /** Whether the agent is in a call, or something typed or entered has not reached the server. */
  readonly isBusy: () => Promise<boolean>
  readonly tell: (refusal: Refusal) => void
}

/**
 * Newer versions of this program: they are downloaded and verified without disturbing anyone, and installed only when
 * the user closes the program.
 */
export interface Updates {
  start(): void
  stop(): void
  /**
   * Call this when the program is about to end, before its core stops: returns whether the update may be installed now.
   */
  mayInstall(): Promise<boolean>
  /** Ends the program and installs the update. */
  install(): void
}

const FIRST_MS = 60_000
const EVERY_MS = 4 * 3_600_000

export function createUpdates({ updater, clock, log, isBusy, tell }: UpdatesOptions): Updates {
  let ready: string | null = null
  let cancel = () => {}
  updater.autoDownload = true
  // The updater's own installation on quit would not check whether there is a call.
  updater.autoInstallOnAppQuit = false
  // The updater's log contains addresses and paths; its events tell what we need.
  updater.logger = null
  updater.on('update-downloaded', ({ version }) => {
    if (ready === version) return
    ready = version
    log.info('update ready', { version })
    tell({ code: 'UPDATE_READY', params: { version } })
  })
  updater.on('error', (error) => log.error('update failed', error))

  const look = (ms: number): void => {
    cancel = clock.after(ms, () => {
      look(EVERY_MS)
      // The 'error' event reports failures as well.
      inBackground(
        log,
        updater.checkForUpdates().then((found) => found?.downloadPromise ?? null),
        'look for updates',
      )
    })
  }
  return {
    start: () => look(FIRST_MS),
    stop: () => cancel(),
    mayInstall: async () => ready !== null && !(await isBusy()),
    install: () => updater.quitAndInstall(true, false),
  }
}
