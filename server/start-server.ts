import { hostname } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { createPasswordCheck } from './auth/check-password.ts'
import { watchSessions } from './auth/watch-sessions.ts'
import { createAgentDirectory } from './calls/agent-directory.ts'
import { createCallCenter } from './calls/call-center.ts'
import { createDeskStore } from './calls/desk-store.ts'
import { createSharedDesk } from './calls/shared-desk.ts'
import { postgresCommandStore } from './commands/postgres-command-store.ts'
import { createCommandTurns } from './commands/command-turns.ts'
import { createCommandDesk } from './commands/receive-batch.ts'
import { StartError } from './db/start-error.ts'
import { cleanFrom } from './erasure/clean-from.ts'
import { createErasureDesk } from './erasure/erasure-desk.ts'
import { createFeedEngine } from './feed/feed-engine.ts'
import { postgresFeedStore } from './feed/postgres-feed-store.ts'
import { sharePages } from './feed/shared-pages.ts'
import { addAgentRoutes } from './http/agent-routes.ts'
import { createHttpServer } from './http/http-server.ts'
import { addSignInRoutes } from './http/sign-in-routes.ts'
import { trustedProxies, type TrustedProxies } from './http/trusted-proxies.ts'
import { addSnapshotRoutes } from './http/snapshot-routes.ts'
import type { Log } from './log.ts'
import type { OpenDatabase } from './open-database.ts'
import { createCounters } from './operator/counters.ts'
import { keepHouse } from './operator/housekeeping.ts'
import { LONG_MS, watchTransactions } from './operator/long-transactions.ts'
import { countedDesk, measuredStore } from './operator/measured-commands.ts'
import { startMetricsServer, type MetricsServer } from './operator/metrics-server.ts'
import { watchNode } from './operator/node-facts.ts'
import { addOperatorRoutes } from './operator/operator-routes.ts'
import { provideOperatorSecret } from './operator/operator-secret.ts'
import { createStatusReader } from './operator/status.ts'
import { createDoor, type DoorOptions } from './realtime/door.ts'
import { startSocketServer } from './realtime/socket-server.ts'
import { keepSnapshots } from './snapshots/snapshot-keeper.ts'
import { createRunningDownloads } from './snapshots/running-downloads.ts'
import { openSnapshotShelf } from './snapshots/snapshot-shelf.ts'
import { realClock, type Clock } from './clock.ts'
import type { CallPlan } from './telephony/call-plan.ts'
import type { Connector } from './telephony/connector.ts'
import { createSimulatedPbx } from './telephony/simulated-pbx/simulated-pbx.ts'
import { storedCallPlan } from './telephony/stored-call-plan.ts'

export interface ServerOptions {
  readonly database: OpenDatabase
  readonly dataFolder: string
  /** Defaults: 127.0.0.1 and a free port. */
  readonly host?: string
  readonly port?: number
  readonly log: Log
  readonly clock?: Clock
  /** What the simulated telephone system plays. Default: the stored plan. */
  readonly plan?: CallPlan
  /** Another telephone system, used instead of the simulated one. */
  readonly connector?: Connector
  readonly wrapUpMs?: number
  /** How many calendar months of finished history workstations keep. Default: all of it. */
  readonly historyMonths?: number
  /** How many workstations may connect at once and in a second. */
  readonly door?: Omit<DoorOptions, 'clock'>
  /** The proxies in front of this server. Default: proxies on this machine. */
  readonly isTrusted?: TrustedProxies
  /** The port that serves metrics. Default: none. */
  readonly metricsPort?: number
}

export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly port: number
  /** How many workstations are connected to this node. */
  readonly connections: () => number
  /** The port that serves metrics; null where none does. */
  readonly metricsPort: number | null
  readonly stop: () => Promise<void>
}

const WRAP_UP_MS = 120_000
const MISSED_AFTER_MS = 10_000
const GRACE_MS = 20_000
const AWAY_MS = 10 * 60_000
/**
 * A handshake takes four statements. At this pace 2,000 workstations are let in within eight seconds. `together` is the
 * size of an ordinary call center, which is never turned away.
 */
const DOOR = { atOnce: 128, perSecond: 250, together: 100 }

