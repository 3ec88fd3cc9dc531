import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { ok, refuse, type Refusal, type Result } from '../../protocol/errors.ts'
import type { UserId } from '../../protocol/scalars.ts'
import {
  MAX_BATCH_BYTES,
  pushes,
  requests,
  type FeedPage,
  type PushName,
  type RequestName,
  type SentPage,
} from '../../protocol/wire.ts'
import type { z } from 'zod'
import { revokedAmong } from '../auth/revoke-device.ts'
import { openSessions } from '../auth/sessions.ts'
import { identityOf } from '../auth/users.ts'
import { scopesOf } from '../auth/visible.ts'
import type { DeskNews } from '../calls/call-desk.ts'
import type { FeedStretch } from '../feed/feed-engine.ts'
import type { FeedPlace } from '../feed/read-log.ts'
import type { Log } from '../log.ts'
import type { Counters } from '../operator/counters.ts'
import { admit, type Admitted } from './admit.ts'
import { cutOff, doesNotRead } from './backlog.ts'
import { createDeviceLoads, type DeviceLoad } from './device-load.ts'
import type { Door } from './door.ts'
import { guardUpgrades } from './guard-upgrades.ts'
import { answerRequest, type RequestServices } from './workstation-requests.ts'
import { createRefusedAddresses } from './refused-addresses.ts'
import { clientAddress, type TrustedProxies } from '../http/trusted-proxies.ts'
import { packPages } from './packed-pages.ts'
import { writePagesOnce } from './written-once.ts'

export interface SocketServer {
  /** Sends a stretch of the feed to every signed-in workstation, reduced to what its user may see. */
  sendFeed(stretch: FeedStretch): void
  /** Tells a user's workstations about a call or about their state. */
  sendNews(news: DeskNews): void
  /** Tells every workstation, signed in or not, that a customer was erased. */
  sendErased(): void
  /** Ends the sign-in of sockets whose session was ended at any node, and disconnects barred devices. */
  checkSessions(): Promise<void>
  /** Disconnects every workstation, because the cursors that they hold can no longer be followed. */
  closeAll(): void
  connections(): number
  stop(): Promise<void>
}

export interface SocketServerOptions extends RequestServices {
  readonly httpServer: HttpServer
  readonly door: Door
  readonly isTrusted: TrustedProxies
  readonly counters: Pick<Counters, 'count'>
  readonly serverId: string
  readonly place: () => FeedPlace
  readonly now: () => number
  readonly log: Log
}

type Connection = Socket & { data: { admitted: Admitted; nonsense: number; load: DeviceLoad } }

const NONSENSE_ALLOWED = 50
/** A connection that has sent no handshake by then is cut off. */
const HANDSHAKE_WITHIN_MS = 10_000
/** A connection that does not take the goodbye within this time is cut off. */
const GOODBYE_MS = 1000

/**
 * The server's live connections. They use WebSocket only and keep no retries or buffers of their own, because the
 * journal is the only layer that retries.
 */
