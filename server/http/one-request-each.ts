import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Allows one request at a time on a connection. Our clients never send a request before the last one is answered, and
 * Node would otherwise begin all requests that arrive together. False: this request came too early; its connection is
 * cut, and the caller must not answer.
 */
export function oneRequestEach(): (request: IncomingMessage, response: ServerResponse) => boolean {
  const busy = new WeakSet<Socket>()
  return ({ socket }, response) => {
    if (busy.has(socket) || socket.destroyed) {
      socket.destroy()
      return false
    }
    busy.add(socket)
    response.once('close', () => {
      busy.delete(socket)
    })
    return true
  }
}