/** Builds and wires a node of the server on an open database. Stopping it leaves the database open. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { database, log } = options
  const { pool, connectionString, site } = database
  const clock = options.clock ?? realClock()
  const now = () => Date.now()
  const counters = createCounters()
  const directory = await createAgentDirectory(pool)
  const refreshDirectory = () => {
    directory.refresh().catch((error: unknown) => {
      log.error('directory', error)
    })
  }
  const connector =
    options.connector ??
    createSimulatedPbx({
      plan: options.plan ?? storedCallPlan(pool),
      clock,
      runId: now().toString(36),
      knowsExtension: (extension) => directory.usersAt(extension).length > 0,
    })
  let port = 0
  const nodeName = () => `${hostname()}:${port}`
  const deskStore = createDeskStore({
    pool,
    country: site.country,
    onChanged: () => {
      feed.nudge()
    },
    onError: (error) => {
      log.error('desk not saved', error)
    },
  })
  const callDesk = createSharedDesk({
    connectionString,
    nodeName,
    publish: (news) => {
      sockets.sendNews(news)
    },
    onError: (error) => {
      log.error('telephones', error)
    },
    createCenter: (terms) =>
      createCallCenter({
        ...terms,
        connector,
        clock,
        directory,
        store: deskStore,
        wrapUpMs: options.wrapUpMs ?? WRAP_UP_MS,
        missedAfterMs: MISSED_AFTER_MS,
        graceMs: GRACE_MS,
        awayMs: AWAY_MS,
        newId: uuidv7,
        onError: (error) => {
          log.error('call center', error)
        },
      }),
  })
  const onFeedError = (error: Error) => {
    log.error('feed', error)
  }
  const feedStore = postgresFeedStore(pool, connectionString, onFeedError)
  const commandTurns = createCommandTurns(realClock().elapsed)
  const feed = await createFeedEngine({
    store: feedStore,
    clock: realClock(),
    answersWait: commandTurns.someWait,
    onStretch: (stretch) => {
      sockets.sendFeed(stretch)
      const gone = stretch.gone('customer')
      if (gone.length > 0) forgetCustomers(gone)
      if (!stretch.touches('user')) return
      refreshDirectory()
      // A user may have left or have another role now. They must not get even one more page with their old rights.
      void sessions.look()
    },
    onFloorRaised: () => {
      sockets.closeAll()
      keeper.look()
      refreshDirectory()
    },
    onError: onFeedError,
  })
  const commandDesk = createCommandDesk({
    store: measuredStore(postgresCommandStore(pool), counters),
    now,
    timeZone: site.timeZone,
    currency: site.currency,
    onChanged: feed.nudge,
    onError: (error, commandId) => {
      log.error('command failed', error, { commandId })
    },
  })
  const historyMonths = options.historyMonths ?? null
  /** Called after a customer was erased, by this node or another. */
  const forgetCustomers = (customerIds: readonly string[]) => {
    callDesk.forgetCustomers(customerIds)
    sockets.sendErased()
    keeper.dropUnclean().catch((error: unknown) => {
      log.error('snapshots not looked at', error)
    })
  }
  const erasureDesk = createErasureDesk({ pool, now, onErased: feed.nudge })
  const snapshotFolder = join(options.dataFolder, 'snapshots')
  const downloads = createRunningDownloads(pool, now)
  const shelf = openSnapshotShelf(snapshotFolder)
  const keeper = keepSnapshots({
    shelf,
    connectionString,
    place: feed.place,
    cleanFrom: () => cleanFrom(pool),
    breakOff: downloads.breakOff,
    now,
    log,
    always: [{ scopes: ['org'], historyMonths }],
  })
  const isTrusted = options.isTrusted ?? trustedProxies(undefined)
  const app = createHttpServer({ pool, log, isTrusted })
  const checkPassword = createPasswordCheck(pool, now)
  addSignInRoutes(app, { pool, site, now, checkPassword, onSignedOut: () => sessions.look() })
  addAgentRoutes(app, { pool, now })
  await addSnapshotRoutes(app, { pool, folder: snapshotFolder, shelf, keeper, downloads, historyMonths, now })
  const pages = sharePages({
    store: feedStore,
    place: feed.place,
    clock: realClock(),
    onServed: (how) => {
      counters.count(how === 'read' ? 'pagesRead' : 'pagesShared')
    },
  })
  const door = createDoor({ clock: realClock(), ...(options.door ?? DOOR) })
  const sockets = startSocketServer({
    httpServer: app.server,
    door,
    isTrusted,
    counters,
    pool,
    feedStore: pages,
    commandDesk: countedDesk(commandDesk, counters),
    commandTurns,
    callDesk,
    erasureDesk,
    serverId: site.serverId,
    place: feed.place,
    now,
    log,
  })
  const sessions = watchSessions([() => sockets.checkSessions(), () => downloads.checkSessions()], log)
  let metrics: MetricsServer | null = null
  const watch = watchNode({
    now,
    name: nodeName,
    connections: sockets.connections,
    hasTelephones: callDesk.hasTelephones,
    counters,
  })
  const reader = createStatusReader({ pool, site, now, place: feed.place, keeper, watch })
  await addOperatorRoutes(app, {
    pool,
    site,
    now,
    reader,
    checkPassword,
    secret: provideOperatorSecret(options.dataFolder),
  })
  const house = keepHouse({ pool, now, log })
  const transactions = watchTransactions({ db: pool, longMs: LONG_MS, clock: realClock(), log })
  const stop = async () => {
    sessions.stop()
    watch.stop()
    transactions.stop()
    await metrics?.stop()
    await house.stop()
    await callDesk.stop()
    await sockets.stop()
    await app.close()
    await keeper.stop()
    await feed.stop()
  }
  try {
    // Start the feed last: only now does every part that reacts to changes listen.
    await feed.start()
    const host = options.host ?? '127.0.0.1'
    const url = await listen(() => app.listen({ host, port: options.port ?? 0 }), options.port ?? 0, 'PORT')
    port = Number(new URL(url).port)
    await callDesk.start()
    const { metricsPort } = options
    metrics =
      metricsPort === undefined
        ? null
        : await listen(() => startMetricsServer({ reader, host, port: metricsPort, log }), metricsPort, 'METRICS_PORT')
    log.info('listening', { url, metrics_port: metrics?.port ?? null })
    return { url, port, metricsPort: metrics?.port ?? null, connections: sockets.connections, stop }
  } catch (error) {
    await stop().catch(() => undefined)
    throw error
  }
}

async function listen<T>(open: () => Promise<T>, port: number, setting: 'PORT' | 'METRICS_PORT'): Promise<T> {
  try {
    return await open()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new StartError(
        `Port ${port} is in use by another program. Stop that one, or choose another with ${setting}.`,
        { cause },
      )
    if (code === 'EACCES')
      throw new StartError(`This user may not use port ${port}. Choose one above 1023 with ${setting}.`, { cause })
    throw cause
  }
}
