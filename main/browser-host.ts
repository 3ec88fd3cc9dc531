import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { v7 as uuidv7 } from 'uuid'
import { RefusalError, sentence } from '../protocol/errors.ts'
import { readStartArguments } from './calls/deep-link.ts'
import { readHostArguments } from './host/host-arguments.ts'
import { recallHost, rememberHost } from './host/host-memory.ts'
import { readyAfterSignIn } from './host/ready-after-sign-in.ts'
import { startScreenServer } from './host/screen-server.ts'
import { claimInstance } from './host/single-instance.ts'
import { createDispatcher } from './ipc/dispatcher.ts'
import { createLog, inBackground } from './log.ts'
import { createFileSecretStore } from './secrets/file-secret-store.ts'
import { startWorkstation } from './workstation.ts'

// Composition root: the workstation in Node, its screens in a browser of this machine.

const APP_VERSION = '0.1.0'

async function main(): Promise<void> {
  const options = readHostArguments(process.argv.slice(2), process.env, { rendererFolder: fileURLToPath(new URL('../out/renderer', import.meta.url)) })
  const dataFolder = resolve(options.dataFolder)
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const log = createLog((line) => process.stderr.write(`${line}\n`), Date.now)

  const early: string[][] = []
  let take = (args: string[]): void => { early.push(args) }
  const instance = await claimInstance(dataFolder, options.rest, (args) => take(args))
  if (instance.kind === 'second') {
    const asked = readStartArguments(options.rest)
    if (asked && !asked.ok) throw new RefusalError(asked.error.code, asked.error.params)
    process.stdout.write('Ringside runs already; it was told.\n')
    return
  }

  const core = await startWorkstation({
    dataFolder, serverUrl: options.serverUrl, secretStore: createFileSecretStore(join(dataFolder, 'files.key')), log,
    appVersion: APP_VERSION, deviceLabel: hostname().slice(0, 100), newId: () => uuidv7(), randomHex: () => randomBytes(32).toString('hex'), random: Math.random,
  })
  const memoryPath = join(dataFolder, 'browser-host.json')
  const known = await recallHost(memoryPath)
  const token = known?.token ?? randomBytes(32).toString('base64url')
  const screens = await startScreenServer({
    rendererFolder: resolve(options.rendererFolder), dispatcher: createDispatcher(core, log, () => uuidv7()), token, port: options.port ?? known?.port ?? 0, log,
  })
  await rememberHost(memoryPath, { port: screens.port, token })

  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    inBackground(log, (async () => {
      await screens.stop()
      await core.stop()
      await instance.release()
      process.exit(0)
    })(), 'stop')
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  // A launcher that was killed with -9 closes its channel and nothing else.
  process.once('disconnect', stop)

  const { identity, expired } = await core.queries.session({})
  if (options.signIn && (identity?.login !== options.signIn.login || expired)) {
    const signedIn = await core.actions['session.signIn'](options.signIn)
    if (!signedIn.ok) process.stderr.write(`${sentence(signedIn.error)}\n`)
  }
  if (options.ready) readyAfterSignIn(core)
  take = (args) => {
    const link = readStartArguments(args)
    if (link) inBackground(log, core.takeLink(link), 'take link')
  }
  for (const args of [[...options.rest], ...early]) take(args)
  process.stdout.write(`Ringside is open at ${screens.address}\n`)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof RefusalError ? sentence(error.refusal) : error instanceof Error ? error.message : 'Ringside could not start.'}\n`)
  process.exit(1)
}
