import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { badArgument, ok, refuse } from '../../protocol/errors.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { Pool } from '../db/connect.ts'
import type { Log } from '../log.ts'
import { boundRequests } from './requests-in-work.ts'

const BODY_LIMIT = 64 * 1024
/** Node exchanges the two where the headers may take longer than the request, so both are set. */
const HEADERS_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 30_000
const LOOK_FOR_SLOW_ONES_MS = 5_000
/** Each is a statement or a few; more would wait for the pool's connections in any case, and agents' work behind them. */
const REQUESTS_AT_ONCE = 128

/** The HTTP side: every answer is a `Result`, failures of the transport too. Routes are added by who builds it. */
export function createHttpServer(options: { pool: Pool; log: Log }): FastifyInstance {
  const app = Fastify({
    logger: false, bodyLimit: BODY_LIMIT, requestTimeout: REQUEST_WITHIN_MS, forceCloseConnections: true,
    http: { headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS, connectionsCheckingInterval: LOOK_FOR_SLOW_ONES_MS },
  })

  boundRequests(app, REQUESTS_AT_ONCE)
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return reply.code(status).send(badArgument('request', 'unreadable'))
    // 22021 and 22P05: a text with a character that PostgreSQL does not take.
    if (['22021', '22P05'].includes(error.code)) return reply.code(400).send(badArgument('request', 'unkeptCharacter'))
    const reference = crypto.randomUUID()
    options.log.error('http request failed', error, { reference })
    return reply.code(500).send(refuse('INTERNAL', { reference }))
  })
  app.setNotFoundHandler((request, reply) => reply.code(404).send(refuse('UNKNOWN_NAME', { name: request.url.split('?')[0]?.slice(0, 60) ?? '' })))

  app.get('/api/health', async (_request, reply) => {
    try {
      await options.pool.query('select 1')
      return ok({ protocolVersion: PROTOCOL_VERSION })
    } catch {
      return reply.code(503).header('retry-after', '2').send(refuse('CENTER_BUSY', { seconds: 2 }))
    }
  })
  return app
}
