import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Door, LetIn } from './door.ts'

const HELD_OFF_SECONDS = 60

/** The entries of the connections that were let in, found by the request that each began with. */
export interface GuardedUpgrades {
  entryOf(request: IncomingMessage): LetIn | undefined
}

/**
 * Puts the door before all present listeners for upgrades (Socket.IO has one). Turning a workstation away then costs a
 * line of text, but no WebSocket and no statement. `onTurnedAway` counts these.
 */
export function guardUpgrades(
  httpServer: HttpServer,
  door: Door,
  holdsOff: (request: IncomingMessage) => boolean,
  onTurnedAway: () => void,
): GuardedUpgrades {
  const entries = new WeakMap<IncomingMessage, LetIn>()
  const inside = httpServer.listeners('upgrade')
  httpServer.removeAllListeners('upgrade')
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Checked before the door: an address that is refused again and again must not take a workstation's place.
    if (holdsOff(request)) {
      onTurnedAway()
      turnAway(socket, HELD_OFF_SECONDS)
      return
    }
    const answer = door.knock()
    if (!answer.letIn) {
      onTurnedAway()
      turnAway(socket, answer.seconds)
      return
    }
    entries.set(request, answer)
    socket.once('close', () => {
      answer.over()
    })
    for (const listener of inside) listener.call(httpServer, request, socket, head)
  })
  return { entryOf: (request) => entries.get(request) }
}

function turnAway(socket: Duplex, seconds: number): void {
  // The client may hang up before it reads the reply; ignore that.
  socket.on('error', () => undefined)
  socket.end(
    `HTTP/1.1 503 Service Unavailable\r\nRetry-After: ${seconds}\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 0\r\n\r\n`,
    () => {
      socket.destroy()
    },
  )
}
