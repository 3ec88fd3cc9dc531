import type { FastifyInstance } from 'fastify'

const A_YEAR_SECONDS = 365 * 24 * 60 * 60

/** What every answer carries unless its route says otherwise: nothing of it is kept, framed, guessed at or referred to. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * Puts them on every answer, refusals too. Where a trusted proxy says that the client came over TLS, browsers are told to
 * come no other way from now on; over plain HTTP that word would mean nothing, and a stranger's word is not taken.
 */
export function addSafeHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, next) => {
    reply.headers(safeHeaders)
    if (request.protocol === 'https') reply.header('strict-transport-security', `max-age=${A_YEAR_SECONDS}`)
    next()
  })
}
