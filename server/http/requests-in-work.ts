import type { FastifyInstance } from 'fastify'
import { refuse } from '../../protocol/errors.ts'
import { oneRequestEach } from './one-request-each.ts'

const RETRY_SECONDS = 2

/**
 * Bounds the work that a client without a sign-in can cause. Each connection may have one request at a time: otherwise
 * thousands of requests at once would each run a statement before those of the agents. When `atOnce` requests of all
 * clients are being worked on, further ones get "busy, come again". A file that is being sent no longer counts as work.
 */
export function boundRequests(app: FastifyInstance, atOnce: number): void {
  const isInTurn = oneRequestEach()
  const working = new WeakSet<object>()
  let inWork = 0

  const over = (request: object) => {
    if (working.delete(request)) inWork -= 1
  }
  app.addHook('onRequest', (request, reply, next) => {
    if (!isInTurn(request.raw, reply.raw)) {
      reply.hijack()
      return
    }
    reply.raw.once('close', () => {
      over(request)
    })
    if (inWork >= atOnce) {
      void reply
        .code(503)
        .header('retry-after', String(RETRY_SECONDS))
        .send(refuse('CENTER_BUSY', { seconds: RETRY_SECONDS }))
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
