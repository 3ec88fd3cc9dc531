import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import type { CustomerId } from '../protocol/scalars.ts'
import type { OpenDatabase } from '../server/open-database.ts'
import { bareRoundTrips, startBareCenter, type RoundTrip } from './center/bare-round-trip.ts'
import { customerIdsOf, openCenter } from './center/open-center.ts'
import { startNode } from './center/start-node.ts'
import { addPeople } from './crowd/add-people.ts'
import { gather } from './crowd/gather.ts'
import { openFollowingDesk, type FollowingDesk } from './desk/following-desk.ts'
import { figure, percentiles, type Figure } from './figure.ts'
import { inPlace, type Place } from './place.ts'
import { wrapUp } from './wrap-up.ts'

const ROUNDS = 300
const WARM_UP = 20
const CUSTOMERS = 200

/**
 * A command is entered at one workstation: measures the time until its journal has the server's acknowledgement, and
 * until its rows are in another workstation's cache, over real cores, sockets, server processes and PostgreSQL. The
 * floor is a bare Socket.IO round trip with one committed row, in turns with it.
 */
export const roundtrip = (benchFolder: string, _customers: number, clients: number): Promise<Figure[]> =>
  inPlace(benchFolder, 'roundtrip', async (place) => {
    const database = await openCenter(place, CUSTOMERS)
    const node = await startNode(place, 'node', database)
    const customerIds = await customerIdsOf(database)
    const floor = await bareRoundTrips(place, (await startBareCenter(place, database)).url)
    const desk = await openFollowingDesk(place, 'desk', node.url, 'wang')
    const measured = (colleague: FollowingDesk) => inTurns({ desk, colleague, customerIds, floor })

    const colleague = await openFollowingDesk(place, 'colleague', node.url, 'chen')
    const idle = await measured(colleague)
    await colleague.close()

    const second = await startNode(place, 'second-node', database)
    const elsewhere = await openFollowingDesk(place, 'elsewhere', second.url, 'chen')
    const twoNodes = await measured(elsewhere)
    await elsewhere.close()
    await second.kill()

    await gather(place, node.url, await addPeople(database.pool, clients))
    await holdTransaction(place, database)
    // The server tells the connection that was opened last after all others.
    const last = await openFollowingDesk(place, 'last', node.url, 'chen')
    const crowd = await measured(last)
    for (const error of node.errors) console.log(`roundtrip: the server said ${error}`)
    const name = `with ${clients.toLocaleString('en')} clients and a held transaction`
    return [
      figure('roundtrip.acknowledged', 'ms', idle.ours.acknowledged, idle.floor.acknowledged, 'p99', 'no target'),
      figure('roundtrip.colleague', 'ms', idle.ours.colleague, idle.floor.colleague, 'p99', 'p99 ≤ 50 ms'),
      figure('roundtrip.two-nodes', 'ms', twoNodes.ours.colleague, twoNodes.floor.colleague, 'p99', 'p99 ≤ 50 ms'),
      figure(
        'roundtrip.crowd.acknowledged',
        'ms',
        crowd.ours.acknowledged,
        crowd.floor.acknowledged,
        'p99',
        `no target; ${name}`,
      ),
      figure('roundtrip.crowd', 'ms', crowd.ours.colleague, crowd.floor.colleague, 'p99', `p99 ≤ 250 ms ${name}`),
    ]
  })

interface Measured {
  readonly desk: FollowingDesk
  readonly colleague: FollowingDesk
  readonly customerIds: readonly CustomerId[]
  readonly floor: (said: object) => Promise<RoundTrip>
}

async function inTurns({ desk, colleague, customerIds, floor }: Measured) {
  const ours: RoundTrip[] = []
  const bare: RoundTrip[] = []
  for (let i = 0; i < WARM_UP + ROUNDS; i++) {
    const args = wrapUp(customerIds[i % customerIds.length]!)
    const trip = await oneTrip(desk, colleague, args)
    // The previous round trip is finished before the next begins, and random pauses keep the starts from following any
    // rhythm of the machine.
    await pause(10 + Math.random() * 30)
    const floorTrip = await floor(args)
    await pause(Math.random() * 10)
    if (i < WARM_UP) continue
    ours.push(trip)
    bare.push(floorTrip)
  }
  return { ours: both(ours), floor: both(bare) }
}

const both = (trips: readonly RoundTrip[]) => ({
  acknowledged: percentiles(trips.map((trip) => trip.acknowledged)),
  colleague: percentiles(trips.map((trip) => trip.colleague)),
})

async function oneTrip(
  desk: FollowingDesk,
  colleague: FollowingDesk,
  args: ReturnType<typeof wrapUp>,
): Promise<RoundTrip> {
  const acknowledged = desk.acknowledged()
  const applied = colleague.applied(args.interactionId)
  const started = performance.now()
  const entered = await desk.core.run('interaction.wrapUp', args)
  if (!entered.ok) throw new Error(`The command was refused: ${entered.error.code}`)
  return { acknowledged: (await acknowledged) - started, colleague: (await applied) - started }
}

/**
 * Holds open a transaction that has written: nothing younger than it can be vacuumed, and every scan has to pass over
 * those rows.
 */
async function holdTransaction(place: Place, database: OpenDatabase): Promise<void> {
  const client = new Client({ connectionString: database.connectionString })
  client.on('error', () => undefined)
  await client.connect()
  place.atEnd(() => client.end())
  await client.query('begin isolation level repeatable read')
  await client.query('select pg_current_xact_id(), count(*) from feed_pending')
}
