import { io } from 'socket.io-client'
import type { z } from 'zod'
import type { Handshake } from '../../protocol/wire.ts'
import { onTurnedAway } from './turned-away.ts'

/** The events of a connection; each happens at most once, except `onMessage` and `onBeat`. */
export interface LinkSocketEvents {
  onMessage(name: string, payload: unknown): void
  /** The server is there, even while it has nothing to send. */
  onBeat(): void
  /** The connection never opened; `reason` is the server's refusal, if it gave one. */
  onRefused(reason: unknown): void
  onClosed(reason: string): void
}

/**
 * One connection to the server: opened once, closed once, never reused. Messages of each direction arrive in order or
 * not at all.
 */
export interface LinkSocket {
  /** Returns what the server answered, or null where nothing arrived within `withinMs`. */
  ask(name: string, args: unknown, withinMs: number): Promise<{ readonly answer: unknown } | null>
  /** Closes the connection; no event is called after this. */
  close(): void
}

export type OpenLinkSocket = (auth: z.infer<typeof Handshake>, withinMs: number, events: LinkSocketEvents) => LinkSocket

/**
 * Connects by WebSocket only. Socket.IO's own retries and buffers are off, because the journal is the only place that
 * retries.
 */
export const openSocketIo =
  (serverUrl: string): OpenLinkSocket =>
  (auth, withinMs, events) => {
    const socket = io(serverUrl, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      autoConnect: false,
      auth,
      timeout: withinMs,
    })
    socket.on('connect_error', (error: Error & { data?: unknown }) => events.onRefused(error.data))
    socket.on('disconnect', (reason) => events.onClosed(reason))
    socket.onAny((name: string, payload: unknown) => events.onMessage(name, payload))
    socket.io.on('ping', () => events.onBeat())
    socket.connect()
    onTurnedAway(socket, (refusal) => events.onRefused(refusal))
    return {
      ask: (name, args, answerWithinMs) =>
        new Promise((resolve) => {
          socket
            .timeout(answerWithinMs)
            .emit(name, args, (late: Error | null, answer: unknown) => resolve(late ? null : { answer }))
        }),
      close: () => {
        socket.removeAllListeners()
        socket.offAny()
        socket.disconnect()
      },
    }
  }
