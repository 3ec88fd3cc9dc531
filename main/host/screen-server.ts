import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastifyWebsocket from '@fastify/websocket'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Dispatcher } from '../ipc/dispatcher.ts'
import type { Log } from '../log.ts'
import { contentSecurityPolicy, screenHeaders, withNonce } from '../security/csp.ts'
import { hostFits, originFits, type Knock } from './admission.ts'
import { createBridgeConnection, type FrameSocket } from './bridge-connection.ts'
import { createBridgeDoor } from './bridge-door.ts'
import { oneRequestEach } from './one-request-each.ts'
import type { Passes } from './passes.ts'

export interface ScreenServerOptions {
  readonly rendererFolder: string
  readonly dispatcher: Dispatcher
  readonly passes: Passes
  /** Saves the passes, so that they outlive a restart. */
  readonly remember: (port: number) => Promise<unknown>
  /** The port to try first; where it is taken, another one is used. 0 means any port. */
  readonly port: number
  readonly log: Log
}

export interface ScreenServer {
  readonly port: number
  stop(): Promise<void>
}

const LONGEST_FRAME = 512 * 1024
const SLOW_READER_BYTES = 16 * 1024 * 1024
const ENTER_WITHIN_MS = 3000
const WAITING_AT_MOST = 32
const GOODBYE_MS = 1000
const CONNECTIONS_AT_MOST = 500
const HEADERS_WITHIN_MS = 5000
const REQUEST_WITHIN_MS = 10_000
const IDLE_MS = 10_000
const STALLED_MS = 60_000
const LOOK_FOR_SLOW_ONES_MS = 1000

/**
 * Serves the screens and the bridge on this machine's loopback address. The screens contain no data, so every request
 * with our host name gets them; the bridge is only for our own pages that show a pass.
 */
export async function startScreenServer(options: ScreenServerOptions): Promise<ScreenServer> {
  const { dispatcher, log } = options
  const app = Fastify({
    logger: false,
    bodyLimit: 1024,
    requestTimeout: REQUEST_WITHIN_MS,
    keepAliveTimeout: IDLE_MS,
    connectionTimeout: STALLED_MS,
    forceCloseConnections: true,
    http: {
      headersTimeout: HEADERS_WITHIN_MS,
      requestTimeout: REQUEST_WITHIN_MS,
      connectionsCheckingInterval: LOOK_FOR_SLOW_ONES_MS,
    },
  })
  app.server.maxConnections = CONNECTIONS_AT_MOST
  let port = 0

  const knockOf = ({ headers }: FastifyRequest): Knock => ({ host: headers.host, origin: headers.origin })
  const enter = createBridgeDoor({
    passes: options.passes,
    port: () => port,
    newNonce: () => randomBytes(32).toString('base64url'),
    remember: () => options.remember(port),
    waitMs: ENTER_WITHIN_MS,
    waitingAtMost: WAITING_AT_MOST,
    open: (socket) => createBridgeConnection(dispatcher, socket, log),
  })

  oneRequestEach(app)
  app.addHook('onRequest', async (request, reply) => {
    for (const [name, value] of Object.entries(screenHeaders)) reply.header(name, value)
    const knock = knockOf(request)
    if (!hostFits(knock, port)) return reply.code(421).send('')
    // Check every upgrade, whatever its address looks like: the router also takes "/bridge?x" and "/%62ridge" for the
    // bridge.
    const wantsSocket = request.headers.upgrade !== undefined
    if (wantsSocket && (request.url !== '/bridge' || !originFits(knock, port))) return reply.code(403).send('')
  })

  await app.register(fastifyWebsocket, { options: { maxPayload: LONGEST_FRAME } })
  await app.register(fastifyStatic, {
    root: options.rendererFolder,
    index: false,
    serve: true,
    wildcard: false,
    decorateReply: false,
    globIgnore: ['**/index.html'],
  })

  app.get('/', async (request, reply) => {
    const nonce = randomBytes(16).toString('base64')
    const html = await readFile(join(options.rendererFolder, 'index.html'), 'utf8')
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', contentSecurityPolicy(nonce, [`ws://${request.headers.host}`]))
      .send(withNonce(html, nonce))
  })

  app.register(async (scope) => {
    scope.get('/bridge', { websocket: true }, (socket) => {
      const frames: FrameSocket = {
        send: (text) => {
          // A window that no longer reads is disconnected; it connects again when it wakes up.
          if (socket.bufferedAmount > SLOW_READER_BYTES) socket.terminate()
          else if (socket.readyState === socket.OPEN) socket.send(text)
        },
        close: (code) => {
          socket.close(code)
          // A window that does not answer the close must not keep the socket open.
          setTimeout(() => socket.terminate(), GOODBYE_MS).unref()
        },
      }
      const connection = enter(frames)
      socket.on('message', (data, isBinary) => connection.receive(isBinary ? '' : (data as Buffer).toString('utf8')))
      socket.on('close', () => connection.closed())
      socket.on('error', () => socket.terminate())
    })
  })

  port = await listen(app, options.port)
  return { port, stop: () => app.close() }
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
