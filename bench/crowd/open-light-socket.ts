import { io } from 'socket.io-client'
import type { OpenLinkSocket } from '../../main/link/link-socket.ts'

/** The part of a connection that decodes frames, which Socket.IO's types keep private. */
interface Frames {
  readonly decoder: { add(frame: unknown): void }
}

/**
 * Like `openSocketIo`, but pages of the feed are not decoded: two thousand real workstations would decode them on two
 * thousand machines, but here one process stands for a thousand of them.
 */
export const openLightSocket =
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
    const { decoder } = socket.io as unknown as Frames
    const add = decoder.add.bind(decoder)
    decoder.add = (frame) => {
      if (typeof frame !== 'string' || !frame.startsWith('2["feed"')) add(frame)
    }
    socket.on('connect_error', (error: Error & { data?: unknown }) => events.onRefused(error.data))
    socket.on('disconnect', (reason) => events.onClosed(reason))
    socket.onAny((name: string, payload: unknown) => events.onMessage(name, payload))
    socket.connect()
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
