import type { Touched } from '../db/apply/touched.ts'
import { startWorkers, type Workers, type WorkersOptions } from '../db/worker/start-workers.ts'
import type { AgentState } from '../protocol/calls.ts'
import { refuse, type Refusal, type Result } from '../protocol/errors.ts'
import { CallId, DeviceId } from '../protocol/scalars.ts'
import type { EventName, EventPayload, SyncState } from '../protocol/workstation.ts'
import type { DeepLink } from './calls/deep-link.ts'
import { createDesk } from './calls/desk.ts'
import { createEnrichment } from './calls/enrichment.ts'
import { localCall } from './calls/local-call.ts'
import { createToldLater } from './calls/told-later.ts'
import { systemClock, type Clock } from './clock.ts'
import { createCenter } from './link/center.ts'
import { createServerLink, type LinkState, type Push } from './link/server-link.ts'
import { createSync } from './link/sync.ts'
import { inBackground, type Log } from './log.ts'
import { filesKey } from './secrets/files-key.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import { createActions, type Actions } from './services/actions.ts'
import { createCommandDesk, type CommandDesk } from './services/command-desk.ts'
import { createLiveQueries, type LiveQueries } from './services/live-queries.ts'
import { createQueries, type Queries } from './services/queries.ts'
import { createSession } from './services/session.ts'
import { topicsOf } from './services/topics.ts'
import { cacheFits } from './snapshot/cache-fits.ts'
import { createSetup, type SetupProgress } from './snapshot/setup.ts'

export interface WorkstationOptions {
  readonly dataFolder: string
  readonly serverUrl: string
  readonly secretStore: SecretStore
  readonly log: Log
  readonly appVersion: string
  /** What the center calls this machine by. */
  readonly deviceLabel: string
  readonly clock?: Clock
  /** UUIDv7. */
  readonly newId: () => string
  readonly randomHex: () => string
  readonly random: () => number
  readonly workerEntries?: NonNullable<WorkersOptions['entries']>
}

/** The core of a workstation, without a shell: what both shells and every window talk to. */
export interface Workstation {
  readonly queries: Queries
  readonly actions: Actions
  readonly run: CommandDesk['run']
  readonly live: LiveQueries
  /** Every screen hears every event. Returns how to stop. */
  on(listener: <E extends EventName>(name: E, payload: EventPayload<E>) => void): () => void
  /** A call from a link or the command line. */
  takeLink(link: Result<DeepLink>): Promise<void>
  stop(): Promise<void>
}

/**
 * Opens the files and builds a workstation over them; it goes on where it was, signed in or not, and needs no server
 * to be there. Throws FILE_NEWER where the files are from a later version.
 */
