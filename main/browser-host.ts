import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { providePrivateFolder } from '../db/files/private-folder.ts'
import { RefusalError } from '../protocol/errors.ts'
import { readStartArguments } from './calls/deep-link.ts'
import { readHostArguments } from './host/host-arguments.ts'
import { withNumberOnInput } from './host/number-on-input.ts'
import { createHostMemory, recallHost } from './host/host-memory.ts'
import { onLauncherGone } from './host/on-launcher-gone.ts'
import { readyAfterSignIn } from './host/ready-after-sign-in.ts'
import { createPasses } from './host/passes.ts'
import { signInAtStart } from './host/sign-in-at-start.ts'
import { startScreenServer } from './host/screen-server.ts'
import { claimInstance, tellInstance } from './host/single-instance.ts'
import { createDispatcher } from './ipc/dispatcher.ts'
import { openLogFile } from './log-file.ts'
import { createLog, inBackground } from './log.ts'
import { createFileSecretStore } from './secrets/file-secret-store.ts'
import { startSentence, systemLanguage } from './start-sentence.ts'
import { startWorkstation } from './workstation.ts'

// Composition root: the workstation in Node, its screens in a browser of this machine.

const APP_VERSION = '0.1.0'
/** The built screens, seen from the sources or from the built program. */
const builtScreens = new URL(extname(import.meta.url) === '.ts' ? '../out/renderer' : '../renderer', import.meta.url)

/** The folder of the files, once it is known: for the sentence that says why the program cannot start. */
let folder: string | null = null

async function main(): Promise<void> {
  // Where nobody reads our output any more (a closed terminal, a pipe that ended), the program must go on and end in
  // order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const options = readHostArguments(process.argv.slice(2), process.env, { rendererFolder: fileURLToPath(builtScreens) })
  const dataFolder = resolve(options.dataFolder)
  folder = dataFolder
  if (options.open) {
    await openRunning(dataFolder)
    return
  }
  // Files that are made from here on belong to this user alone; `providePrivateFolder` makes the existing ones private
  // too.
  process.umask(0o077)
  providePrivateFolder(dataFolder)
  let toFile = (_line: string): void => {}
  const log = createLog((line) => {
    process.stderr.write(`${line}\n`)
    toFile(line)
  }, Date.now)

  const early: string[][] = []
  let take = (args: string[]): string | null => {
    early.push(args)
    return null
  }
  const asked = await withNumberOnInput(options.rest, process.stdin)
  const instance = await claimInstance(dataFolder, asked, (args) => take(args))
  if (instance.kind === 'second') {
    const link = readStartArguments(asked)
    if (link && !link.ok) throw new RefusalError(link.error.code, link.error.params)
    process.stdout.write('Ringside runs already; it was told.\n')
    if (!link) await openRunning(dataFolder)
    return
  }

  // Open the log file only now, because only one instance may write into this folder.
  toFile = openLogFile(dataFolder)
  const core = await startWorkstation({
    dataFolder,
    serverUrl: options.serverUrl,
    serverMoved: options.serverMoved,
    secretStore: createFileSecretStore(join(dataFolder, 'files.key')),
    log,
    appVersion: APP_VERSION,
    deviceLabel: hostname().slice(0, 100),
    newId: () => uuidv7(),
    randomHex: () => randomBytes(32).toString('hex'),
    random: Math.random,
  })
  const memoryPath = join(dataFolder, 'browser-host.json')
  const known = await recallHost(memoryPath)
  const token = newWord()
  const passes = createPasses({ browsers: known?.browsers ?? [], token, newWord, now: Date.now })
  const memory = createHostMemory(memoryPath)
  const remember = (port: number) => memory.write({ port, browsers: passes.browsers() })
  const screens = await startScreenServer({
    rendererFolder: resolve(options.rendererFolder),
    dispatcher: createDispatcher(core, log, () => uuidv7()),
    passes,
    remember,
    port: options.port ?? known?.port ?? 0,
    log,
  })
  await remember(screens.port)
  /** The addresses for a program that opens a browser for a user: one to print and one to open. */
  const addresses = (): Addresses => ({
    print: `http://127.0.0.1:${screens.port}/#token=${token}`,
    open: `http://127.0.0.1:${screens.port}/#code=${passes.newCode()}`,
  })

  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    inBackground(
      log,
      (async () => {
        await screens.stop()
        await core.stop()
        await instance.release()
        process.exit(0)
      })(),
      'stop',
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  onLauncherGone(stop)

  if (options.signIn)
    await signInAtStart(
      core,
      options.signIn,
      (line) => process.stderr.write(`${line}\n`),
      (work) => inBackground(log, work, 'sign in'),
    )
  if (options.ready) readyAfterSignIn(core)
  take = (args) => {
    if (args.includes('--open')) return JSON.stringify(addresses())
    const link = readStartArguments(args)
    if (link) inBackground(log, core.takeLink(link), 'take link')
    return null
  }
  for (const args of [asked, ...early]) take(args)
  sayAddresses(addresses())
}

const newWord = () => randomBytes(32).toString('base64url')

const Addresses = z.strictObject({ print: z.string(), open: z.string() })
type Addresses = z.infer<typeof Addresses>

/** Prints one address; the other goes over the channel to the program that started us, which opens browsers. */
function sayAddresses({ print, open }: Addresses): void {
  process.stdout.write(`Ringside is open at ${print}\n`)
  // A launcher that is ending may no longer receive it.
  if (process.connected) process.send?.({ open }, undefined, {}, () => undefined)
}

/** Asks the host that runs on this folder for an address that lets in one more browser. */
async function openRunning(dataFolder: string): Promise<void> {
  const told = existsSync(dataFolder) ? await tellInstance(dataFolder, ['--open']) : null
  if (!told) throw new Error('No Ringside runs on this data folder. Start it first: npm start')
  if (told.answer === null) throw new Error('Ringside is just starting and prints its address in a moment.')
  sayAddresses(Addresses.parse(JSON.parse(told.answer)))
}

try {
  await main()
} catch (error) {
  process.stderr.write(
    `${startSentence(error, folder) ?? (error instanceof Error ? error.message : 'Ringside could not start.')}\n`,
  )
  // The user at a terminal also gets the sentence in the system's language.
  const theirs = systemLanguage(process.env) === 'en' ? null : startSentence(error, folder, systemLanguage(process.env))
  if (theirs !== null) process.stderr.write(`${theirs}\n`)
  process.exit(1)
}
