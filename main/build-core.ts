import { join } from 'node:path'
import type { Touched } from '../db/apply/touched.ts'
import type { Workers } from '../db/worker/start-workers.ts'
import type { Opened } from '../db/worker/writer.ts'
import type { Refusal, Result } from '../protocol/errors.ts'
import { DeviceId } from '../protocol/scalars.ts'
import type { DeepLink } from './calls/deep-link.ts'
import { createDesk } from './calls/desk.ts'
import { createErasures } from './erasure/erasures.ts'
import { createEnrichment } from './calls/enrichment.ts'
import { createKeepWrapUp } from './calls/keep-wrap-up.ts'
import { createLocalCalls } from './calls/local-call.ts'
import { createOlderHistory } from './calls/older-history.ts'
import { createReadAgain } from './calls/read-again.ts'
import { createToldLater } from './calls/told-later.ts'
import type { Clock } from './clock.ts'
import type { Events } from './events.ts'
import { createCenter } from './link/center.ts'
import { createIncarnation } from './link/incarnation.ts'
import { openSocketIo } from './link/link-socket.ts'
import { createOwnServer } from './link/own-server.ts'
import { createOwnRows } from './link/own-rows.ts'
import { createServerLink } from './link/server-link.ts'
import { createSync } from './link/sync.ts'
import { createTakePushes, type TakePushes } from './link/take-pushes.ts'
import { inBackground, type Log } from './log.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import { createActions } from './services/actions.ts'
import { createAgentStatus } from './services/agent-status.ts'
import { createCacheExchange } from './services/cache-exchange.ts'
import { createColleagueStates } from './services/colleague-states.ts'
import { createCommandDesk } from './services/command-desk.ts'
import type { LiveQueries } from './services/live-queries.ts'
import { noticingDamage } from './services/noticing-damage.ts'
import { createQueries } from './services/queries.ts'
import { createReporter } from './services/reporter.ts'
import { sealAnew } from './services/seal-anew.ts'
import { createSession } from './services/session.ts'
import { createSyncStatus } from './services/sync-status.ts'
import { topicsOf } from './services/topics.ts'
import { SnapshotDamagedError } from './snapshot/download.ts'
import { createSetup } from './snapshot/setup.ts'

export interface CoreOptions {
  readonly dataFolder: string
  readonly serverUrl: string
  /** Whether the journal's server has moved to `serverUrl` from another address. */
  readonly serverMoved?: boolean
  readonly secretStore: Pick<SecretStore, 'kind'>
  readonly log: Log
  readonly clock: Clock
  readonly appVersion: string
  /** The name that the server shows for this workstation. */
  readonly deviceLabel: string
  /** UUIDv7. */
  readonly newId: () => string
  readonly random: () => number
  /** 256 random bits in hex. */
  readonly randomHex: () => string
}

const A_MINUTE = 60_000
const A_DAY = 24 * 60 * A_MINUTE