export async function startWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const { log, newId, dataFolder } = options
  const clock = options.clock ?? systemClock
  const now = () => clock.now()
  const listeners = new Set<<E extends EventName>(name: E, payload: EventPayload<E>) => void>()
  const emit = <E extends EventName>(name: E, payload: EventPayload<E>) => {
    for (const listener of listeners) listener(name, payload)
  }
  const notice = (refusal: Refusal) => emit('notice', { refusal, at: now() })

  const workers: Workers = await startWorkers({
    files: {
      folder: dataFolder, journalKeyHex: await filesKey(options.secretStore, options.randomHex),
      newKeyHex: [options.randomHex(), options.randomHex(), options.randomHex()], stamp: newId().slice(0, 13),
    },
    ...(options.workerEntries ? { entries: options.workerEntries } : {}),
    onRestart: (which, error) => {
      log.error('thread started again', error, { which })
      notice({ code: 'INTERNAL', params: { reference: which } })
      live.touch(['session', 'sync', 'unsent', 'desk', 'customer:*', 'entity:task', 'entity:complaint', 'entity:user', 'entity:customer'])
    },
  })
  const { writer, reader } = workers
  const opened = await writer.opened()
  const { remembered } = opened
  const deviceId = DeviceId.parse(remembered['deviceId'] ?? newId())
  let incarnation = remembered['incarnation'] ?? newId()
  await writer.remember({ deviceId, incarnation })
  await writer.prune(now())

  const live = createLiveQueries({ clock, log })
  const touchRows = (touched: readonly Touched[]) => live.touch(touched.flatMap(topicsOf))
  const center = createCenter(options.serverUrl)
  const session = createSession({
    center, now, deviceId, deviceLabel: options.deviceLabel, appVersion: options.appVersion, secretStore: options.secretStore.kind,
    remembered, remember: (facts) => writer.remember(facts), onChanged: () => live.touch(['session']),
  })

  let linkState: LinkState = { kind: 'offline' }
  let reachedAt: number | null = remembered['reachedAt'] ? Number(remembered['reachedAt']) : null
  let counts = await writer.counts()
  let setupProgress: SetupProgress | null = null
  let agentState: AgentState | null = null
  const damage: Refusal | null = opened.salvaged ? { code: 'JOURNAL_DAMAGED', params: { file: opened.salvaged.file, saved: opened.salvaged.saved } } : null
  let alarm = damage

  const syncState = (): SyncState => ({
    link: linkState.kind, refusal: linkState.kind === 'refused' ? linkState.refusal : null, reachedAt, ...counts,
    behind: sync.behind(), setup: setupProgress && { ...setupProgress }, alarm,
  })
  async function unsentChanged(): Promise<void> {
    counts = await writer.counts()
    alarm = (await writer.alarm()) ?? damage
    live.touch(['sync', 'unsent'])
  }
  const takeAgentState = (state: AgentState) => {
    if (agentState?.userId === state.userId && agentState.revision >= state.revision) return
    agentState = state
    live.touch(['agent'])
  }

  const setup = createSetup({
    center, folder: dataFolder, clock, random: options.random, log,
    sessionToken: () => session.sessionToken(),
    swapIn: async (file, keyHex) => {
      const touched = await writer.useSnapshot(file, keyHex)
      await workers.followCache()
      sync.moveTo(await writer.place())
      touchRows([touched, { entities: ['customer', 'contactPoint', 'task', 'complaint', 'user', 'product', 'quote'], customerIds: null }])
    },
    onProgress: (progress) => {
      setupProgress = progress
      live.touch(['sync'])
    },
    onRefused: notice,
  })

  const link = createServerLink({
    serverUrl: options.serverUrl, clock, random: options.random, log,
    handshake: async () => session.handshake(),
    events: {
      onState: (state) => {
        linkState = state
        if (state.kind !== 'online') setup.stop()
        live.touch(['sync'])
      },
      onPush: (name, payload) => {
        reachedAt = now()
        inBackground(log, take[name](payload as never), `push ${name}`)
      },
    },
  })
  const sync = createSync({
    link, writer, clock, log, incarnation: () => incarnation,
    onTouched: touchRows,
    onProgress: () => inBackground(log, unsentChanged(), 'count unsent'),
    onSnapshotDue: () => setup.begin(),
    onForeignJournal: async () => {
      log.info('the center knows another journal of this name: numbering begins anew')
      incarnation = newId()
      await writer.beginIncarnation(incarnation)
    },
  })

  const told = createToldLater({ remembered: remembered['wrapUpsToTell'], remember: (text) => writer.remember({ wrapUpsToTell: text }), link, log })
  const desk = createDesk({
    reader, writer, log, now, newId, place: () => session.place(), kept: opened.deskCalls, done: told.callIds(),
    publish: (pop) => emit('pop', pop),
    onChanged: () => live.touch(['desk']),
    onMissed: (missed) => enrichment.ask(missed),
  })
  const enrichment = createEnrichment({ link, writer, log, desk: () => desk, onTouched: touchRows })
  const commandDesk = createCommandDesk({
    writer, session, now, newId,
    onEntered: (touched) => {
      touchRows([touched])
      inBackground(log, unsentChanged(), 'count unsent')
      sync.sendSoon()
    },
  })
  const actions = createActions({
    session, link, sync, desk, writer, commandDesk, now, newId,
    agentState: () => agentState,
    takeAgentState,
    touch: (topics) => live.touch(topics),
    tellWrappedUp: (callId) => told.tell(callId),
    onSignedIn: async () => {
      link.start()
      link.reconnect()
    },
    onSignedOut: () => {
      agentState = null
      live.touch(['agent', 'session'])
      link.reconnect()
    },
    onUnsentChanged: unsentChanged,
  })
  const queries = createQueries({ reader, session, desk, now, syncState, agentState: () => agentState })

  const take: { [P in Parameters<Parameters<typeof createServerLink>[0]['events']['onPush']>[0]]: (payload: never) => Promise<void> } = {
    welcome: async (welcome: Push<'welcome'>) => {
      session.noteServerTime(welcome.serverTime)
      await session.confirm(welcome.identity)
      await writer.remember({ reachedAt: String(reachedAt), clockOffsetMs: String(session.clockOffsetMs()) })
      let place = await writer.place()
      const foreign = welcome.identity !== null && !cacheFits(place, welcome.epoch, welcome.identity.scopes)
      if (foreign && place.epoch !== null) {
        touchRows([await writer.resetCache(), { entities: ['customer', 'task', 'complaint'], customerIds: null }])
        await workers.followCache()
        place = await writer.place()
      }
      sync.begin(welcome, place, welcome.identity !== null)
      told.tellAll()
      live.touch(['sync'])
    },
    feed: async (page: Push<'feed'>) => sync.take(page),
    call: async (call: Push<'call'>) => {
      if (call.userId === session.identity()?.userId) await desk.take(call)
    },
    agentState: async (state: AgentState) => {
      if (state.userId === session.identity()?.userId) takeAgentState(state)
    },
    signedOut: async ({ reason }: { reason: Refusal }) => {
      await session.expire()
      notice(reason)
    },
  }

  let cancelMinute = () => {}
  const everyMinute = () => {
    live.touch(['minute'])
    inBackground(log, unsentChanged(), 'look at the alarms')
    if (link.isOnline()) sync.sendSoon()
    cancelMinute = clock.after(60_000, everyMinute)
  }
  everyMinute()
  link.start()

  return {
    queries, actions, live,
    run: (name, args) => commandDesk.run(name, args),
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    takeLink: async (read) => {
      if (!read.ok) {
        notice(read.error)
        return
      }
      if (session.identity() === null) {
        notice(refuse('NOT_SIGNED_IN').error)
        return
      }
      await desk.takeLocal(localCall(read.value, CallId.parse(`local-${newId()}`), session.identity()?.userId ?? null, now()))
    },
    stop: async () => {
      cancelMinute()
      setup.stop()
      link.stop()
      live.stop()
      await workers.stop()
    },
  }
}
