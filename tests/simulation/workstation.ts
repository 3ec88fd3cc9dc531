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

export const openDisk = (folder: string): OpenedFiles => openFiles({ folder, journalKeyHex: JOURNAL_KEY, newKeyHex: SPARE_KEYS, stamp: 'simulated' })

/** The running core of a workstation, with what a person at it can do. */
export interface RunningWorkstation {
  readonly process: Process
  readonly folder: string
  readonly files: OpenedFiles
  readonly writer: Remote<WriterCalls>
  readonly session: SessionService
  readonly commandDesk: CommandDesk
  /** Sends what is unsent, as after a command and once a minute. */
  sendSoon(): void
  /** Ends it as kill -9 or a power cut does, and gives the folder as the next start finds it. */
  crash(how: 'kill' | 'power', under: string): string
}

export interface WorkstationOptions {
  readonly world: World
  readonly process: Process
  readonly folder: string
  readonly deviceId: string
  readonly open: OpenLinkSocket
  /** The committed rows, for a snapshot of them. */
  committed(): Committed
  /** What the server makes a snapshot of that is asked for now. */
  snapshotOf(): Committed
  /** What the server says the user of this workstation may have. */
  scopesAtServer(): readonly string[]
  /** A snapshot is loaded in place of this cache. */
  onSnapshotDue(files: OpenedFiles): void
  /** Whether the process dies at this very commit. */
  diesHere(): boolean
  /** What stands between the core and its writer, for bugs that are planted there. */
  around(writer: WriterCalls, files: OpenedFiles): WriterCalls
  openFiles(folder: string): OpenedFiles
  onKilled(): void
}

