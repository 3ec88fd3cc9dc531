import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * One request at a time over a connection: nothing of ours sends one before the last is answered, and Node would begin
 * all that is sent at once. False: this one came before its turn, its connection is cut off, and nothing is to be answered.
 */
export function oneRequestEach(): (request: IncomingMessage, response: ServerResponse) => boolean {
  const busy = new WeakSet<Socket>()
  return ({ socket }, response) => {
    if (busy.has(socket) || socket.destroyed) {
      socket.destroy()
      return false
    }
    busy.add(socket)
    response.once('close', () => { busy.delete(socket) })
    return true
  }
}
