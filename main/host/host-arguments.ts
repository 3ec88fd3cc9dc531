import { parseArgs } from 'node:util'
import { linkAmong } from '../calls/deep-link.ts'
import { centerUrl } from '../link/center-url.ts'

export interface HostArguments {
  readonly serverUrl: string
  /** Whether the workstation's server has moved to `serverUrl`. */
  readonly serverMoved: boolean
  readonly dataFolder: string
  /** Null: the port of the last start, or any. */
  readonly port: number | null
  readonly rendererFolder: string
  readonly signIn: { readonly login: string; readonly password: string } | null
  /** Become ready for calls as soon as the user is signed in. */
  readonly ready: boolean
  /** Only ask the running instance for a new address. */
  readonly open: boolean
  /** The arguments that `calls/deep-link.ts` reads. */
  readonly rest: readonly string[]
}

/**
 * Reads the command line of the browser host; where there is a link, all options are ignored. Throws a sentence that
 * says what to write.
 */
export function readHostArguments(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  defaults: { rendererFolder: string },
): HostArguments {
  const link = linkAmong(argv)
  const { values, positionals } = parseArgs({
    args: link === null ? [...argv] : ['--', link],
    allowPositionals: true,
    options: {
      server: { type: 'string' },
      data: { type: 'string' },
      port: { type: 'string' },
      renderer: { type: 'string' },
      'sign-in': { type: 'string' },
      call: { type: 'string' },
      ready: { type: 'boolean', default: false },
      open: { type: 'boolean', default: false },
      'server-moved': { type: 'boolean', default: false },
    },
  })
  // A start that only asks the running instance needs no server.
  const serverUrl = values.open ? '' : centerUrl(values.server ?? environment['RINGSIDE_SERVER'], environment)
  const dataFolder = values.data ?? environment['RINGSIDE_DATA']
  if (!dataFolder) throw new Error('Say where this workstation keeps its files: --data FOLDER')
  const port = values.port === undefined ? null : Number(values.port)
  if (port !== null && !(Number.isInteger(port) && port >= 0 && port < 65_536))
    throw new Error('A port is a number from 0 to 65535: --port N')
  const login = values['sign-in']
  const password = environment['RINGSIDE_PASSWORD']
  if (login !== undefined && !password)
    throw new Error('--sign-in takes the password from the environment: RINGSIDE_PASSWORD')
  return {
    serverUrl,
    dataFolder,
    port,
    serverMoved: values['server-moved'],
    rendererFolder: values.renderer ?? environment['RINGSIDE_RENDERER'] ?? defaults.rendererFolder,
    signIn: login !== undefined && password ? { login, password } : null,
    ready: values.ready,
    open: values.open,
    rest: [...(values.call === undefined ? [] : ['--call', values.call]), ...positionals],
  }
}

/**
 * Reads the command line of the Electron shell. Electron's own switches are among the arguments and are ignored. Where
 * there is a link, all options are ignored.
 */
export function readShellArguments(argv: readonly string[], environment: NodeJS.ProcessEnv) {
  const { values } = parseArgs({
    args: linkAmong(argv) === null ? [...argv] : [],
    allowPositionals: true,
    strict: false,
    options: {
      server: { type: 'string' },
      data: { type: 'string' },
      'sign-in': { type: 'string' },
      ready: { type: 'boolean' },
      'server-moved': { type: 'boolean' },
    },
  })
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  const login = text(values['sign-in'])
  const password = environment['RINGSIDE_PASSWORD']
  return {
    serverUrl: centerUrl(
      text(values['server']) ?? environment['RINGSIDE_SERVER'] ?? 'http://127.0.0.1:4620',
      environment,
    ),
    dataFolder: text(values['data']) ?? environment['RINGSIDE_DATA'] ?? null,
    ...(values['server-moved'] === true ? { serverMoved: true } : {}),
    ready: values['ready'] === true,
    signIn: login && password ? { login, password } : null,
  }
}
