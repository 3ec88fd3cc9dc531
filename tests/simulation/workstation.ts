import { join } from 'node:path'
import { openFiles, type OpenedFiles } from '../../db/files/open-files.ts'
import { createSnapshotFile } from '../../db/snapshot-writer.ts'
import type { Remote } from '../../db/worker/port.ts'
import { createWriterOn, type WriterCalls } from '../../db/worker/writer.ts'
import { holdsScopesOf } from '../../main/snapshot/cache-fits.ts'
import { createErasures } from '../../main/erasure/erasures.ts'
import { createIncarnation } from '../../main/link/incarnation.ts'
import { createServerLink } from '../../main/link/server-link.ts'
import type { OpenLinkSocket } from '../../main/link/link-socket.ts'
import { createSync } from '../../main/link/sync.ts'
import { createTakePushes, type TakePushes, type TakePushesOptions } from '../../main/link/take-pushes.ts'
import { inBackground, type Log } from '../../main/log.ts'
import { createCacheExchange } from '../../main/services/cache-exchange.ts'
import { createCommandDesk, type CommandDesk } from '../../main/services/command-desk.ts'
import { sealAnew } from '../../main/services/seal-anew.ts'
import { createSession, type SessionService } from '../../main/services/session.ts'
import { DeviceId } from '../../protocol/scalars.ts'
import { entityNames } from '../../protocol/entities.ts'
import { JOURNAL_KEY } from '../support/writer-on-files.ts'
import { copyOfFolder, filesUnderTheKnife, Killed, losePower } from './disk.ts'
import type { Committed } from './committed.ts'
import type { Process, World } from './world.ts'

const SPARE_KEYS = ['33'.repeat(32), '44'.repeat(32)]

export const openDisk = (folder: string): OpenedFiles =>
  openFiles({ folder, journalKeyHex: JOURNAL_KEY, newKeyHex: SPARE_KEYS, stamp: 'simulated' })

/** The running core of a workstation, with what its user can do. */
export interface RunningWorkstation {
  readonly process: Process
  readonly folder: string
  readonly files: OpenedFiles
  readonly writer: Remote<WriterCalls>
  readonly session: SessionService
  readonly commandDesk: CommandDesk
  /** Sends unsent commands, as the product does after a command and once a minute. */
  sendSoon(): void
  /** Ends the workstation as kill -9 or a power cut does, and returns the folder as the next start finds it. */
  crash(how: 'kill' | 'power', under: string): string
}

export interface WorkstationOptions {
  readonly world: World
  readonly process: Process
  readonly folder: string
  readonly deviceId: string
  readonly open: OpenLinkSocket
  /** The committed rows, from which a snapshot is built. */
  committed(): Committed
  /** The state from which the server builds a snapshot if a workstation asks for one now. */
  snapshotOf(): Committed
  /** The scopes that the server gives to the user of this workstation. */
  scopesAtServer(): readonly string[]
  /** Called when a snapshot is going to replace this cache. */
  onSnapshotDue(files: OpenedFiles): void
  /** Whether the process dies at the commit that runs now. */
  diesHere(): boolean
  /** Wraps the writer that the core uses; planted bugs change it here. */
  around(writer: WriterCalls, files: OpenedFiles): WriterCalls
  openFiles(folder: string): OpenedFiles
  onKilled(): void
}

