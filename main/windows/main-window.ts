import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import { APP_ORIGIN } from '../security/origin.ts'
import { webPreferences } from '../security/web-preferences.ts'

/**
 * The options of the main window: made for office screens of 1366 × 768 and larger, and shown only when it has
 * something to show.
 */
export const mainWindowOptions = (preload: string, devTools = false): BrowserWindowConstructorOptions => ({
  width: 1366,
  height: 768,
  minWidth: 900,
  minHeight: 500,
  useContentSize: true,
  show: false,
  title: 'Ringside',
  autoHideMenuBar: true,
  webPreferences: { ...webPreferences, preload, devTools },
})

type OpenedWindow = Pick<BrowserWindow, 'on' | 'once' | 'isDestroyed' | 'loadURL' | 'show' | 'webContents'>

/** Opens the window. After that it never takes the focus again: a user who is typing elsewhere goes on typing. */
export function openMainWindow(
  Window: new (options: BrowserWindowConstructorOptions) => OpenedWindow,
  preload: string,
  attach: (window: OpenedWindow) => void,
  devTools = false,
): Promise<void> {
  const window = new Window(mainWindowOptions(preload, devTools))
  attach(window)
  window.once('ready-to-show', () => window.show())
  return window.loadURL(`${APP_ORIGIN}/`)
}

/** Makes the window visible when a second start was handed over; the focus stays where it is. */
export function revealMainWindow(
  window: Pick<BrowserWindow, 'isMinimized' | 'restore' | 'showInactive' | 'flashFrame'> | undefined,
): void {
  if (!window) return
  if (window.isMinimized()) window.restore()
  window.showInactive()
  window.flashFrame(true)
}
