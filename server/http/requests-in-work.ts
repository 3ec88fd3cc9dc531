import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { refuse } from '../../protocol/errors.ts'

const RETRY_SECONDS = 2

/**
 * Bounds what somebody without a sign-in can have in work. Nothing of ours sends a request over a connection before the
 * one before is answered, and Node would begin thousands of them at once, each with a statement of its own before those
 * of all agents: who does is cut off. Above `atOnce` of everybody's the next ones are told to come again. A file that is
 * being sent is no work any more.
 */
export function boundRequests(app: FastifyInstance, atOnce: number): void {
  const busy = new WeakSet<Socket>()
  const working = new WeakSet<object>()
  let inWork = 0

  const over = (request: object) => { if (working.delete(request)) inWork -= 1 }
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
      over(request)
    })
    if (inWork >= atOnce) {
      void reply.code(503).header('retry-after', String(RETRY_SECONDS)).send(refuse('CENTER_BUSY', { seconds: RETRY_SECONDS }))
      return
    }
    working.add(request)
    inWork += 1
    next()
  })
  app.addHook('onSend', (request, _reply, payload, next) => {
    over(request)
    next(null, payload)
  })
}
