import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Door, LetIn } from './door.ts'

const HELD_OFF_SECONDS = 60

/** What became of the connections that were let in, found by the request they began with. */
export interface GuardedUpgrades {
  entryOf(request: IncomingMessage): LetIn | undefined
}

/**
 * Puts the door before all that listens for upgrades by now (Socket.IO does): who is turned away costs a line of text
 * and neither a WebSocket nor a statement. `onTurnedAway` counts them.
 */
export function guardUpgrades(httpServer: HttpServer, door: Door, holdsOff: (request: IncomingMessage) => boolean, onTurnedAway: () => void): GuardedUpgrades {
  const entries = new WeakMap<IncomingMessage, LetIn>()
  const inside = httpServer.listeners('upgrade')
  httpServer.removeAllListeners('upgrade')
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Before the door: who is nobody again and again takes no place from a workstation.
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
    socket.once('close', () => { answer.over() })
    for (const listener of inside) listener.call(httpServer, request, socket, head)
  })
  return { entryOf: (request) => entries.get(request) }
}

function turnAway(socket: Duplex, seconds: number): void {
  // Who is gone before it reads the answer is no error of ours.
  socket.on('error', () => undefined)
  socket.end(`HTTP/1.1 503 Service Unavailable\r\nRetry-After: ${seconds}\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 0\r\n\r\n`, () => { socket.destroy() })
}
