import { join } from 'node:path'
import { createServer, type ProxyOptions } from 'vite'
import { DEMO_LOGIN, DEMO_PASSWORD } from '../demo/sign-in.ts'
import { onAskedToEnd } from '../server/asked-to-end.ts'
import { asStartError } from '../server/db/start-error.ts'
import { answering } from './answering.ts'
import { fillDatabase } from './fill-database.ts'
import { openWhatHostSays } from './open-address.ts'
import { dataFolder, root, serverPort } from './paths.ts'
import { createProcesses } from './processes.ts'

// The screens reload in place while they are edited; the workstation's core and the server restart when one of their
// files changes.
const endWith = (error: unknown): never => {
  console.error(asStartError(error)?.message ?? (error instanceof Error ? error.message : 'It could not start.'))
  process.exit(1)
}
const port = (): number => {
  try {
    return serverPort()
  } catch (error) {
    return endWith(error)
  }
}
const SERVER_PORT = port()
const SCREENS_PORT = 4630
const HOST_PORT = 4640

const processes = createProcesses()
const serverFolder = join(dataFolder(), 'server')
const ending = new AbortController()
onAskedToEnd(() => ending.abort())
await fillDatabase(serverFolder, ending.signal).catch((error: unknown) => {
  if (ending.signal.aborted) process.exit(0)
  endWith(error)
})

const watched = (
  name: string,
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  onLine?: (line: string) => void,
  onMessage?: (message: unknown) => void,
) =>
  processes.start(name, process.execPath, ['--watch', '--watch-preserve-output', join(root, script), ...args], {
    env,
    ...(onLine && { onLine }),
    ...(onMessage && { onMessage }),
  })

watched('the server', 'server/index.ts', [], { RINGSIDE_DATA: serverFolder, PORT: String(SERVER_PORT) })
const host = `http://127.0.0.1:${HOST_PORT}`
/** The browser host answers only requests from its own origin, so the proxy sends that origin. */
const toHost: ProxyOptions = { target: host, changeOrigin: true, ws: true, headers: { origin: host } }
const screens = await createServer({
  configFile: join(root, 'vite.renderer.config.ts'),
  plugins: [
    {
      name: 'host-port',
      transformIndexHtml: () => [{ tag: 'meta', attrs: { name: 'host-port', content: String(HOST_PORT) } }],
    },
  ],
  server: { host: '127.0.0.1', port: SCREENS_PORT, strictPort: true, proxy: { '^/bridge$': toHost } },
})
// The first sign-in of a workstation needs the server.
await Promise.resolve(screens.listen())
  .then(() => answering(`http://127.0.0.1:${SERVER_PORT}`))
  .catch(async (error: unknown) => {
    await processes.stop()
    endWith(error)
  })
/** The same address on the port of the development server, where the screens reload. */
const atScreens = (text: string) => text.replace(/http:\/\/127\.0\.0\.1:\d+\/#/, `http://127.0.0.1:${SCREENS_PORT}/#`)
let opened = false
watched(
  'the workstation',
  'main/browser-host.ts',
  [
    '--server',
    `http://127.0.0.1:${SERVER_PORT}`,
    '--data',
    join(dataFolder(), `workstation-${DEMO_LOGIN}`),
    '--port',
    String(HOST_PORT),
    '--server-moved',
    '--sign-in',
    DEMO_LOGIN,
    '--ready',
    '--renderer',
    join(root, 'renderer'),
  ],
  { RINGSIDE_PASSWORD: DEMO_PASSWORD },
  (line) => {
    console.log(atScreens(line))
  },
  (message) => {
    // Every edit of the core restarts it; an open window reconnects automatically.
    if (!opened) openWhatHostSays(message, atScreens)
    opened = true
  },
)

const end = () =>
  void screens
    .close()
    .then(() => processes.stop())
    .then(() => process.exit(0))
if (ending.signal.aborted) end()
else ending.signal.addEventListener('abort', end)
