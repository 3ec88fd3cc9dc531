import type { BrowserWindow } from 'electron'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

export interface ReviveOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly log: Log
  /** The page crashed several times in a short while: the user is told, and the page is not loaded again. */
  readonly onGivenUp: () => void
}

const TIMES = 3
const WITHIN_MS = 60_000
/** A page that still does not answer this long after the system noticed it will not recover on its own. */
const PATIENCE_MS = 20_000

/**
 * Loads the window's page again when it crashed or does not answer. The core goes on meanwhile: the new page shows the
 * calls again, and what was typed, up to the last key that was saved.
 */
export function reviveWindow(
  window: Pick<BrowserWindow, 'on' | 'isDestroyed'> & {
    readonly webContents: Pick<BrowserWindow['webContents'], 'on' | 'reload' | 'forcefullyCrashRenderer'>
  },
  { clock, log, onGivenUp }: ReviveOptions,
): void {
  const { webContents } = window
  let deaths: number[] = []
  let cancelPatience = () => {}

  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    cancelPatience()
    if (reason === 'clean-exit' || window.isDestroyed()) return
    log.info('the page is gone', { reason, exitCode })
    const now = clock.now()
    deaths = [...deaths.filter((at) => at > now - WITHIN_MS), now]
    if (deaths.length > TIMES) onGivenUp()
    else webContents.reload()
  })
  window.on('unresponsive', () => {
    log.info('the page does not answer')
    cancelPatience()
    cancelPatience = clock.after(PATIENCE_MS, () => {
      if (!window.isDestroyed()) webContents.forcefullyCrashRenderer()
    })
  })
  window.on('responsive', () => cancelPatience())
  window.on('closed', () => cancelPatience())
}
