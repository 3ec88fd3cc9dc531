import { createServer } from 'node:http'
import { oneRequestEach } from '../http/one-request-each.ts'
import { safeHeaders } from '../http/safe-headers.ts'
import type { Log } from '../log.ts'
import { prometheusText } from './prometheus.ts'
import type { Status, StatusReader } from './status.ts'

export interface MetricsServer {
  readonly port: number
  stop(): Promise<void>
}

/** A status that was read this recently is used again, so a flood of requests costs the database one query. */
const FRESH_MS = 1000
const CONNECTIONS_AT_MOST = 64

/** Serves `GET /metrics` on a port of its own. It asks for no password, so a site must not open this port to others. */
export async function startMetricsServer({
  reader,
  host,
  port,
  log,
}: {
  readonly reader: StatusReader
  readonly host: string
  readonly port: number
  readonly log: Log
}): Promise<MetricsServer> {
  let last: { readonly at: number; readonly status: Promise<Status | null> } | null = null
  const status = () => {
    if (!last || performance.now() - last.at > FRESH_MS)
      last = {
        at: performance.now(),
        status: reader.status(null).catch((error: unknown) => {
          log.error('metrics', error)
          return null
        }),
      }
    return last.status
  }
  const isInTurn = oneRequestEach()
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    (request, response) => {
      if (!isInTurn(request, response)) return
      if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
        response.writeHead(404, safeHeaders).end()
        return
      }
      void status().then((read) =>
        response
          .writeHead(200, { ...safeHeaders, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
          .end(prometheusText(reader.node(), read)),
      )
    },
  )
  server.maxConnections = CONNECTIONS_AT_MOST
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
