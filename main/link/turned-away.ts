import type { Socket } from 'socket.io-client'
import type { Refusal } from '../../protocol/errors.ts'

/** A proxy under repair may ask for an hour; nobody wants to wait that long once the server is back. */
const LONGEST_SECONDS = 60

/**
 * The WebSocket that Socket.IO uses in Node; its types leave it out. A test with a server that turns workstations away
 * proves that it is there.
 */
interface PlainSocket {
  once?(
    event: 'unexpected-response',
    heard: (
      request: unknown,
      response: {
        readonly statusCode?: number
        readonly headers: Readonly<Record<string, string | string[] | undefined>>
      },
    ) => void,
  ): void
  terminate?(): void
}

/**
 * Calls `tell` when the server answers the WebSocket upgrade with a page. `refusal` says that the server is busy, and
 * for how long, where that page was a 503 that says so. Socket.IO itself reports only "websocket error" (the status is
 * in the text of an inner error, Retry-After is nowhere), so this listens to the socket below it. Without such a socket
 * the link sees only that error and waits as for a server that is not reached. Call this right after `connect`, which
 * makes that socket.
 */
export function onTurnedAway(socket: Socket, tell: (refusal: Refusal | undefined) => void): void {
  const { ws } = socket.io.engine.transport as unknown as { readonly ws?: PlainSocket }
  ws?.once?.('unexpected-response', (_request, { statusCode, headers }) => {
    // Once there is a listener for this event, the listener has to end the connection.
    ws.terminate?.()
    const seconds = Number(headers['retry-after'] ?? Number.NaN)
    const asked = statusCode === 503 && Number.isFinite(seconds) && seconds >= 0
    tell(asked ? { code: 'CENTER_BUSY', params: { seconds: Math.min(seconds, LONGEST_SECONDS) } } : undefined)
  })
}
