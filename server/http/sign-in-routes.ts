import type { FastifyInstance } from 'fastify'
import { badArgument, ok, type Refusal } from '../../protocol/errors.ts'
import { ServerReply, SignInReply, SignInRequest } from '../../protocol/wire.ts'
import type { CheckPassword } from '../auth/check-password.ts'
import { endSession } from '../auth/sessions.ts'
import { createSignIn } from '../auth/sign-in.ts'
import { identityOf } from '../auth/users.ts'
import type { Pool } from '../db/connect.ts'
import type { Site } from '../db/site.ts'
import { protocolRefusal } from '../realtime/admit.ts'
import { bearerToken } from './bearer.ts'

function statusOf({ code }: Refusal): number {
  if (code === 'SIGN_IN_PAUSED') return 429
  if (code === 'SIGN_IN_REFUSED') return 401
  if (code === 'NOT_ALLOWED' || code === 'DEVICE_REVOKED') return 403
  return code === 'CENTER_BUSY' ? 503 : 400
}

export function addSignInRoutes(
  app: FastifyInstance,
  options: {
    pool: Pool
    site: Site
    now: () => number
    checkPassword: CheckPassword
    onSignedOut: () => Promise<void>
  },
): void {
  const { pool, site, now } = options
  const signIn = createSignIn(pool, options.checkPassword, now)

  app.get('/api/server', async () => ServerReply.parse(ok({ serverId: site.serverId })))

  app.post('/api/sign-in', async (request, reply) => {
    const parsed = SignInRequest.safeParse(request.body)
    // An answer never repeats any part of a name or a password.
    if (!parsed.success) return reply.code(400).send(badArgument('sign-in', 'wrongForm'))
    const tooOldOrNew = protocolRefusal(parsed.data.protocolVersion)
    if (tooOldOrNew) return reply.code(400).send({ ok: false, error: tooOldOrNew })
    const result = await signIn(parsed.data, request.ip)
    if (!result.ok) return reply.code(statusOf(result.error)).send(result)
    const { user, session, deviceToken } = result.value
    const { serverId, name, timeZone, currency, country } = site
    return SignInReply.parse(
      ok({
        serverId,
        identity: identityOf(user),
        sessionToken: session.token,
        sessionId: session.id,
        sealKey: session.sealKey,
        expiresAt: session.expiresAt,
        deviceToken,
        serverTime: now(),
        site: { name, timeZone, currency, country },
      }),
    )
  })

  app.post('/api/sign-out', async (request) => {
    const token = bearerToken(request)
    // Anybody can send a made-up token. Only the end of a real session justifies a search through all connections.
    if (token !== null && (await endSession(pool, token, now()))) await options.onSignedOut()
    return ok(null)
  })
}