/** Starts the product's own core without its threads, its screens and the download of a snapshot's bytes. */
export async function startWorkstation(options: WorkstationOptions): Promise<RunningWorkstation> {
  const { world, process, folder } = options
  const log: Log = {
    info: (event, facts) => {
      world.note(`${process.name} ${event} ${JSON.stringify(facts ?? {})}`)
    },
    error: (event, error) => {
      world.note(`${process.name} ${event}: ${(error as Error).message}`)
    },
  }
  const raw = options.openFiles(folder)
  const files = filesUnderTheKnife(raw, options.diesHere)
  process.onDeath(() => {
    raw.close()
  })
  const writer = inItsThread(process, options.around(createWriterOn(files, folder), files), options.onKilled)
  const newId = () => world.newId()

  const opened = await writer.opened()
  const { remembered } = opened
  const deviceId = DeviceId.parse(options.deviceId)
  const incarnation = await createIncarnation({ remembered: remembered['incarnation'], writer, newId, log })
  const ownServer = { check: async () => null, isOurs: async () => true }
  const session = createSession({
    center: {} as never,
    ownServer,
    serverUrl: 'http://127.0.0.1',
    clock: process,
    deviceId,
    deviceLabel: '',
    appVersion: '',
    secretStore: 'file',
    remembered,
    remember: (facts) => writer.remember(facts),
    forgetSignIn: () => writer.forgetSignIn(),
    onChanged: () => undefined,
  })
  const nobodySees = () => undefined
  const cacheExchange = createCacheExchange(
    { writer, reader: {} as never, followCache: async () => undefined } as never,
    nobodySees,
  )
  const setup = snapshotLoader(
    options,
    () => session.identity()?.scopes ?? [],
    async (file, keyHex) => {
      sync.moveTo(await cacheExchange.swapIn(file, keyHex))
      erasures.look()
    },
    log,
  )
  const link = createServerLink({
    open: options.open,
    clock: process,
    random: () => world.random.next(),
    log,
    handshake: async () => session.handshake(),
    events: {
      onState: (state) => {
        if (state.kind !== 'online') setup.stop()
      },
      onBeat: nobodySees,
      onPush: (name, payload) => {
        inBackground(log, (takePushes[name] as TakePushes['welcome'])(payload as never), `push ${name}`)
      },
    },
  })
  const sync = createSync({
    link,
    writer,
    clock: process,
    random: () => world.random.next(),
    log,
    incarnation: () => incarnation.current(),
    serverNow: () => Math.round(process.now() + session.clockOffsetMs()),
    onTouched: nobodySees,
    onProgress: () => erasures.progressed(),
    // In the product a damaged cache also makes a snapshot due; the modelled disk never damages a file.
    onSnapshotDue: () => {
      if (!setup.isRunning()) options.onSnapshotDue(files)
      setup.begin()
    },
    renumber: (send) => incarnation.renew(send),
    sealAnew: () => sealAnew(writer, session),
  })
  const erasures = createErasures({
    link,
    writer,
    sync,
    clock: process,
    log,
    onTouched: nobodySees,
    onErased: async () => undefined,
  })
  const commandDesk = createCommandDesk({
    writer,
    session,
    newId,
    onEntered: () => sync.sendSoon(),
    onNotShown: ({ message }) => {
      throw new Error(message)
    },
  })
  const silent = new Proxy({}, { get: () => nobodySees })
  const takePushes = createTakePushes({
    log,
    now: () => process.now(),
    writer,
    session,
    sync,
    cacheExchange,
    erasures,
    notice: nobodySees,
    // Requests for rows that neither snapshot nor feed brings go to PostgreSQL itself, and the model covers only
    // commands and feed.
    syncStatus: silent,
    desk: silent,
    agentStatus: silent,
    told: silent,
    ownRows: silent,
    olderHistory: silent,
    ownServer,
  } as unknown as TakePushesOptions)

  const everyMinute = () => {
    if (link.isOnline()) sync.sendSoon()
    process.after(60_000, everyMinute)
  }
  everyMinute()
  link.start()
  world.note(`${process.name} is up at ${JSON.stringify({ cursor: opened.place.cursor, epoch: opened.place.epoch })}`)
  return {
    process,
    folder,
    files: raw,
    writer,
    session,
    commandDesk,
    sendSoon: () => sync.sendSoon(),
    crash: (how, under) => {
      const after = copyOfFolder(folder, under)
      if (how === 'power') losePower(world, after, raw)
      process.kill()
      return after
    },
  }
}

