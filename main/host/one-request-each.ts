import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Allows one request at a time over a connection, as every browser does it. Otherwise Node would begin everything that
 * a client sends at once, each request with an open file, until this process may not open any more files, not even the
 * journal. A client that sends more is cut off.
 */
export function oneRequestEach(app: FastifyInstance): void {
  const busy = new WeakSet<Socket>()
  app.addHook('onRequest', (request, reply, next) => {
    const { socket } = request.raw
    if (busy.has(socket) || socket.destroyed) {
      socket.destroy()
      reply.hijack()
      return
    }
    busy.add(socket)
    reply.raw.once('close', () => {
      busy.delete(socket)
    })
    next()
  })
}
