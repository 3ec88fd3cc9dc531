import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify'
import { badArgument, ok, refuse } from '../../protocol/errors.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { Pool } from '../db/connect.ts'
import type { Log } from '../log.ts'
import { addSafeHeaders, safeHeaders } from './safe-headers.ts'
import type { TrustedProxies } from './trusted-proxies.ts'
import { boundRequests } from './requests-in-work.ts'

const BODY_LIMIT = 64 * 1024
/** Node swaps these two limits if the headers may take longer than the request, so both are set. */
const HEADERS_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 20_000
/** A connection without a request for this long is closed; workstations talk over a socket of their own. */
const IDLE_MS = 10_000
/** A connection on which nothing moves in the middle of an answer for this long is closed: its reader is gone. */
const STALLED_MS = 60_000
const LOOK_FOR_SLOW_ONES_MS = 5_000
/**
 * Each request runs one or a few statements. More requests would only wait for the pool's connections, and agents' work
 * would wait behind them.
 */
const REQUESTS_AT_ONCE = 128

/** The HTTP server. Every answer is a `Result`, also when the transport fails. The caller adds the routes. */
export function createHttpServer(options: { pool: Pool; log: Log; isTrusted: TrustedProxies }): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_WITHIN_MS,
    keepAliveTimeout: IDLE_MS,
    connectionTimeout: STALLED_MS,
    forceCloseConnections: true,
    // Only our own proxies are believed about the client's address: anybody can write anything into a header.
    trustProxy: options.isTrusted,
    // Fastify handles a URL that it cannot look up before any hook runs, so the safe headers are set here too.
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      void reply.code(400).headers(safeHeaders).send(badArgument('request', 'unreadable'))
    },
    http: {
      headersTimeout: HEADERS_WITHIN_MS,
      requestTimeout: REQUEST_WITHIN_MS,
      connectionsCheckingInterval: LOOK_FOR_SLOW_ONES_MS,
    },
  })

  addSafeHeaders(app)
  boundRequests(app, REQUESTS_AT_ONCE)
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return reply.code(status).send(badArgument('request', 'unreadable'))
    // 22021 and 22P05: the text has a character that PostgreSQL does not accept.
    if (['22021', '22P05'].includes(error.code)) return reply.code(400).send(badArgument('request', 'unkeptCharacter'))
    const reference = crypto.randomUUID()
    options.log.error('http request failed', error, { reference })
    return reply.code(500).send(refuse('INTERNAL', { reference }))
  })
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(refuse('UNKNOWN_NAME', { name: request.url.split('?')[0]?.slice(0, 60) ?? '' })),
  )

  app.get('/api/health', async (_request, reply) => {
    try {
      await options.pool.query('select 1')
      return ok({ protocolVersion: PROTOCOL_VERSION })
    } catch {
      return reply
        .code(503)
        .header('retry-after', '2')
        .send(refuse('CENTER_BUSY', { seconds: 2 }))
    }
  })
  return app
}
