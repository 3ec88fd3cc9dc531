import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DEMO_PASSWORD } from '../demo/sign-in.ts'
import { fitBookings, fitCalls, fitPurchases } from '../demo/shape/fit.ts'
import { generateSource, missingDataFiles, readSource } from '../demo/source.ts'
import { isBlank } from '../domain/visible-text.ts'
import { onAskedToEnd } from '../server/asked-to-end.ts'
import type { Pool } from '../server/db/connect.ts'
import { beginEpoch } from '../server/db/begin-epoch.ts'
import { makeFolder } from '../server/db/make-folder.ts'
import { asStartError } from '../server/db/start-error.ts'
import { runningPostgres } from '../server/db/running-postgres.ts'
import { openDatabase } from '../server/open-database.ts'
import { browserHost, provideBuilt, screens, workstation as builtWorkstation } from './built.ts'
import { askedNumber } from './asked-number.ts'
import { demoSite, loadFrom, loadScaled } from './demo-database.ts'
import { eraseByNumber, printErasures } from './erase.ts'
import { loadState } from './load-demo.ts'
import { openWhatHostSays } from './open-address.ts'
import { dataFolder, root, serverPort } from './paths.ts'
import { keepRunning } from './keep-running.ts'
import { createProcesses, processLine } from './processes.ts'
import { readArguments } from './read-arguments.ts'
import { printDevices, readmitNamed, revokeNamed } from './revoke.ts'
import { showStatus } from './status.ts'

const usage = `npm run ringside -- COMMAND
  load [--from DIR]               fill an empty database from the published data sets in DIR (without: generated in their likeness)
  load --customers N              fill it with N generated customers and about five rows of history each, for measuring
  fit --from DIR                  fit the generator anew to the data sets in DIR
  workstation --as LOGIN          one more workstation on this machine, signed in as a colleague of the demo
  call [--as LOGIN]               a call that comes without the server, at a workstation that runs; asks for its number, or reads it
                                  from standard input (a number behind "call" is seen by everyone on this machine, and kept in npm's logs)
  open [--as LOGIN]               one more browser window at a workstation that runs
  erase NUMBER --reason TEXT      erase a customer by account number, everywhere and for good; says what goes, and does it with --sure
  erase --list                    who was erased, and which devices have confirmed that they hold nothing of them any more
  revoke DEVICE [--undo]          bar a lost workstation from the server; shows which one it is, and does it with --sure. --undo: it was found
  revoke --list                   every machine: its id, its name, who used it, when it was last seen
  status [--server URL] [--json]  how the server is; exit code 1 when something needs a person
  restored                        after the database was brought back from a backup: workstations send again what it lacks`

const {
  values,
  positionals: [command, ...rest],
} = readArguments(
  {
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      as: { type: 'string' },
      server: { type: 'string' },
      customers: { type: 'string' },
      reason: { type: 'string' },
      sure: { type: 'boolean' },
      list: { type: 'boolean' },
      undo: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  },
  usage,
)

const serverFolder = join(dataFolder(), 'server')
const hostArguments = (login: string) => [
  browserHost,
  '--server',
  values.server ?? `http://127.0.0.1:${serverPort()}`,
  '--data',
  join(dataFolder(), `workstation-${login}`),
  // Use the server of this machine, whatever port it has today.
  ...(values.server === undefined ? ['--server-moved'] : []),
]

try {
  await run()
} catch (error) {
  console.error((asStartError(error) ?? (error as Error)).message)
  process.exitCode = 1
}

function run(): Promise<void> | void {
  switch (command) {
    case 'load':
      return load()
    case 'fit':
      return fit()
    case 'workstation':
      return workstation(values.as ?? 'chen')
    case 'call':
      return call(rest[0] ?? '-')
    case 'open':
      return open()
    case 'erase':
      return erase(rest[0] ?? '')
    case 'revoke':
      return revoke(rest[0] ?? '')
    case 'status':
      return status()
    case 'restored':
      return restored()
    default:
      console.error(command === undefined ? usage : `There is no command "${command}".\n\n${usage}`)
      process.exitCode = 2
  }
}

/** The source in the folder of `--from`, or a sentence about what is wrong. */
async function source() {
  if (!values.from) return generateSource('ringside')
  const folder = resolve(values.from)
  const missing = missingDataFiles(folder)
  if (missing.length > 0) throw new Error(`${folder} lacks ${missing.join(', ')}.`)
  return readSource(folder)
}

async function load(): Promise<void> {
  const customers = values.customers === undefined ? null : Number(values.customers)
  if (customers !== null && !(Number.isInteger(customers) && customers > 0))
    throw new Error('--customers takes a number above 0.')
  const from = customers === null ? await source() : null
  makeFolder(serverFolder)
  const ending = new AbortController()
  onAskedToEnd(() => ending.abort(new Error('Stopped before it was complete. The next load begins from the start.')))
  const database = await openDatabase({
    dataFolder: serverFolder,
    databaseUrl: process.env.DATABASE_URL,
    site: demoSite,
  })
  try {
    const state = await loadState(database.pool)
    if (state === 'loaded' || state === 'foreign')
      throw new Error(
        'This database holds customers already. Loading needs an empty one: name another folder in RINGSIDE_DATA, or another database in DATABASE_URL.',
      )
    await (from
      ? loadFrom(database.pool, from, ending.signal)
      : loadScaled(database.pool, customers ?? 0, ending.signal))
  } finally {
    await database.close()
  }
}

