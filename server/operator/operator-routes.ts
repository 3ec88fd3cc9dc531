import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../domain/permissions.ts'
import type { User } from '../../protocol/entities.ts'
import { ok, refuse } from '../../protocol/errors.ts'
import { Id } from '../../protocol/scalars.ts'
import type { CheckPassword } from '../auth/check-password.ts'
import { endSession, openSession, readSession } from '../auth/sessions.ts'
import { scopesOf } from '../auth/visible.ts'
import type { Pool } from '../db/connect.ts'
import type { SiteSettings } from '../db/site.ts'
import { bearerToken } from '../http/bearer.ts'
import { secretFits } from './operator-secret.ts'
import { signInPage, statusPage } from './page.ts'
import { languageOf, sayIn, type Say } from './say.ts'
import { statusView } from './status-view.ts'
import type { StatusReader } from './status.ts'
import { dealWith } from './waiting-commands.ts'

export interface OperatorRoutesOptions {
  readonly pool: Pool
  readonly site: SiteSettings
  readonly now: () => number
  readonly reader: StatusReader
  readonly checkPassword: CheckPassword
  /** The secret that `provideOperatorSecret` makes. */
  readonly secret: string
}

const COOKIE = 'ringside_operator'
const SignInForm = z.object({ login: z.string().min(1).max(64), password: z.string().min(1).max(256) })
const DealForm = z.object({ commandId: Id })
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'same-origin',
}

/**
 * The operator's view: `/operator` for a browser, signed in as a user with the permission `server.operate`;
 * `/operator/status.json` for the command line, with the same cookie or the secret of the data folder. There is no
 * access without one of them.
 */
export async function addOperatorRoutes(app: FastifyInstance, options: OperatorRoutesOptions): Promise<void> {
  const { pool, site, now, reader } = options
  const css = readFileSync(new URL('./page.css', import.meta.url), 'utf8')
  const sayFor = (request: FastifyRequest): Say => sayIn(languageOf(request.headers['accept-language']), site.timeZone)

  const operatorOf = async (request: FastifyRequest): Promise<User | null> => {
    const token = cookieOf(request)
    const session = token === null ? null : await readSession(pool, token, now(), 'operator')
    return session && may(session.user.role, 'server.operate') ? session.user : null
  }
  const sendPage = (reply: FastifyReply, status: number, page: string) =>
    reply.code(status).type('text/html; charset=utf-8').send(page)
  const toStatus = (reply: FastifyReply) => reply.code(303).header('location', '/operator').send()

  // These routes are registered in a scope of their own, because only they accept forms.
  await app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))))
    })
    scope.addHook('onRequest', async (request, reply) => {
      reply.headers(HEADERS)
      if (request.method === 'POST' && !isFromHere(request)) await reply.code(403).send(refuse('NOT_ALLOWED'))
    })

    scope.get('/operator', async (request, reply) => {
      const say = sayFor(request)
      const user = await operatorOf(request)
      if (!user) return sendPage(reply, 401, signInPage(say, null))
      return sendPage(
        reply,
        200,
        statusPage(statusView(await reader.status(scopesOf(user)), say), say, user.displayName),
      )
    })
    scope.get('/operator/page.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(css))
    scope.get('/operator/status.json', async (request, reply) => {
      const isOwner = secretFits(bearerToken(request), options.secret)
      const user = isOwner ? null : await operatorOf(request)
      if (!isOwner && !user) return reply.code(401).send(refuse('NOT_SIGNED_IN'))
      return ok(await reader.status(user && scopesOf(user)))
    })

    scope.post('/operator/sign-in', async (request, reply) => {
      const say = sayFor(request)
      const form = SignInForm.safeParse(request.body)
      if (!form.success) return sendPage(reply, 400, signInPage(say, say.words.signInRefused))
      const checked = await options.checkPassword(form.data.login, form.data.password, {
        address: request.ip,
        device: null,
      })
      if (!checked.ok && checked.error.code !== 'SIGN_IN_REFUSED')
        return sendPage(reply, 429, signInPage(say, say.words.signInPaused))
      // A user who may not enter here gets the same refusal as for a wrong password, so the answer does not tell that
      // the password was right.
      if (!checked.ok || !may(checked.value.role, 'server.operate'))
        return sendPage(reply, 401, signInPage(say, say.words.signInRefused))
      // This session belongs to no device, so no workstation can connect with it.
      const { token } = await openSession(pool, checked.value.id, randomUUID(), now(), 'operator')
      return toStatus(reply.header('set-cookie', cookie(request, token)))
    })
    scope.post('/operator/sign-out', async (request, reply) => {
      const token = cookieOf(request)
      if (token !== null) await endSession(pool, token, now(), 'operator')
      return toStatus(reply.header('set-cookie', `${cookie(request, '')}; Max-Age=0`))
    })
    scope.post('/operator/dealt-with', async (request, reply) => {
      const user = await operatorOf(request)
      const form = DealForm.safeParse(request.body)
      if (user && form.success) await dealWith(pool, form.data.commandId, user.id, now())
      return toStatus(reply)
    })
  })
}

/**
 * Whether a form was sent from our own page. A browser always names the origin of a form. A program that names none can
 * only send a cookie of its own.
 */
function isFromHere({ headers }: FastifyRequest): boolean {
  if (headers.origin === undefined) return true
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host
}

function cookieOf({ headers }: FastifyRequest): string | null {
  const found = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === COOKIE)
  return found?.[1] && /^[\w-]{20,128}$/.test(found[1]) ? found[1] : null
}

/**
 * The cookie lasts as long as the browser runs and is sent to this page only. It is limited to TLS if the page came
 * over TLS.
 */
const cookie = (request: FastifyRequest, token: string): string =>
  `${COOKIE}=${token}; Path=/operator; HttpOnly; SameSite=Strict${request.protocol === 'https' ? '; Secure' : ''}`
