import type { z } from 'zod'
import { Refusal, refuse, type Result } from '../../protocol/errors.ts'
import { pushes, requests, type Handshake, type PushName, type RequestName } from '../../protocol/wire.ts'
import type { Clock } from '../clock.ts'
import { inBackground, type Log } from '../log.ts'
import { askedToWaitMs, backoffMs } from './backoff.ts'
import type { LinkSocket, OpenLinkSocket } from './link-socket.ts'

export type Args<R extends RequestName> = z.infer<(typeof requests)[R]['args']>
/** The value of a request's reply when it is not refused. */
export type Reply<R extends RequestName> = Extract<z.infer<(typeof requests)[R]['reply']>, { ok: true }>['value']
export type Push<P extends PushName> = z.infer<(typeof pushes)[P]>

export type LinkState =
  | { readonly kind: 'offline' | 'connecting' | 'online' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

export interface LinkEvents {
  onState(state: LinkState): void
  /** The server is there, even while it has nothing to send. */
  onBeat(): void
  onPush<P extends PushName>(name: P, payload: Push<P>): void
}

export interface ServerLink {
  /** Connects and stays connected until `stop`. */
  start(): void
  /** Closes the connection and opens a new one, with a new handshake. */
  reconnect(): void
  /** Closes the connection, reports the refusal, and tries again after a while. */
  leave(refusal: Refusal): void
  stop(): void
  isOnline(): boolean
  /**
   * Asks the server; refused with CENTER_NOT_REACHED where it cannot be reached or does not answer in time. Requests
   * are never queued.
   */
  request<R extends RequestName>(name: R, args: Args<R>): Promise<Result<Reply<R>>>
}

export interface ServerLinkOptions {
  readonly open: OpenLinkSocket
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  /** Null where there is no device token to connect with yet. */
  handshake(): Promise<z.infer<typeof Handshake> | null>
  /** Called before anything is sent: returns why this server must not learn who we are; null where it may. */
  mayGreet?(): Promise<Refusal | null>
  readonly events: LinkEvents
}

const WELCOME_WITHIN_MS = 10_000
const ANSWER_WITHIN_MS = 15_000
/** The wait after a refusal that asking again soon would not change. */
const LEFT_FOR_MS = 30_000

/**
 * The connection to the server, opened again whenever it is lost. Everything that arrives is checked; a message that
 * does not fit the protocol is dropped and logged by its name.
 */
export function createServerLink(options: ServerLinkOptions): ServerLink {
  const { clock, log, events } = options
  let socket: LinkSocket | null = null
  let online = false
  let running = false
  let attempt = 0
  let cancelTimer = () => {}

  const say = (state: LinkState) => events.onState(state)

  function later(ms: number): void {
    if (!running) return
    cancelTimer()
    cancelTimer = clock.after(ms, () => inBackground(log, connect(), 'connect'))
  }

  function lost(reason: string, waitMs?: number): void {
    const was = socket
    socket = null
    online = false
    was?.close()
    if (!running) return
    log.info('link lost', { reason, attempt })
    later(waitMs ?? backoffMs(attempt, options.random))
    attempt += 1
  }

  async function connect(): Promise<void> {
    cancelTimer()
    const auth = await options.handshake()
    if (!running || socket) return
    if (!auth) {
      say({ kind: 'offline' })
      return
    }
    if (attempt === 0) say({ kind: 'connecting' })
    const refusal = (await options.mayGreet?.()) ?? null
    if (!running || socket) return
    if (refusal) {
      say(refusal.code === 'CENTER_NOT_REACHED' ? { kind: 'offline' } : { kind: 'refused', refusal })
      lost(refusal.code, refusal.code === 'CENTER_NOT_REACHED' ? undefined : LEFT_FOR_MS)
      return
    }
    const tooLate = clock.after(WELCOME_WITHIN_MS, () => {
      if (socket === opening && !online) {
        say({ kind: 'offline' })
        lost('no welcome')
      }
    })
    const opening = options.open(auth, WELCOME_WITHIN_MS, {
      onRefused: (reason) => {
        tooLate()
        if (socket !== opening) return
        const refusal = Refusal.safeParse(reason)
        say(
          refusal.success && refusal.data.code !== 'CENTER_BUSY'
            ? { kind: 'refused', refusal: refusal.data }
            : { kind: 'offline' },
        )
        const seconds = refusal.success ? Number(refusal.data.params['seconds'] ?? Number.NaN) : Number.NaN
        lost(
          refusal.success ? refusal.data.code : 'not reached',
          Number.isFinite(seconds) ? askedToWaitMs(seconds, options.random) : undefined,
        )
      },
      onClosed: (reason) => {
        tooLate()
        if (socket !== opening) return
        say({ kind: 'offline' })
        lost(reason)
      },
      onBeat: () => {
        if (socket === opening && online) events.onBeat()
      },
      onMessage: (name, payload) => {
        if (socket !== opening || !Object.hasOwn(pushes, name)) return
        const parsed = pushes[name as PushName].safeParse(payload)
        if (!parsed.success) {
          log.info('push does not fit', { name, at: parsed.error.issues[0]?.path.join('.') ?? '' })
          return
        }
        if (name === 'welcome') {
          // A server sends one welcome per connection. A second one is an old one that a proxy repeats, and would make
          // us forget how far the feed has come.
          if (online) return
          tooLate()
          online = true
          attempt = 0
          say({ kind: 'online' })
        }
        if (online) events.onPush(name as PushName, parsed.data)
      },
    })
    socket = opening
  }

  return {
    start: () => {
      if (running) return
      running = true
      inBackground(log, connect(), 'connect')
    },
    reconnect: () => {
      if (!running) return
      attempt = 0
      lost('asked for', 0)
    },
    leave: (refusal) => {
      say({ kind: 'refused', refusal })
      lost(refusal.code, LEFT_FOR_MS)
    },
    stop: () => {
      running = false
      cancelTimer()
      lost('stopped')
      say({ kind: 'offline' })
    },
    isOnline: () => online,
    request: async (name, args) => {
      const asked = socket
      if (!asked || !online) return refuse('CENTER_NOT_REACHED')
      const answered = await asked.ask(name, args, ANSWER_WITHIN_MS)
      if (!answered) {
        // A server that is silent for this long counts as gone: close the half-open connection.
        if (socket === asked) {
          say({ kind: 'offline' })
          lost('no answer')
        }
        return refuse('CENTER_NOT_REACHED')
      }
      const parsed = requests[name].reply.safeParse(answered.answer)
      if (parsed.success) return parsed.data
      log.info('answer does not fit', { name, at: parsed.error.issues[0]?.path.join('.') ?? '' })
      return refuse('INTERNAL', { reference: name })
    },
  }
}
