import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, dialog, ipcMain, Menu, session } from 'electron'
import { v7 as uuidv7 } from 'uuid'
import { providePrivateFolder } from '../db/files/private-folder.ts'
import { readStartArguments } from './calls/deep-link.ts'
import { readShellArguments } from './host/host-arguments.ts'
import { onLauncherGone } from './host/on-launcher-gone.ts'
import { readyAfterSignIn } from './host/ready-after-sign-in.ts'
import { signInAtStart } from './host/sign-in-at-start.ts'
import { createDispatcher } from './ipc/dispatcher.ts'
import { serveElectronIpc } from './ipc/electron-ipc.ts'
import { systemClock } from './clock.ts'
import { openLogFile } from './log-file.ts'
import { createLog, inBackground } from './log.ts'
import { registerAppScheme, serveScreens } from './platform/app-protocol.electron.ts'
import { takeDeepLinks } from './platform/deep-links.electron.ts'
import { createKeychainStore } from './platform/keychain-store.electron.ts'
import { guardContents, guardSession } from './security/guard-contents.ts'
import { isBusy } from './updates/is-busy.ts'
import { createUpdates } from './updates/updates.ts'
import { menuTemplate } from './windows/application-menu.ts'
import { openMainWindow, revealMainWindow } from './windows/main-window.ts'
import { reviveWindow } from './windows/revive-window.ts'
import { startSentence, startWords, systemLanguage, type StartLanguage } from './start-sentence.ts'
import { startWorkstation } from './workstation.ts'

// Composition root: the workstation in Electron.

type ShellOptions = ReturnType<typeof readShellArguments>

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
let toFile = (_line: string): void => {}
const log = createLog((line) => {
  process.stderr.write(`${line}\n`)
  toFile(line)
}, Date.now)
const waiting: (readonly string[])[] = [process.argv.slice(1)]
/** The folder of the files, once it is known. */
let folder: string | null = null
let take = (args: readonly string[]): void => {
  waiting.push(args)
}

// Where nobody reads our output any more (the launcher was killed), the program must go on and end in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
app.enableSandbox()
registerAppScheme()
app.on('web-contents-created', (_event, contents) => guardContents(contents))

const options = readOptions()
if (options) {
  if (options.dataFolder) app.setPath('userData', options.dataFolder)
  const first = takeDeepLinks((args) => {
    revealMainWindow(BrowserWindow.getAllWindows()[0])
    take(args)
  })
  if (first)
    inBackground(
      log,
      start(options).catch((error: unknown) => endWith(error)),
      'start',
    )
  else app.quit()
}

/** Reads the command line; null where it cannot be used: then the program says so and ends. */
function readOptions(): ShellOptions | null {
  try {
    return readShellArguments(process.argv.slice(1), process.env)
  } catch (error) {
    // Electron can show a dialog only when it is ready.
    inBackground(
      log,
      app.whenReady().then(() => endWith(error, (error as Error).message)),
      'say why',
    )
    return null
  }
}

async function start(options: ShellOptions): Promise<void> {
  await app.whenReady()
  // Listen before the first slow step: opening the files takes a while.
  onLauncherGone(() => app.quit())
  guardSession(session.defaultSession)
  serveScreens(here('../renderer'))
  const dataFolder = join(app.getPath('userData'), 'desk')
  folder = dataFolder
  // Files that are made from here on belong to this user alone; `providePrivateFolder` makes the existing ones private
  // too.
  process.umask(0o077)
  providePrivateFolder(dataFolder)
  toFile = openLogFile(dataFolder)
  const menu = menuTemplate(process.platform)
  Menu.setApplicationMenu(menu && Menu.buildFromTemplate(menu))
  const core = await startWorkstation({
    dataFolder,
    serverUrl: options.serverUrl,
    ...(options.serverMoved ? { serverMoved: true } : {}),
    secretStore: createKeychainStore(join(dataFolder, 'files.key.sealed'), join(dataFolder, 'files.key')),
    log,
    appVersion: app.getVersion(),
    deviceLabel: hostname().slice(0, 100),
    newId: () => uuidv7(),
    randomHex: () => randomBytes(32).toString('hex'),
    random: Math.random,
  })
  const ipc = serveElectronIpc(
    ipcMain,
    createDispatcher(core, log, () => uuidv7()),
    log,
  )
  // Only a packaged program has newer versions. The updater is imported here because it needs Electron as soon as it is
  // loaded.
  const updates = app.isPackaged
    ? createUpdates({
        updater: (await import('electron-updater')).default.autoUpdater,
        clock: systemClock,
        log,
        isBusy: () => isBusy(core.queries),
        tell: core.tell,
      })
    : null
  updates?.start()
  let stopped = false
  app.on('before-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    inBackground(
      log,
      (async () => {
        updates?.stop()
        const install = (await updates?.mayInstall().catch(() => false)) ?? false
        await core.stop().finally(() => {
          stopped = true
        })
        if (install) updates?.install()
        else app.quit()
      })(),
      'stop',
    )
  })
  app.on('window-all-closed', () => app.quit())
  if (options.signIn)
    await signInAtStart(
      core,
      options.signIn,
      (line) => process.stderr.write(`${line}\n`),
      (work) => inBackground(log, work, 'sign in'),
    )
  if (options.ready) readyAfterSignIn(core)
  await openMainWindow(
    BrowserWindow,
    here('../preload/index.cjs'),
    (window) => {
      ipc.attach(window.webContents)
      reviveWindow(window, { clock: systemClock, log, onGivenUp: giveUp })
    },
    !app.isPackaged,
  )
  take = (args) => {
    const link = readStartArguments(args)
    if (link) inBackground(log, core.takeLink(link), 'take link')
  }
  for (const args of waiting.splice(0)) take(args)
}

/** The page crashed several times in a short while: loading it once more would only crash again. */
function giveUp(): void {
  dialog.showErrorBox('Ringside', startWords[systemLanguage(process.env)].pageDies.replace('{folder}', folder ?? ''))
  app.quit()
}

/** Says why the program cannot start: on standard error in English, and in a dialog in the language of this machine. */
function endWith(error: unknown, why: string | null = null): void {
  log.error('start failed', error)
  const text = (language: StartLanguage) => why ?? startSentence(error, folder, language) ?? startWords[language].failed
  process.stderr.write(`${text('en')}\n`)
  dialog.showErrorBox('Ringside', text(systemLanguage(process.env)))
  app.exit(1)
}
