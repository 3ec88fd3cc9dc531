import { io } from 'socket.io-client'
import type { z } from 'zod'
import type { Handshake } from '../../protocol/wire.ts'
import { onTurnedAway } from './turned-away.ts'

/** What a connection tells the link; each at most once but `onMessage` and `onBeat`. */
export interface LinkSocketEvents {
  onMessage(name: string, payload: unknown): void
  /** The other end is there, also while it has nothing to say. */
  onBeat(): void
  /** It never opened; `reason` is the center's refusal, if it gave one. */
  onRefused(reason: unknown): void
  onClosed(reason: string): void
}

/** One connection to the center: opened once, closed once, never again. Messages of each direction arrive in order or not at all. */
export interface LinkSocket {
  /** Answers with what the center acknowledged, or null where nothing came within `withinMs`. */
  ask(name: string, args: unknown, withinMs: number): Promise<{ readonly answer: unknown } | null>
  /** Nothing is told any more from here on. */
  close(): void
}

export type OpenLinkSocket = (auth: z.infer<typeof Handshake>, withinMs: number, events: LinkSocketEvents) => LinkSocket

/** Connections by WebSocket only; Socket.IO's own retries and buffers are off, because the journal is the only retry layer. */
export const openSocketIo = (serverUrl: string): OpenLinkSocket => (auth, withinMs, events) => {
  const socket = io(serverUrl, { transports: ['websocket'], reconnection: false, forceNew: true, autoConnect: false, auth, timeout: withinMs })
  socket.on('connect_error', (error: Error & { data?: unknown }) => events.onRefused(error.data))
  socket.on('disconnect', (reason) => events.onClosed(reason))
  socket.onAny((name: string, payload: unknown) => events.onMessage(name, payload))
  socket.io.on('ping', () => events.onBeat())
  socket.connect()
  onTurnedAway(socket, (refusal) => events.onRefused(refusal))
  return {
    ask: (name, args, answerWithinMs) =>
      new Promise((resolve) => {
        socket.timeout(answerWithinMs).emit(name, args, (late: Error | null, answer: unknown) => resolve(late ? null : { answer }))
      }),
    close: () => {
      socket.removeAllListeners()
      socket.offAny()
      socket.disconnect()
    },
  }
}