/**
 * Calls the writer as if it ran in its own thread: each call takes time, and a call that is killed in the middle never
 * returns.
 */
function inItsThread(process: Process, writer: WriterCalls, onKilled: () => void): Remote<WriterCalls> {
  const never = new Promise<never>(() => undefined)
  let begun = Promise.resolve()
  return new Proxy({} as Remote<WriterCalls>, {
    get:
      (_, name: keyof WriterCalls) =>
      async (...args: unknown[]) => {
        // Calls begin in the order in which they were made.
        await (begun = begun.then(() => process.step()))
        let answer: unknown
        try {
          const asked = (writer[name] as (...given: unknown[]) => unknown)(...args)
          answer = asked instanceof Promise ? await asked : asked
        } catch (error) {
          if (!(error instanceof Killed)) throw error
          onKilled()
          await never
        }
        await process.step()
        return structuredClone(answer)
      },
  })
}

/**
 * Loads a snapshot as the product does, but without sending its bytes over HTTP: it is built at one moment and becomes
 * the cache at a later one.
 */
function snapshotLoader(
  { world, process, folder, committed, snapshotOf, scopesAtServer }: WorkstationOptions,
  scopes: () => readonly string[],
  swapIn: (file: string, keyHex: string) => Promise<void>,
  log: Log,
) {
  let loading = 0
  let count = 0
  const begin = (): void => {
    if (loading > 0) return
    const mine = (loading = count += 1)
    const again = (): void => {
      loading = 0
      begin()
    }
    process.after(world.random.next() * 500, () => {
      if (loading !== mine) return
      const name = `cache-simulated-${world.now()}-${mine}.db`
      const shared = scopesAtServer()
      const from = snapshotOf()
      const { erasures } = from
      writeSnapshot(join(folder, name), from, shared)
      process.after(world.random.next() * 3000, () => {
        if (loading !== mine) return
        // If customers were erased meanwhile, the server breaks off a download that still runs; a workstation that has
        // all bytes already uses the file.
        const cutOff = committed().erasures.length > erasures.length && world.random.chance(0.5)
        if (cutOff || !holdsScopesOf(shared, scopes())) {
          again()
          return
        }
        world.note(`${process.name} swaps a snapshot in`)
        inBackground(
          log,
          swapIn(name, JOURNAL_KEY).finally(() => {
            if (loading === mine) loading = 0
          }),
          'snapshot',
        )
      })
    })
  }
  return {
    begin,
    stop: () => {
      loading = 0
    },
    isRunning: () => loading > 0,
  }
}

/** Writes a snapshot of the committed rows with the same writer that the server uses. */
export function writeSnapshot(path: string, { rows, epoch, floor, log }: Committed, scopes: readonly string[]): void {
  const file = createSnapshotFile(path, JOURNAL_KEY)
  for (const entity of entityNames) {
    file.insert(
      entity,
      [...rows]
        .filter(([key, row]) => key.startsWith(`${entity} `) && scopes.includes(row.scope))
        .map(([, row]) => row),
    )
  }
  file.finish({ epoch, seq: Math.max(floor, log.at(-1)?.seq ?? 0), scopes, partial: null })
}

/** Makes a disk with a signed-in journal and a cache of the committed rows: the state in which most histories begin. */
export function prepareDisk(
  folder: string,
  committed: Committed,
  scopes: readonly string[],
  remembered: Readonly<Record<string, string>>,
): void {
  const files = openDisk(folder)
  // Creates the ballast, which copies of this disk share.
  createWriterOn(files, folder)
  const name = 'cache-first.db'
  writeSnapshot(join(folder, name), committed, scopes)
  files.useCache(name, JOURNAL_KEY)
  files.removeOthers()
  files.journal.transaction(() => {
    for (const [key, value] of Object.entries(remembered))
      files.journal.run('INSERT OR REPLACE INTO "meta" ("key", "value") VALUES (?, ?)', key, value)
  })
  files.close()
}