export function startSocketServer(options: SocketServerOptions): SocketServer {
  const { log, callDesk, counters } = options
  const io = new Server(options.httpServer, {
    transports: ['websocket'],
    serveClient: false,
    pingInterval: 5000,
    pingTimeout: 5000,
    connectTimeout: HANDSHAKE_WITHIN_MS,
    // Socket.IO closes the connection above this size. It is twice the limit, so that a batch that is a little too
    // large still gets a refusal with a reason.
    maxHttpBufferSize: 2 * MAX_BATCH_BYTES,
  })
  const refusedLately = createRefusedAddresses({ elapsed: () => performance.now() })
  const addressOf = ({ socket, headers }: IncomingMessage): string =>
    clientAddress(socket.remoteAddress, String(headers['x-forwarded-for'] ?? ''), options.isTrusted)
  const upgrades = guardUpgrades(
    options.httpServer,
    options.door,
    (request) => refusedLately.holdsOff(addressOf(request)),
    () => {
      counters.count('turnedAway')
    },
  )
  const written = writePagesOnce(io)
  const packed = packPages()
  const signedIn = new Map<Connection, UserId>()
  const loads = createDeviceLoads()

  const knocked = new WeakSet<Socket['conn']>()
  // Socket.IO would say goodbye to a silent connection and wait another half minute for its reply, so it is cut off
  // here.
  io.engine.on('connection', (conn: Socket['conn']) => {
    setTimeout(() => {
      if (!knocked.has(conn)) cutOff({ conn })
    }, HANDSHAKE_WITHIN_MS).unref()
  })
  io.use((socket, next) => {
    // Our workstations make one handshake on a connection. Each further one would cost statements and one more copy of
    // every push.
    if (knocked.has(socket.conn)) {
      socket.conn.close(true)
      next(new Error('a connection makes one handshake'))
      return
    }
    knocked.add(socket.conn)
    void (async () => {
      const entry = upgrades.entryOf(socket.request)
      entry?.begun()
      const refused = await admitted(socket)
      entry?.over()
      counters.count(refused ? 'handshakesRefused' : 'handshakesDone')
      next(refused)
      // Close the connection only after the refusal has been written.
      if (!refused) return
      setImmediate(() => {
        socket.conn.close()
      })
      setTimeout(() => {
        cutOff(socket)
      }, GOODBYE_MS).unref()
    })()
  })

  io.on('connection', (socket: Connection) => {
    const { admitted } = socket.data
    socket.data.load = loads.joined(admitted.deviceId, socket)
    const user = admitted.session?.user
    const { epoch, head, floor } = options.place()
    push(socket, 'welcome', {
      serverTime: options.now(),
      serverId: options.serverId,
      epoch,
      head,
      floor,
      identity: user ? identityOf(user) : null,
      nextCommand: [...admitted.journals],
    })
    if (admitted.signedOut) push(socket, 'signedOut', { reason: admitted.signedOut })
    socket.onAny((name: unknown, ...args: unknown[]) => {
      void serve(socket, name, args)
    })
    socket.on('error', () => {
      socket.disconnect(true)
    })
    if (!user) return
    signedIn.set(socket, user.id)
    socket.once('disconnect', () => {
      if (signedIn.delete(socket)) callDesk.disconnected(user.id)
    })
    callDesk.connected(user.id)
  })

  async function admitted(socket: Socket): Promise<Error | undefined> {
    try {
      const result = await admit(options.pool, socket.handshake.auth, options.now())
      if (!result.ok) {
        // Do not note workstations that were barred or have another version: those are real workstations.
        if (result.error.code === 'NOT_SIGNED_IN' || result.error.code === 'BAD_ARGUMENT')
          refusedLately.note(addressOf(socket.request))
        return refusalError(result.error)
      }
      socket.data = { admitted: result.value, nonsense: 0 }
      return undefined
    } catch (error) {
      log.error('handshake failed', error)
      return refusalError({ code: 'CENTER_BUSY', params: { seconds: 2 } })
    }
  }

  async function serve(socket: Connection, name: unknown, args: unknown[]): Promise<void> {
    const acknowledge = args.at(-1)
    if (typeof acknowledge !== 'function') {
      nonsense(socket)
      return
    }
    if (letGo(socket)) return
    const result = await answer(socket, name, args.length === 2 ? args[0] : undefined)
    if (!result.ok && (result.error.code === 'BAD_ARGUMENT' || result.error.code === 'UNKNOWN_NAME')) nonsense(socket)
    // Check again: the workstation may have asked for many pages before the first one was ready.
    if (letGo(socket)) return
    if (name === 'pull' && result.ok) acknowledge(ok(pageFor(result.value as FeedPage)))
    else acknowledge(result)
  }

  /** The page in the form in which it is sent, written or packed once for all its readers. */
  function pageFor(page: FeedPage): SentPage {
    const sent = packed(page)
    written.mark(sent)
    return sent
  }

  async function answer(socket: Connection, name: unknown, args: unknown): Promise<Result<unknown>> {
    if (typeof name !== 'string' || !Object.hasOwn(requests, name))
      return refuse('UNKNOWN_NAME', { name: String(name).slice(0, 60) })
    const over = socket.data.load.begin(name)
    if (!over) return refuse('CENTER_BUSY', { seconds: 1 })
    try {
      const { admitted } = socket.data
      const session = signedIn.has(socket) ? admitted.session : null
      return await answerRequest(options, { deviceId: admitted.deviceId, session }, name as RequestName, args)
    } catch (error) {
      const reference = crypto.randomUUID()
      log.error('request failed', error, { name, reference })
      return refuse('INTERNAL', { reference })
    } finally {
      over()
    }
  }

  /** Cuts off a workstation that does not read what it is sent. True: it was cut off. */
  function letGo(socket: Connection): boolean {
    if (!doesNotRead(socket)) return false
    counters.count('slowReaders')
    log.info('a workstation does not read and was cut off', { connections: io.engine.clientsCount })
    cutOff(socket)
    return true
  }

  function nonsense(socket: Connection): void {
    socket.data.nonsense += 1
    if (socket.data.nonsense >= NONSENSE_ALLOWED) socket.disconnect(true)
  }

  async function checkSessions(): Promise<void> {
    const asked = [...signedIn.keys()]
    const open = await openSessions(
      options.pool,
      asked.map((socket) => sessionHash(socket)),
      options.now(),
    )
    // A workstation that connected meanwhile was not in the query; its session was checked when it connected.
    for (const socket of asked) {
      if (!signedIn.has(socket)) continue
      const user = open.get(sessionHash(socket))
      if (!user) signOut(socket)
      // The user has another team or role and may see other rows. The workstation connects again and learns what its
      // user is now.
      else if (scopesOf(user).join() !== scopesHere(socket).join()) socket.disconnect(true)
    }
    const sockets = [...io.sockets.sockets.values()] as Connection[]
    const revoked = await revokedAmong(
      options.pool,
      sockets.map((socket) => socket.data.admitted.deviceId),
    )
    for (const socket of sockets) if (revoked.has(socket.data.admitted.deviceId)) socket.disconnect(true)
  }

  /** Ends the sign-in of a socket. The socket stays open for the journal, but no more customer data go over it. */
  function signOut(socket: Connection): void {
    const userId = signedIn.get(socket)
    if (userId === undefined || !signedIn.delete(socket)) return
    callDesk.disconnected(userId)
    push(socket, 'signedOut', { reason: { code: 'SESSION_EXPIRED', params: {} } })
  }

  return {
    sendFeed: (stretch) => {
      const readers = new Map<SentPage, string[]>()
      for (const socket of signedIn.keys()) {
        if (letGo(socket)) continue
        const page = pageFor(stretch.pageFor(scopesHere(socket)))
        const ids = readers.get(page)
        if (ids) ids.push(socket.id)
        else readers.set(page, [socket.id])
      }
      // Sent as a broadcast, a page is one frame and one buffer for any number of readers.
      for (const [page, ids] of readers) io.to(ids).emit('feed', page)
    },
    sendNews: (news) => {
      const to = news.kind === 'call' ? news.call.userId : news.state.userId
      for (const [socket, userId] of signedIn) {
        if (userId !== to || letGo(socket)) continue
        if (news.kind === 'call') push(socket, 'call', news.call)
        else push(socket, 'agentState', news.state)
      }
    },
    sendErased: () => {
      io.emit('erased', pushes.erased.parse({}))
    },
    checkSessions,
    closeAll: () => {
      io.disconnectSockets(true)
    },
    connections: () => io.engine.clientsCount,
    stop: async () => {
      io.disconnectSockets(true)
      await io.close()
    },
  }
}

const sessionHash = (socket: Connection): string => socket.data.admitted.session?.tokenHash ?? ''

/** The scopes of a socket's signed-in user, as decided when it connected. */
const scopesHere = ({ data }: Connection): readonly string[] =>
  data.admitted.session ? scopesOf(data.admitted.session.user) : []

/** Sends a push after checking it against its schema. */
function push<P extends Exclude<PushName, 'feed'>>(
  socket: Socket,
  name: P,
  payload: z.infer<(typeof pushes)[P]>,
): void {
  pushes[name].parse(payload)
  socket.emit(name, payload)
}

function refusalError(refusal: Refusal): Error {
  return Object.assign(new Error(refusal.code), { data: refusal })
}