/** Starts the product's own core, but for its threads, its screens and the download of a snapshot's bytes. */
export async function startWorkstation(options: WorkstationOptions): Promise<RunningWorkstation> {
  const { world, process, folder } = options
  const log: Log = {
    info: (event, facts) => { world.note(`${process.name} ${event} ${JSON.stringify(facts ?? {})}`) },
    error: (event, error) => { world.note(`${process.name} ${event}: ${(error as Error).message}`) },
  }
  const raw = options.openFiles(folder)
  const files = filesUnderTheKnife(raw, options.diesHere)
  process.onDeath(() => { raw.close() })
  const writer = inItsThread(process, options.around(createWriterOn(files, folder), files), options.onKilled)
  const newId = () => world.newId()

  const opened = await writer.opened()
  const { remembered } = opened
  const deviceId = DeviceId.parse(options.deviceId)
  const incarnation = await createIncarnation({ remembered: remembered['incarnation'], writer, newId, log })
  const ownServer = { check: async () => null, isOurs: async () => true }
  const session = createSession({
    center: {} as never, ownServer, serverUrl: 'http://127.0.0.1', clock: process, deviceId, deviceLabel: '', appVersion: '', secretStore: 'file', remembered,
    remember: (facts) => writer.remember(facts), forgetSignIn: () => writer.forgetSignIn(), onChanged: () => undefined,
  })
  const nobodySees = () => undefined
  const cacheExchange = createCacheExchange({ writer, reader: {} as never, followCache: async () => undefined } as never, nobodySees)
  const setup = snapshotLoader(options, () => session.identity()?.scopes ?? [], async (file, keyHex) => {
    sync.moveTo(await cacheExchange.swapIn(file, keyHex))
    erasures.look()
  }, log)
  const link = createServerLink({
    open: options.open, clock: process, random: () => world.random.next(), log,
    handshake: async () => session.handshake(),
    events: {
      onState: (state) => { if (state.kind !== 'online') setup.stop() },
      onBeat: nobodySees,
      onPush: (name, payload) => { inBackground(log, (takePushes[name] as TakePushes['welcome'])(payload as never), `push ${name}`) },
    },
  })
  const sync = createSync({
    link, writer, clock: process, random: () => world.random.next(), log, incarnation: () => incarnation.current(), serverNow: () => Math.round(process.now() + session.clockOffsetMs()), onTouched: nobodySees, onProgress: () => erasures.progressed(),
    // The modelled disk keeps its files whole.
    onSnapshotDue: () => {
      if (!setup.isRunning()) options.onSnapshotDue(files)
      setup.begin()
    },
    renumber: (send) => incarnation.renew(send), sealAnew: () => sealAnew(writer, session),
  })
  const erasures = createErasures({ link, writer, sync, clock: process, log, onTouched: nobodySees, onErased: async () => undefined })
  const commandDesk = createCommandDesk({ writer, session, newId, onEntered: () => sync.sendSoon(), onNotShown: ({ message }) => { throw new Error(message) } })
  const silent = new Proxy({}, { get: () => nobodySees })
  const takePushes = createTakePushes({
    log, now: () => process.now(), writer, session, sync, cacheExchange, erasures, notice: nobodySees,
    // What no snapshot and no log brings is asked of PostgreSQL itself, which is modelled only as far as commands and feed go.
    syncStatus: silent, desk: silent, agentStatus: silent, told: silent, ownRows: silent, olderHistory: silent,
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
    process, folder, files: raw, writer, session, commandDesk,
    sendSoon: () => sync.sendSoon(),
    crash: (how, under) => {
      const after = copyOfFolder(folder, under)
      if (how === 'power') losePower(world, after, raw)
      process.kill()
      return after
    },
  }
}

/** Calls to the writer as to its thread: they take time, and one that is killed in the middle never answers. */
function inItsThread(process: Process, writer: WriterCalls, onKilled: () => void): Remote<WriterCalls> {
  const never = new Promise<never>(() => undefined)
  let begun = Promise.resolve()
  return new Proxy({} as Remote<WriterCalls>, {
    get: (_, name: keyof WriterCalls) => async (...args: unknown[]) => {
      // What is asked first is begun first.
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

/** Loads a snapshot as the product does, without its bytes going over HTTP: made at one moment, swapped in at a later one. */
function snapshotLoader({ world, process, folder, committed, snapshotOf, scopesAtServer }: WorkstationOptions, scopes: () => readonly string[], swapIn: (file: string, keyHex: string) => Promise<void>, log: Log) {
  let loading = 0
  let count = 0
  const begin = (): void => {
    if (loading > 0) return
    const mine = loading = count += 1
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
        // Who was erased meanwhile: the server cuts off whom it is still sending to; who has it all takes it.
        const cutOff = committed().erasures.length > erasures.length && world.random.chance(0.5)
        if (cutOff || !holdsScopesOf(shared, scopes())) {
          again()
          return
        }
        world.note(`${process.name} swaps a snapshot in`)
        inBackground(log, swapIn(name, JOURNAL_KEY).finally(() => { if (loading === mine) loading = 0 }), 'snapshot')
      })
    })
  }
  return { begin, stop: () => { loading = 0 }, isRunning: () => loading > 0 }
}

/** A snapshot of what is committed, by the writer that the server uses. */
export function writeSnapshot(path: string, { rows, epoch, floor, log }: Committed, scopes: readonly string[]): void {
  const file = createSnapshotFile(path, JOURNAL_KEY)
  for (const entity of entityNames) {
    file.insert(entity, [...rows].filter(([key, row]) => key.startsWith(`${entity} `) && scopes.includes(row.scope)).map(([, row]) => row))
  }
  file.finish({ epoch, seq: Math.max(floor, log.at(-1)?.seq ?? 0), scopes, partial: null })
}

/** A disk with a journal that is signed in and a cache made of what is committed: where most histories begin. */
export function prepareDisk(folder: string, committed: Committed, scopes: readonly string[], remembered: Readonly<Record<string, string>>): void {
  const files = openDisk(folder)
  // Lays the ballast, which copies of this disk share.
  createWriterOn(files, folder)
  const name = 'cache-first.db'
  writeSnapshot(join(folder, name), committed, scopes)
  files.useCache(name, JOURNAL_KEY)
  files.removeOthers()
  files.journal.transaction(() => {
    for (const [key, value] of Object.entries(remembered)) files.journal.run('INSERT OR REPLACE INTO "meta" ("key", "value") VALUES (?, ?)', key, value)
  })
  files.close()
}
