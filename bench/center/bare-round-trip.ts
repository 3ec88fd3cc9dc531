import { io, type Socket } from 'socket.io-client'
import { heard } from '../heard.ts'
import type { Place } from '../place.ts'
import type { OpenDatabase } from '../../server/open-database.ts'
import type { BareCenterSaid } from './bare-center-process.ts'

/**
 * When a message from one connection was acknowledged, and when another connection received it, in ms since it was
 * sent.
 */
export interface RoundTrip {
  readonly acknowledged: number
  readonly colleague: number
}

/** Starts the bare server as a process of its own on the same PostgreSQL. */
export async function startBareCenter(place: Place, database: OpenDatabase): Promise<{ url: string; pid: number }> {
  const child = place.helper('center/bare-center-process.ts', { DATABASE_URL: database.connectionString })
  const { url } = await heard<BareCenterSaid, 'listening'>(child, 'listening')
  return { url, pid: child.pid! }
}

/** The floor: a round trip over two bare connections, with as many bytes as a command has and one committed row. */
export async function bareRoundTrips(place: Place, url: string): Promise<(said: object) => Promise<RoundTrip>> {
  const [desk, colleague] = await Promise.all([connected(url), connected(url)])
  place.atEnd(() => {
    desk.close()
    colleague.close()
  })
  return async (said) => {
    const started = performance.now()
    const told = new Promise<number>((resolve) => {
      colleague.once('told', () => resolve(performance.now() - started))
    })
    await desk.emitWithAck('tell', said)
    const acknowledged = performance.now() - started
    return { acknowledged, colleague: await told }
  }
}

const connected = (url: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true })
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', reject)
  })
