import { setTimeout as pause } from 'node:timers/promises'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { OpenDatabase } from '../../server/open-database.ts'
import { startBareCenter } from '../center/bare-round-trip.ts'
import { heard } from '../heard.ts'
import { memoryOf } from '../memory-of.ts'
import type { Place } from '../place.ts'
import { wrapUp } from '../wrap-up.ts'
import type { BareCrowdAsked, BareCrowdSaid } from './bare-crowd-process.ts'

const PROCESSES = 2

export interface Herd {
  /** Seconds until each client had everything acknowledged. */
  readonly seconds: readonly number[]
  /** The server's memory for one idle connection. */
  readonly kilobytesEach: number
}

/**
 * Opens as many bare connections at once, each with as many committed rows. This is what Socket.IO and PostgreSQL alone
 * take.
 */
export async function bareHerd(
  place: Place,
  database: OpenDatabase,
  {
    clients,
    commandsEach,
    customerId,
    restMs,
  }: { clients: number; commandsEach: number; customerId: CustomerId; restMs: number },
): Promise<Herd> {
  const center = await startBareCenter(place, database)
  await pause(restMs)
  const before = memoryOf(center.pid)
  const share = Math.ceil(clients / PROCESSES)
  const shares = Array.from({ length: PROCESSES }, (_, i) => Math.min(share, clients - i * share)).filter(
    (count) => count > 0,
  )
  const started = performance.timeOrigin + performance.now()
  const all = await Promise.all(
    shares.map((count) => {
      const child = place.helper('crowd/bare-crowd-process.ts')
      const acknowledged = heard<BareCrowdSaid, 'acknowledged'>(child, 'acknowledged')
      child.send({
        serverUrl: center.url,
        clients: count,
        commandsEach,
        said: wrapUp(customerId),
      } satisfies BareCrowdAsked)
      return acknowledged
    }),
  )
  await pause(restMs)
  return {
    seconds: all.flatMap(({ at }) => at.map((ms) => (ms - started) / 1000)),
    kilobytesEach: (memoryOf(center.pid) - before) / 1024 / clients,
  }
}