/** Builds the parts of the core over its open files and connects them with each other. Nothing runs before `start`. */
export async function buildCore(options: CoreOptions, workers: Workers, events: Events, live: LiveQueries) {
  const { log, newId, random, clock } = options
  const writer = noticingDamage(workers.writer, replaceCache)
  const reader = noticingDamage(workers.reader, replaceCache)
  const now = () => clock.now()
  const notice = (refusal: Refusal) => events.emit('notice', { refusal, at: now() })
  const onTouched = (touched: readonly Touched[]) => live.touch(touched.flatMap(topicsOf))
  const onProgress = () => {
    recount()
    erasures.progressed()
  }
  /** Without a connection this does nothing: the next connection will ask again. */
  const beginSetup = () => {
    if (link.isOnline()) setup.begin()
  }
  const recount = () => inBackground(log, syncStatus.recount(), 'count unsent')

  const opened = await writer.opened()
  if (opened.cacheRebuilt) log.info('another cache was begun')
  const { remembered } = opened
  const deviceId = DeviceId.parse(remembered['deviceId'] ?? newId())
  await writer.remember({ deviceId })
  const incarnation = await createIncarnation({ remembered: remembered['incarnation'], writer, newId, log })

  const center = createCenter(options.serverUrl)
  const ownServer = createOwnServer({
    origin: options.serverUrl,
    moved: options.serverMoved ?? false,
    remembered,
    remember: (facts) => writer.remember(facts),
    askId: () => center.serverId(),
  })
  const session = createSession({
    center,
    ownServer,
    serverUrl: options.serverUrl,
    clock,
    deviceId,
    deviceLabel: options.deviceLabel,
    appVersion: options.appVersion,
    secretStore: options.secretStore.kind,
    remembered,
    remember: (facts) => writer.remember(facts),
    forgetSignIn: () => writer.forgetSignIn(),
    onChanged: () => live.touch(['session']),
  })
  await writer.pruneUntouchedDrafts(session.siteNow() - A_DAY)
  const userId = () => session.identity()?.userId ?? null
  const agentStatus = createAgentStatus(() => live.touch(['agent']))
  const syncStatus = createSyncStatus({
    writer,
    userId,
    reachedAt: remembered['reachedAt'] ? Number(remembered['reachedAt']) : null,
    damage: damageOf(opened),
    behind: () => sync.behind(),
    touch: (topics) => live.touch(topics),
  })
  const cacheExchange = createCacheExchange(workers, onTouched)
  const setup = createSetup({
    center,
    folder: options.dataFolder,
    clock,
    random,
    log,
    sessionToken: () => session.sessionToken(),
    scopes: () => session.identity()?.scopes ?? [],
    removeOthers: () => writer.removeOldCaches(),
    ownKey: async (file, keyHex) => {
      const own = options.randomHex()
      await workers.changeKey(join(options.dataFolder, file), keyHex, own)
      return own
    },
    swapIn: async (file, keyHex) => {
      const place = await cacheExchange.swapIn(file, keyHex)
      sync.moveTo(place)
      // The file was damaged between the check of its hash and its first use, and an empty cache took its place.
      if (place.epoch === null) throw new SnapshotDamagedError('The snapshot could not be used.')
      ownRows.bring()
      // Apply once more the erasures that happened while the snapshot was on its way.
      erasures.look()
    },
    onProgress: (progress) => syncStatus.setupIs(progress),
    onRefused: notice,
  })
  const link = createServerLink({
    open: openSocketIo(options.serverUrl),
    clock,
    random,
    log,
    handshake: async () => session.handshake(),
    mayGreet: ownServer.check,
    events: {
      onState: (state) => {
        if (state.kind !== 'online') {
          inBackground(log, setup.stop(), 'stop setup')
          reporter.stop()
        }
        syncStatus.linkIs(state)
        if (state.kind === 'refused' && state.refusal.code === 'DEVICE_REVOKED')
          inBackground(log, leaveRevoked(state.refusal), 'leave a revoked desk')
      },
      onBeat: () => syncStatus.heardAt(now()),
      onPush: (name, payload) => {
        syncStatus.heardAt(now())
        if (name === 'welcome') reporter.begin()
        inBackground(log, (takePushes[name] as TakePushes['welcome'])(payload as never), `push ${name}`)
      },
    },
  })
  const sync = createSync({
    link,
    writer,
    clock,
    random,
    log,
    incarnation: () => incarnation.current(),
    serverNow: session.siteNow,
    onTouched,
    onProgress,
    onSnapshotDue: beginSetup,
    renumber: (send) => incarnation.renew(send),
    sealAnew: () => sealAnew(writer, session),
  })

  const erasures = createErasures({
    link,
    writer,
    sync,
    clock,
    log,
    onTouched,
    onErased: async (customerId) => {
      // Tell the screens first: what they hold unsaved must not be written into the call's next draft.
      events.emit('erased', { customerId })
      await desk.forget(customerId)
      live.touch(['drafts', `draft:customer:${customerId}`, 'desk'])
      await syncStatus.recount()
    },
  })

  const ownRows = createOwnRows({ link, writer, log, scopes: () => session.identity()?.scopes ?? [], onTouched })
  const olderHistory = createOlderHistory({ link, writer, log, now: session.siteNow, onTouched })
  const reporter = createReporter({
    link,
    clock,
    random,
    log,
    appVersion: options.appVersion,
    folder: options.dataFolder,
    place: () => writer.place(),
    behind: () => sync.behind(),
    counts: () => writer.counts(null),
    alarm: () => syncStatus.shown().alarm,
  })
  const told = createToldLater({
    remembered: remembered['wrapUpsToTell'],
    remember: (text) => writer.remember({ wrapUpsToTell: text }),
    link,
    clock,
    log,
  })
  const desk = createDesk({
    reader,
    writer,
    log,
    now: session.siteNow,
    newId,
    userId,
    place: () => session.place(),
    done: told.callIds(),
    publish: (pop) => {
      events.emit('pop', pop)
      if (pop.record) olderHistory.lookedAt(pop.record)
    },
    onChanged: () => live.touch(['desk']),
    onMissed: (missed) => enrichment.ask(missed),
    onMissedGone: (callId) => told.tell(callId),
    onUnread: () => readAgain.later(),
  })
  const openLocalCall = createLocalCalls({
    desk,
    userId,
    country: () => session.place().country,
    newId,
    now: session.siteNow,
  })
  const enrichment = createEnrichment({ link, writer, log, desk: () => desk, onTouched })
  const readAgain = createReadAgain({ clock, log, read: () => desk.readUnread() })
  /** Calls, records and changes may all find the same damage: replace the cache only once. */
  let replacing: Promise<void> | null = null
  function replaceCache(): void {
    inBackground(log, (replacing ??= replaceDamagedCache()), 'replace damaged cache')
  }
  /** Nothing is lost, because the server has every row of the cache: the next welcome fetches them. */
  async function replaceDamagedCache(): Promise<void> {
    try {
      sync.moveTo(await cacheExchange.reset())
      link.reconnect()
    } finally {
      replacing = null
    }
  }
  async function followWriter(): Promise<void> {
    const place = await cacheExchange.follow()
    sync.moveTo(place)
    if (place.epoch === null) link.reconnect()
  }
  const commandDesk = createCommandDesk({
    writer,
    session,
    newId,
    onEntered: (touched) => {
      onTouched([touched])
      recount()
      sync.sendSoon()
    },
    onNotShown: ({ message }) => log.info('entered, not shown', { problem: message }),
  })

  /** Loads what the signed-in user has open here; nobody else's work is shown. */
  async function seat(): Promise<void> {
    const user = userId()
    desk.begin(user ? await writer.deskCalls(user) : [])
    await syncStatus.recount()
    live.touch(['drafts'])
  }
  /** Stops showing any user's work; what was written stays on disk. */
  async function unseat(): Promise<void> {
    await seat()
    agentStatus.clear()
  }
  /** The server has revoked this workstation. Anyone may have the machine now, so no record stays on the screen. */
  async function leaveRevoked(refusal: Refusal): Promise<void> {
    if (!session.identity()) return
    await session.signOut()
    await unseat()
    notice(refusal)
  }
  const actions = createActions({
    session,
    link,
    sync,
    desk,
    writer,
    commandDesk,
    newId,
    agentStatus,
    log,
    touch: (topics) => live.touch(topics),
    tellWrappedUp: (callId) => told.tell(callId),
    onSignedIn: async () => {
      await seat()
      link.start()
      link.reconnect()
    },
    onSignedOut: async () => {
      await unseat()
      link.reconnect()
    },
    onUnsentChanged: () => syncStatus.recount(),
    onTyped: createKeepWrapUp({ link, agentStatus, now: session.siteNow, userId, log }),
    onTouched,
  })
  const colleagueStates = createColleagueStates({
    center,
    clock,
    isOnline: () => link.isOnline(),
    sessionToken: () => session.sessionToken(),
    onStale: () => live.touch(['colleagues']),
  })
  const queries = createQueries({
    reader,
    session,
    desk,
    now: session.siteNow,
    syncState: () => syncStatus.shown(),
    agentState: () => agentStatus.current(),
    colleagueStates,
    lookedAt: (record) => olderHistory.lookedAt(record),
  })
  const takePushes = createTakePushes({
    ownServer,
    onOtherServer: () => link.leave({ code: 'OTHER_SERVER', params: { address: options.serverUrl } }),
    log,
    now,
    writer,
    session,
    sync,
    syncStatus,
    desk,
    agentStatus,
    told,
    cacheExchange,
    ownRows,
    olderHistory,
    erasures,
    notice,
    onSnapshotDue: beginSetup,
  })
  await seat()

  let cancelMinute = () => {}
  const everyMinute = () => {
    live.touch(['minute'])
    recount()
    if (link.isOnline()) {
      sync.sendSoon()
      // For a later start without the server: it can then show since when the server was not reached.
      inBackground(log, writer.remember({ reachedAt: String(syncStatus.shown().reachedAt ?? now()) }), 'remember')
    }
    cancelMinute = clock.after(A_MINUTE, everyMinute)
  }

  return {
    queries,
    actions,
    run: commandDesk.run,
    onReaderBack: () => readAgain.now(),
    tell: notice,
    /** The writer's thread has opened the files again, and may have had to begin another cache. */
    onWriterBack: () => inBackground(log, followWriter(), 'follow the writer'),
    takeLink: async (read: Result<DeepLink>): Promise<void> => {
      const taken = read.ok ? await openLocalCall(read.value) : read
      if (!taken.ok) notice(taken.error)
    },
    start: () => {
      everyMinute()
      link.start()
    },
    stop: () => {
      cancelMinute()
      colleagueStates.stop()
      readAgain.stop()
      told.stop()
      link.stop()
      return setup.stop()
    },
  }
}

const damageOf = ({ salvaged }: Opened): Refusal | null =>
  salvaged && { code: 'JOURNAL_DAMAGED', params: { file: salvaged.file, saved: salvaged.saved } }
