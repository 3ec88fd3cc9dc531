import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastifyWebsocket from '@fastify/websocket'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Dispatcher } from '../ipc/dispatcher.ts'
import type { Log } from '../log.ts'
import { contentSecurityPolicy, screenHeaders, withNonce } from '../security/csp.ts'
import { hostFits, originFits, sameToken, tokenCookie, tokenFits, type Knock } from './admission.ts'
import { createBridgeConnection } from './bridge-connection.ts'

export interface ScreenServerOptions {
  readonly rendererFolder: string
  readonly dispatcher: Dispatcher
  readonly token: string
  /** Tried first; where it is taken another is used. 0: any. */
  readonly port: number
  readonly log: Log
}

export interface ScreenServer {
  readonly port: number
  /** What to open in a browser, with the token. */
  readonly address: string
  stop(): Promise<void>
}

const LONGEST_FRAME = 512 * 1024
const SLOW_READER_BYTES = 16 * 1024 * 1024

/** The screens and the bridge on this machine's loopback, for the browser of whoever was given the address. */
export async function startScreenServer(options: ScreenServerOptions): Promise<ScreenServer> {
  const { token, dispatcher, log } = options
  const app = Fastify({ logger: false, bodyLimit: 1024, forceCloseConnections: true })
  let port = 0

  const knockOf = ({ headers }: FastifyRequest): Knock => ({ host: headers.host, origin: headers.origin, cookie: headers.cookie })

  app.addHook('onRequest', async (request, reply) => {
    const knock = knockOf(request)
    const opens = request.url === '/open' || request.url.startsWith('/open?')
    if (!hostFits(knock, port)) return reply.code(421).send('')
    // Whatever the address looks like: the router also knows the bridge as "/bridge?x" and "/%62ridge".
    const wantsSocket = request.headers.upgrade !== undefined
    if (wantsSocket && (request.url !== '/bridge' || !originFits(knock, port))) return reply.code(403).send('')
    if (!opens && !tokenFits(knock, port, token)) {
      return reply.code(401).type('text/plain; charset=utf-8').send('Open Ringside with the address that it printed when it started.\n')
    }
    for (const [name, value] of Object.entries(screenHeaders)) reply.header(name, value)
  })

  await app.register(fastifyWebsocket, { options: { maxPayload: LONGEST_FRAME } })
  await app.register(fastifyStatic, { root: options.rendererFolder, index: false, serve: true, wildcard: false, decorateReply: false, globIgnore: ['**/index.html'] })

  app.get('/open', async (request, reply) => {
    const given = (request.query as Record<string, unknown>)['token']
    if (typeof given !== 'string' || !sameToken(given, token)) return reply.code(401).type('text/plain; charset=utf-8').send('This address is from an earlier start. Ringside printed a new one.\n')
    return reply.header('set-cookie', tokenCookie(token, port)).header('cache-control', 'no-store').redirect('/', 303)
  })

  app.get('/', async (request, reply) => {
    const nonce = randomBytes(16).toString('base64')
    const html = await readFile(join(options.rendererFolder, 'index.html'), 'utf8')
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store')
      .header('content-security-policy', contentSecurityPolicy(nonce, [`ws://${request.headers.host}`]))
      .send(withNonce(html, nonce))
  })

  app.register(async (scope) => {
    scope.get('/bridge', { websocket: true }, (socket) => {
      const connection = createBridgeConnection(dispatcher, {
        send: (text) => {
          // A window that does not read any more is let go of; it connects again by itself when it wakes up.
          if (socket.bufferedAmount > SLOW_READER_BYTES) socket.terminate()
          else if (socket.readyState === socket.OPEN) socket.send(text)
        },
        close: (code) => socket.close(code),
      }, log)
      socket.on('message', (data, isBinary) => connection.receive(isBinary ? '' : (data as Buffer).toString('utf8')))
      socket.on('close', () => connection.closed())
      socket.on('error', () => socket.terminate())
    })
  })

  port = await listen(app, options.port)
  return {
    port,
    address: `http://127.0.0.1:${port}/open?token=${token}`,
    stop: () => app.close(),
  }
}

async function listen(app: FastifyInstance, wanted: number): Promise<number> {
  const on = async (port: number) => {
    await app.listen({ host: '127.0.0.1', port })
    return (app.server.address() as { port: number }).port
  }
  if (wanted === 0) return on(0)
  try {
    return await on(wanted)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return on(0)
  }
}
