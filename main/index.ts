import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, dialog, ipcMain, session } from 'electron'
import { v7 as uuidv7 } from 'uuid'
import { RefusalError, sentence } from '../protocol/errors.ts'
import { readStartArguments } from './calls/deep-link.ts'
import { readShellArguments } from './host/host-arguments.ts'
import { readyAfterSignIn } from './host/ready-after-sign-in.ts'
import { createDispatcher } from './ipc/dispatcher.ts'
import { serveElectronIpc } from './ipc/electron-ipc.ts'
import { createLog, inBackground } from './log.ts'
import { registerAppScheme, serveScreens } from './platform/app-protocol.electron.ts'
import { takeDeepLinks } from './platform/deep-links.electron.ts'
import { createKeychainStore } from './platform/keychain-store.electron.ts'
import { guardContents, guardSession } from './security/guard-contents.ts'
import { openMainWindow, revealMainWindow } from './windows/main-window.ts'
import { startWorkstation } from './workstation.ts'

// Composition root: the workstation in Electron.

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const log = createLog((line) => process.stderr.write(`${line}\n`), Date.now)
const waiting: (readonly string[])[] = [process.argv.slice(1)]
let take = (args: readonly string[]): void => { waiting.push(args) }

app.enableSandbox()
registerAppScheme()
const options = readShellArguments(process.argv.slice(1), process.env)
if (options.dataFolder) app.setPath('userData', options.dataFolder)
app.on('web-contents-created', (_event, contents) => guardContents(contents))

if (takeDeepLinks((args) => {
  revealMainWindow(BrowserWindow.getAllWindows()[0])
  take(args)
})) inBackground(log, start().catch(endWithSentence), 'start')
else app.quit()

async function start(): Promise<void> {
  await app.whenReady()
  guardSession(session.defaultSession)
  serveScreens(here('../renderer'))
  const dataFolder = join(app.getPath('userData'), 'desk')
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const core = await startWorkstation({
    dataFolder, serverUrl: options.serverUrl, secretStore: createKeychainStore(join(dataFolder, 'files.key.sealed'), join(dataFolder, 'files.key')), log,
    appVersion: app.getVersion(), deviceLabel: hostname().slice(0, 100), newId: () => uuidv7(), randomHex: () => randomBytes(32).toString('hex'),
    random: Math.random, workerEntries: { writer: new URL('./writer-thread.js', import.meta.url), reader: new URL('./reader-thread.js', import.meta.url) },
  })
  const ipc = serveElectronIpc(ipcMain, createDispatcher(core, log, () => uuidv7()), log)
  let stopped = false
  app.on('before-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    inBackground(log, core.stop().finally(() => {
      stopped = true
      app.quit()
    }), 'stop')
  })
  app.on('window-all-closed', () => app.quit())
  // A launcher that was killed with -9 closes its channel and nothing else.
  process.once('disconnect', () => app.quit())
  const { identity, expired } = await core.queries.session({})
  if (options.signIn && (identity?.login !== options.signIn.login || expired)) await core.actions['session.signIn'](options.signIn)
  if (options.ready) readyAfterSignIn(core)
  await openMainWindow(BrowserWindow, here('../preload/index.cjs'), (contents) => ipc.attach(contents))
  take = (args) => {
    const link = readStartArguments(args)
    if (link) inBackground(log, core.takeLink(link), 'take link')
  }
  for (const args of waiting.splice(0)) take(args)
}

function endWithSentence(error: unknown): void {
  log.error('start failed', error)
  dialog.showErrorBox('Ringside', error instanceof RefusalError ? sentence(error.refusal) : 'Ringside could not start. Its log says more.')
  app.exit(1)
}
