import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * One request at a time over a connection, as every browser does it. Node would begin all that somebody sends at once,
 * each with a file of its own, until this process may open none any more, the journal's included: who does is cut off.
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
    reply.raw.once('close', () => { busy.delete(socket) })
    next()
  })
}
