import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { io } from 'socket.io-client'

/**
 * A proxy that understands messages: it sends some twice, delays each by a different time so that messages overtake
 * each other, and cuts connections.
 */
export interface UnrulyProxy {
  readonly url: string
  /** Breaks about this share of the connections. */
  cut(share: number): void
  /** From now on every message passes once and without delay. */
  calmDown(): void
  close(): Promise<void>
}

const LONGEST_MS = 40
const DOUBLED_LATER_MS = 200
const DOUBLED = 0.3

/** `random` returns numbers from 0 to 1; `to` may change while a server is restarted. */
export async function startUnrulyProxy(to: () => string, random: () => number): Promise<UnrulyProxy> {
  let unruly = true
  const later = (ms: number, work: () => void) => setTimeout(work, unruly ? random() * ms : 0)
  const http = createServer((asked, answer) => {
    forward(to(), asked, answer)
  })
  const front = new Server(http, { transports: ['websocket'] })
  const connections = new Set<Socket>()

  front.use((near, next) => {
    const far = io(to(), { transports: ['websocket'], reconnection: false, forceNew: true, auth: near.handshake.auth })
    const early: [string, unknown][] = []
    near.data = { far, early }
    far.onAny((name: string, payload: unknown) => {
      if (!connections.has(near)) {
        early.push([name, payload])
        return
      }
      later(LONGEST_MS, () => near.emit(name, payload))
      if (unruly && random() < DOUBLED) later(DOUBLED_LATER_MS, () => near.emit(name, payload))
    })
    far.once('connect', () => {
      next()
    })
    far.once('connect_error', (error: Error & { data?: unknown }) => {
      next(Object.assign(new Error(error.message), { data: error.data }))
    })
  })
  front.on('connection', (near) => {
    const { far, early } = near.data as { far: ReturnType<typeof io>; early: [string, unknown][] }
    connections.add(near)
    for (const [name, payload] of early) near.emit(name, payload)
    far.once('disconnect', () => {
      near.disconnect(true)
    })
    near.once('disconnect', () => {
      connections.delete(near)
      far.disconnect()
    })
    near.onAny((name: string, args: unknown, acknowledge: (answer: unknown) => void) => {
      later(LONGEST_MS, () => {
        far.emit(name, args, (answer: unknown) => {
          later(LONGEST_MS, () => {
            acknowledge(answer)
          })
        })
      })
      // Sends the request again, as a client does after a lost answer; nothing waits for this second answer.
      if (unruly && random() < DOUBLED)
        later(DOUBLED_LATER_MS, () => {
          far.emit(name, args, () => undefined)
        })
    })
  })

  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    cut: (share) => {
      for (const near of connections) if (random() < share) near.conn.close(true)
    },
    calmDown: () => {
      unruly = false
    },
    close: async () => {
      await front.close()
    },
  }
}

function forward(to: string, asked: IncomingMessage, answer: ServerResponse): void {
  const onward = request(
    new URL(asked.url ?? '/', to),
    { method: asked.method, headers: { ...asked.headers, host: new URL(to).host } },
    (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers)
      came.pipe(answer)
    },
  )
  onward.on('error', () => {
    answer.writeHead(502).end()
  })
  asked.pipe(onward)
}
