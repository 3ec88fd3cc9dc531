import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DEMO_LOGIN, DEMO_PASSWORD } from '../demo/sign-in.ts'
import { claimInstance } from '../main/host/single-instance.ts'
import { onAskedToEnd } from '../server/asked-to-end.ts'
import { makeFolder } from '../server/db/make-folder.ts'
import { runningPostgresPid } from '../server/db/running-postgres.ts'
import { asStartError } from '../server/db/start-error.ts'
import { browserHost, isBuilt, screens, workstation } from './built.ts'
import { fillDatabase } from './fill-database.ts'
import { provideElectron } from './provide-electron.ts'
import { keepRunning } from './keep-running.ts'
import { openWhatHostSays } from './open-address.ts'
import { dataFolder, root, serverPort } from './paths.ts'
import { createProcesses, processLine } from './processes.ts'

/**
 * If Electron ends with an error sooner than this, it cannot run here: as root, or without the libraries of a desktop.
 */
const ELECTRON_LIVES_MS = 10_000

const hints = `  signed in as ${DEMO_LOGIN}; everyone's password in the demo is "${DEMO_PASSWORD}"
  a colleague beside it:   npm run ringside -- workstation --as chen
  a call without the server: npm run ringside -- call NUMBER
  one more window:         npm run ringside -- open
  Ctrl+C ends everything.`

// Everything on one machine: the demo data, loaded once; the server with its simulated telephone system; and a
// workstation that is signed in.
const processes = createProcesses()
const ending = new AbortController()
const isStopping = () => ending.signal.aborted
/** The database that is open in this process while the demo is built; it has to be closed before this process ends. */
let building: Promise<void> = Promise.resolve()
const stop = async (code: number) => {
  if (isStopping()) return
  ending.abort()
  await building.catch(() => undefined)
  await processes.stop()
  process.exit(code)
}
onAskedToEnd(() => void stop(0))

try {
  await start()
} catch (error) {
  if (!isStopping()) console.error((asStartError(error) ?? (error as Error)).message)
  await stop(1)
}

async function start(): Promise<void> {
  const port = serverPort()
  const folder = dataFolder()
  await provideFolder(folder)
  const serverFolder = join(folder, 'server')
  if (!existsSync(join(serverFolder, 'postgres'))) console.log('Ringside: first start, this takes a minute.')

  // The build and Electron are prepared while the database is filled.
  const built = [workstation, screens].every(isBuilt)
    ? Promise.resolve(0)
    : processes.start('the build', process.execPath, [join(root, 'launch', 'run.mjs'), 'build']).ended
  const electron = provideElectron(processes, built)
  building = fillDatabase(serverFolder, ending.signal)
  await building
  if (isStopping()) return
  const server = keepServer(serverFolder, port)
  if ((await built) !== 0) throw new Error('The workstation could not be built. The lines above say why.')
  const desk = join(folder, `workstation-${DEMO_LOGIN}`)
  // A workstation that was signed in before can open without the server; the first sign-in needs it.
  if (![desk, join(desk, 'desk')].some((place) => existsSync(join(place, 'journal.db')))) await server.up
  if (isStopping()) return
  await Promise.all([server.ended, keepWorkstation(await electron, `http://127.0.0.1:${port}`, desk)])
  await stop(0)
}

/** Only one start at a time may use a data folder: two would create, fill and serve the same database. */
async function provideFolder(folder: string): Promise<void> {
  makeFolder(folder)
  makeFolder(join(folder, 'server'))
  const instance = await claimInstance(folder, [], () => null)
  if (instance.kind === 'second')
    throw new Error(
      `Ringside runs already with the data folder ${folder}. One more window: npm run ringside -- open. Another Ringside beside it needs a folder of its own in RINGSIDE_DATA and a port in PORT.`,
    )
}

/**
 * `up` resolves when the server listens, `ended` when it was told to end; both reject with a sentence if the server
 * cannot go on.
 */
function keepServer(folder: string, port: number): { up: Promise<void>; ended: Promise<void> } {
  let wasUp = false
  let tellUp = () => {}
  const listens = new Promise<void>((resolve) => {
    tellUp = resolve
  })
  const keep = async (): Promise<void> => {
    const how = await keepRunning({
      name: 'The server',
      meanwhile: 'the desk goes on, and sends what is written when it is back.',
      isStopping,
      wasUp: () => wasUp,
      launch: () => {
        const server = processes.start('the server', process.execPath, [join(root, 'server', 'index.ts')], {
          env: { RINGSIDE_DATA: folder, PORT: String(port) },
          onMessage: (message) => {
            if (message !== 'listening') return
            console.log(processLine('the server', server.child.pid))
            const postgres = process.env.DATABASE_URL ? null : runningPostgresPid(folder)
            if (postgres !== null) console.log(processLine('PostgreSQL', postgres))
            wasUp = true
            tellUp()
          },
        })
        return server
      },
    })
    if (isStopping()) return
    if (how === 'failed') throw new Error('The server could not start. The line above says why and what to do.')
    console.log(
      'The server was ended. The desk goes on without it and keeps what is written. To have both again: Ctrl+C, then npm start.',
    )
  }
  const ended = keep()
  const up = Promise.race([listens, ended])
  for (const promise of [up, ended]) promise.catch(() => undefined)
  return { up, ended }
}

/**
 * Runs the workstation in Electron where its runtime is available, otherwise in the default browser. Resolves when it
 * was told to end; rejects with a sentence.
 */
async function keepWorkstation(electron: string | null, url: string, folder: string): Promise<void> {
  const options = ['--server', url, '--data', folder, '--server-moved', '--sign-in', DEMO_LOGIN, '--ready']
  const env = { RINGSIDE_PASSWORD: DEMO_PASSWORD }
  let wasUp = false
  const inBrowser = (opens: boolean) => {
    const host = processes.start('the workstation', process.execPath, [browserHost, ...options], {
      env,
      onLine: (line) => {
        console.log(line)
        if (line.includes('http://') && opens) console.log(hints)
      },
      onMessage: (message) => {
        console.log(processLine('the workstation', host.child.pid))
        wasUp = true
        // An open window reconnects to its core automatically.
        if (opens) openWhatHostSays(message)
      },
    })
    return host
  }
  const window = (program: string) => {
    const started = processes.start('Electron', program, [root, ...options], { env })
    const lives = setTimeout(() => {
      console.log(processLine('the workstation', started.child.pid))
      wasUp = true
    }, ELECTRON_LIVES_MS)
    void started.ended.then(() => clearTimeout(lives))
    return started
  }
  const how = await keepRunning({
    name: 'The workstation',
    meanwhile: 'its window comes back by itself, and nothing that was typed is lost.',
    isStopping,
    wasUp: () => wasUp,
    launch: () => (electron ? window(electron) : inBrowser(!wasUp)),
  })
  if (isStopping()) return
  if (how === 'failed' && electron) {
    console.error('Electron does not start here (the lines above say why); Ringside opens in the browser.')
    return keepWorkstation(null, url, folder)
  }
  if (how === 'failed') throw new Error('The workstation could not start. The line above says why.')
  if (electron) await stop(0)
  console.log('The workstation was ended; the server goes on. Ctrl+C ends it.')
}