async function fit(): Promise<void> {
  // If the generator were fitted to its own output, it would drift away from the real data with every run.
  if (!values.from) throw new Error('Say what to fit to: --from DIR')
  const { purchases, bookings, calls } = await source()
  const shape = { purchases: fitPurchases(purchases), bookings: fitBookings(bookings), calls: fitCalls(calls) }
  const file = join(root, 'demo', 'shape', 'fitted.json')
  writeFileSync(file, `${JSON.stringify(shape).replaceAll(/("[a-zA-Z]+":)/g, '\n$1')}\n`)
  console.log(`${file} fitted to ${purchases.length} purchases, ${bookings.length} bookings, ${calls.length} calls`)
}

async function workstation(login: string): Promise<void> {
  makeFolder(dataFolder())
  await provideBuilt(builtWorkstation)
  await provideBuilt(screens)
  const processes = createProcesses()
  let stopping = false
  let wasUp = false
  onAskedToEnd(() => {
    stopping = true
    void processes.stop().then(() => process.exit(0))
  })
  const how = await keepRunning({
    name: 'The workstation',
    meanwhile: 'its window comes back by itself, and nothing that was typed is lost.',
    isStopping: () => stopping,
    wasUp: () => wasUp,
    launch: () => {
      const host = processes.start('the workstation', process.execPath, [...hostArguments(login), '--sign-in', login], {
        env: { RINGSIDE_PASSWORD: process.env.RINGSIDE_PASSWORD ?? DEMO_PASSWORD },
        onLine: (line) => {
          console.log(line)
        },
        onMessage: (message) => {
          console.log(processLine('the workstation', host.child.pid))
          if (!wasUp) openWhatHostSays(message)
          wasUp = true
        },
      })
      return host
    },
  })
  process.exitCode = how === 'told' ? 0 : 1
}

/** A second instance passes its arguments to the first. Where none runs, it becomes the first and keeps running. */
async function call(given: string): Promise<void> {
  makeFolder(dataFolder())
  const number = given === '-' ? await askedNumber() : given
  await provideBuilt(builtWorkstation)
  const processes = createProcesses()
  onAskedToEnd(() => void processes.stop())
  const host = processes.start(
    'the workstation',
    process.execPath,
    [...hostArguments(values.as ?? 'wang'), '--call', '-'],
    {
      input: `${number}\n`,
      onLine: (line) => {
        console.log(line)
      },
    },
  )
  process.exitCode = await host.ended
}

/** Asks the running host for an address, which it prints and gives to be opened: a window can enter by nothing else. */
async function open(): Promise<void> {
  if (!existsSync(dataFolder())) throw new Error('No Ringside runs on this data folder. Start it first: npm start')
  await provideBuilt(builtWorkstation)
  const host = createProcesses().start(
    'the workstation',
    process.execPath,
    [...hostArguments(values.as ?? 'wang'), '--open'],
    {
      onLine: (line) => {
        console.log(line)
      },
      onMessage: (message) => {
        openWhatHostSays(message)
      },
    },
  )
  process.exitCode = await host.ended
}

async function erase(number: string): Promise<void> {
  if (!values.list && (number === '' || isBlank(values.reason ?? '')))
    throw new Error('Say whom and why: erase NUMBER --reason TEXT, or erase --list')
  await onDatabase((pool, say) =>
    values.list
      ? printErasures(pool, say)
      : eraseByNumber(pool, { number, reason: values.reason ?? '', sure: values.sure ?? false }, say),
  )
}

async function revoke(device: string): Promise<void> {
  if (!values.list && device === '') throw new Error('Say which: revoke DEVICE, or revoke --list')
  await onDatabase((pool, say) => {
    if (values.list) return printDevices(pool, say)
    return values.undo ? readmitNamed(pool, device, say) : revokeNamed(pool, device, values.sure ?? false, say)
  })
}

/** Runs `work` on the database, whether a server runs on it or not. */
async function onDatabase(work: (pool: Pool, say: (line: string) => void) => Promise<void>): Promise<void> {
  const database = await openDatabase({
    dataFolder: serverFolder,
    databaseUrl: process.env.DATABASE_URL || runningPostgres(serverFolder) || undefined,
  })
  try {
    await work(database.pool, (line) => {
      console.log(line)
    })
  } finally {
    await database.close()
  }
}

async function status(): Promise<void> {
  if (!(await showStatus(values.server ?? `http://127.0.0.1:${serverPort()}`, values.json ?? false)))
    process.exitCode = 1
}

async function restored(): Promise<void> {
  const database = await openDatabase({ dataFolder: serverFolder, databaseUrl: process.env.DATABASE_URL })
  try {
    const epoch = crypto.randomUUID()
    await beginEpoch(database.pool, epoch)
    console.log(
      `This database is a new history now (epoch ${database.site.epoch} before, ${epoch} from here on). As soon as the server runs, every workstation sends again what the backup lacks and takes a fresh snapshot.`,
    )
  } finally {
    await database.close()
  }
}
