import type { CachePlace } from '../../db/files/cache-file.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { PushName } from '../../protocol/wire.ts'
import type { Refusal } from '../../protocol/errors.ts'
import { monthsBefore } from '../../domain/kept-history.ts'
import type { Desk } from '../calls/desk.ts'
import type { OlderHistory } from '../calls/older-history.ts'
import type { ToldLater } from '../calls/told-later.ts'
import type { AgentStatus } from '../services/agent-status.ts'
import type { CacheExchange } from '../services/cache-exchange.ts'
import type { SessionService } from '../services/session.ts'
import type { SyncStatus } from '../services/sync-status.ts'
import type { Erasures } from '../erasure/erasures.ts'
import { inBackground, type Log } from '../log.ts'
import { cacheFits } from '../snapshot/cache-fits.ts'
import type { OwnServer } from './own-server.ts'
import type { Push } from './server-link.ts'
import type { Sync } from './sync.ts'

/** How long catching up with the feed pauses when a call begins to ring: more than enough time to paint the call. */
const POP_MS = 250

export interface TakePushesOptions {
  readonly ownServer: Pick<OwnServer, 'isOurs'>
  /** A server that is not the journal's answered at its address. */
  onOtherServer(): void
  readonly log: Log
  readonly now: () => number
  readonly writer: Pick<Remote<WriterCalls>, 'place' | 'remember' | 'makeWay'>
  readonly session: SessionService
  readonly sync: Sync
  readonly syncStatus: SyncStatus
  readonly desk: Desk
  readonly agentStatus: AgentStatus
  readonly told: ToldLater
  readonly cacheExchange: CacheExchange
  readonly ownRows: { bring(): void }
  readonly olderHistory: Pick<OlderHistory, 'resume'>
  /** A partial cache has grown old: a newer snapshot begins later. */
  onSnapshotDue(): void
  readonly erasures: Pick<Erasures, 'begin' | 'look'>
  notice(refusal: Refusal): void
}

/** Longer than the server keeps a snapshot of this kind, so its newest one begins later than our cache. */
const GROWN_BY_MS = 62 * 86_400_000

/** Whether a partial cache now holds much more than the months that it was made for. */
const hasGrown = ({ historyFrom, historyMonths }: NonNullable<CachePlace['partial']>, now: number): boolean =>
  monthsBefore(now, historyMonths) - historyFrom > GROWN_BY_MS

export type TakePushes = { readonly [P in PushName]: (payload: Push<P>) => Promise<void> }

/** Handles each message that the server sends without being asked. */
export function createTakePushes(options: TakePushesOptions): TakePushes {
  const { now, writer, session, sync, desk, agentStatus } = options
  const isUser = (userId: string) => userId === session.identity()?.userId
  return {
    welcome: async (welcome) => {
      // Send nothing more to that server: the next connection first asks which server it is.
      if (!(await options.ownServer.isOurs(welcome.serverId))) {
        options.onOtherServer()
        return
      }
      sync.welcomed(welcome)
      session.noteServerTime(welcome.serverTime)
      await session.confirm(welcome.identity)
      await writer.remember({ reachedAt: String(now()), clockOffsetMs: String(session.clockOffsetMs()) })
      let place = await writer.place()
      const foreign = welcome.identity !== null && !cacheFits(place, welcome.epoch, welcome.identity.scopes)
      if (foreign && place.epoch !== null) place = await options.cacheExchange.reset()
      sync.begin(welcome, place, welcome.identity !== null)
      if (welcome.identity) {
        options.ownRows.bring()
        options.olderHistory.resume()
        if (place.partial && hasGrown(place.partial, welcome.serverTime)) options.onSnapshotDue()
      }
      options.erasures.begin(welcome.epoch)
      options.told.tellAll()
      options.syncStatus.heardAt(now())
    },
    feed: async (page) => sync.take(page),
    erased: async () => options.erasures.look(),
    call: async (call) => {
      if (!isUser(call.userId)) return
      if (call.phase === 'ringing' && !desk.find(call.callId))
        inBackground(options.log, writer.makeWay(POP_MS), 'make way')
      await desk.take(call)
    },
    agentState: async (state) => {
      if (isUser(state.userId)) agentStatus.take(state)
    },
    signedOut: async ({ reason }) => {
      await session.expire()
      options.notice(reason)
    },
  }
}
