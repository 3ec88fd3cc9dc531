import type { FastifyInstance } from 'fastify'

const A_YEAR_SECONDS = 365 * 24 * 60 * 60

/** The headers of every answer unless its route sets others: no caching, no framing, no type guessing, no referrer. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * Sets these headers on every answer, refusals too. Where a trusted proxy says that the client came over TLS, browsers
 * are told to use only TLS from now on. Over plain HTTP that header has no effect, and a proxy that is not trusted is
 * not believed.
 */
export function addSafeHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, next) => {
    reply.headers(safeHeaders)
    if (request.protocol === 'https') reply.header('strict-transport-security', `max-age=${A_YEAR_SECONDS}`)
    next()
  })
}
