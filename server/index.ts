import { resolve } from 'node:path'
import { onAskedToEnd } from './asked-to-end.ts'
import { asStartError, StartError } from './db/start-error.ts'
import { trustedProxies } from './http/trusted-proxies.ts'
import { createLog } from './log.ts'
import { openDatabase } from './open-database.ts'
import { startServer } from './start-server.ts'

// The server as a process. Its settings come from the environment: DATABASE_URL, RINGSIDE_DATA,
// RINGSIDE_HISTORY_MONTHS, HOST, PORT, TRUSTED_PROXIES and METRICS_PORT.
const log = createLog((line) => {
  process.stderr.write(line)
}, Date.now)
const dataFolder = resolve(process.env['RINGSIDE_DATA'] || '.data')

/** How to end each part that has been started so far. They are called in the reverse order. */
const running: (() => Promise<void>)[] = []
let started: Promise<void> = Promise.resolve()

async function start(): Promise<void> {
  const port = portOf('PORT', 4620)
  const metricsPort = process.env['METRICS_PORT'] ? portOf('METRICS_PORT', 0) : null
  const months = process.env['RINGSIDE_HISTORY_MONTHS']
  if (months !== undefined && !/^[1-9]\d{0,2}$/.test(months))
    throw new StartError(
      'RINGSIDE_HISTORY_MONTHS is a number of months from 1 to 999: how much finished history each workstation keeps. Leave it out to keep all.',
    )
  const isTrusted = trustedProxies(process.env['TRUSTED_PROXIES'])
  const database = await openDatabase({
    dataFolder,
    databaseUrl: process.env['DATABASE_URL'],
    onError: (error) => {
      log.error('database', error)
    },
  })
  running.push(database.close)
  if (stopping) return
  const server = await startServer({
    database,
    dataFolder,
    host: process.env['HOST'] ?? '127.0.0.1',
    port,
    log,
    isTrusted,
    ...(metricsPort === null ? {} : { metricsPort }),
    ...(months === undefined ? {} : { historyMonths: Number(months) }),
  })
  running.push(server.stop)
  // A launcher that is about to go away may not receive this message; that is no error.
  if (process.connected) process.send?.('listening', undefined, {}, () => undefined)
}

function portOf(name: 'PORT' | 'METRICS_PORT', otherwise: number): number {
  const port = Number(process.env[name] ?? otherwise)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new StartError(`${name} is a number from 0 to 65535.`)
  return port
}

/** Ends everything that runs. A start that is under way cannot be ended half-way, so this waits for it first. */
async function endAll(): Promise<void> {
  await started.catch(() => undefined)
  for (const end of running.splice(0).toReversed()) await end()
}
let stopping: Promise<void> | null = null
const stop = () => (stopping ??= endAll())

onAskedToEnd(() => {
  stop().then(
    () => {
      process.exit(0)
    },
    (error: unknown) => {
      log.error('stopping failed', error)
      process.exit(1)
    },
  )
})
process.on('unhandledRejection', (error) => {
  log.error('unhandled rejection', error)
})

started = start()
try {
  await started
} catch (error) {
  const told = asStartError(error)
  if (told) process.stderr.write(`${told.message}\n`)
  else log.error('start failed', error)
  await stop()
  // The launcher's channel would keep the process alive.
  process.exit(1)
}
