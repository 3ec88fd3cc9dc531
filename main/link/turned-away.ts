import type { Socket } from 'socket.io-client'
import type { Refusal } from '../../protocol/errors.ts'

/** A proxy that is being mended may name an hour; nobody wants to wait that long once the center is back. */
const LONGEST_SECONDS = 60

/** The WebSocket under Socket.IO in Node, which its types leave out; a test with a server that turns away holds it. */
interface PlainSocket {
  once?(event: 'unexpected-response', heard: (request: unknown, response: { readonly statusCode?: number; readonly headers: Readonly<Record<string, string | string[] | undefined>> }) => void): void
  terminate?(): void
}

/**
 * Hears of an upgrade that was answered with a page instead: `refusal` says that the center is busy, and for how long,
 * where it was a 503 that says so. Socket.IO itself tells no more than "websocket error" (the status stands in the text
 * of an inner error, Retry-After nowhere), so the socket below it is asked; without one it stays at that error, and the
 * link waits as for a center that is not reached. To be called right after `connect`, which makes that socket.
 */
export function onTurnedAway(socket: Socket, tell: (refusal: Refusal | undefined) => void): void {
  const { ws } = socket.io.engine.transport as unknown as { readonly ws?: PlainSocket }
  ws?.once?.('unexpected-response', (_request, { statusCode, headers }) => {
    // Who listens here has to end it.
    ws.terminate?.()
    const seconds = Number(headers['retry-after'] ?? Number.NaN)
    const asked = statusCode === 503 && Number.isFinite(seconds) && seconds >= 0
    tell(asked ? { code: 'CENTER_BUSY', params: { seconds: Math.min(seconds, LONGEST_SECONDS) } } : undefined)
  })
}
