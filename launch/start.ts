import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DEMO_LOGIN } from '../demo/build/staff.ts'
import { StartError } from '../server/db/start-error.ts'
import { answering } from './answering.ts'
import { buildScreens } from './build-screens.ts'
import { provideDemo } from './demo-database.ts'
import { electronRuntime } from './electron-runtime.ts'
import { DEMO_PASSWORD } from './load-demo.ts'
import { openAddress } from './open-address.ts'
import { dataFolder, root, serverPort } from './paths.ts'
import { createProcesses } from './processes.ts'


// One machine, everything on it: demo data once, the server with its simulated telephone system, a workstation signed in.
const processes = createProcesses()
let stopping = false
const ending = new AbortController()
/** The database that is open in this process while the demo is built. */
let building: Promise<void> = Promise.resolve()
const stop = async (code: number) => {
  if (stopping) return
  stopping = true
  ending.abort()
  await building.catch(() => undefined)
  await processes.stop()
  process.exit(code)
}
process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))

try {
  await start()
} catch (error) {
  if (!stopping) console.error(error instanceof StartError || (error as NodeJS.ErrnoException).code === undefined ? (error as Error).message : sentenceOf(error as NodeJS.ErrnoException))
  await stop(1)
}

async function start(): Promise<void> {
  const port = serverPort()
  const folder = dataFolder()
  mkdirSync(folder, { recursive: true })
  accessSync(folder, constants.W_OK)
  const serverFolder = join(folder, 'server')
  mkdirSync(serverFolder, { recursive: true })
  if (!existsSync(join(folder, 'server', 'postgres'))) console.log('Ringside: first start, this takes a minute.')

  // The screens are built by a process of their own while the database fills.
  const screens = existsSync(join(root, 'out', 'renderer', 'index.html')) ? null : processes.start('the screens', process.execPath, [join(root, 'launch', 'run.mjs'), 'screens'], {})
  building = provideDemo(serverFolder, ending.signal)
  await building
  if (stopping) return
  const server = processes.start('the server', process.execPath, [join(root, 'server', 'index.ts')], { RINGSIDE_DATA: serverFolder, PORT: String(port) })
  const url = `http://127.0.0.1:${port}`
  if (screens && (await screens.ended) !== 0) throw new Error('The screens could not be built. The lines above say why.')
  if (!screens) await buildScreens()
  const answers = Promise.race([answering(url), server.ended.then(() => { throw new Error('The server has ended. The line above says why and what to do.') })])
  const desk = join(folder, `workstation-${DEMO_LOGIN}`)
  // A desk that was signed in before needs no center to open; the first sign-in does.
  const opens = existsSync(join(desk, 'journal.db')) ? openWorkstation(url, desk) : answers.then(() => (stopping ? undefined : openWorkstation(url, desk)))
  await Promise.all([answers, opens])
  await server.ended
  await stop(stopping ? 0 : 1)
}

/** Opens the workstation in Electron where its runtime is, else in the default browser through the browser host. */
async function openWorkstation(url: string, folder: string): Promise<void> {
  const electron = electronRuntime()
  const options = ['--server', url, '--data', folder, '--sign-in', DEMO_LOGIN, '--ready']
  const env = { RINGSIDE_PASSWORD: DEMO_PASSWORD }
  if (electron) {
    const built = processes.start('the Electron build', join(root, 'node_modules', '.bin', 'electron-vite'), ['build', '--logLevel', 'warn'], {})
    if ((await built.ended) === 0) {
      processes.start('Electron', electron, [root, ...options], env)
      return
    }
  }
  await new Promise<void>((resolve, reject) => {
    const host = processes.start('the workstation', process.execPath, [join(root, 'main', 'browser-host.ts'), ...options], env, (line) => {
      console.log(line)
      const address = /(http:\/\/\S+)/.exec(line)?.[1]
      if (!address) return
      console.log(`  signed in as ${DEMO_LOGIN}; everyone's password in the demo is "${DEMO_PASSWORD}"
  a colleague beside it:   npm run ringside -- workstation --as chen
  a call without a center: npm run ringside -- call 13800138000
  Ctrl+C ends everything.`)
      openAddress(address)
      resolve()
    })
    void host.ended.then(() => reject(new Error('The workstation has ended. The line above says why.')))
  })
}

function sentenceOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EACCES': case 'EPERM': case 'EROFS': return `Ringside may not write to ${error.path}. Give this user the right, or name another folder in RINGSIDE_DATA.`
    case 'ENOSPC': return 'The disk is full. Free some space and start again.'
    case 'ENOTDIR': case 'EEXIST': return `${error.path} is no folder. Name another one in RINGSIDE_DATA.`
    default: return error.message
  }
}
