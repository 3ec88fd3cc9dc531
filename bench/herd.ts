import { setTimeout as pause } from 'node:timers/promises'
import { customerIdsOf, openCenter } from './center/open-center.ts'
import { startNode } from './center/start-node.ts'
import type { OpenDatabase } from '../server/open-database.ts'
import { addPeople } from './crowd/add-people.ts'
import { bareHerd } from './crowd/bare-herd.ts'
import { gather } from './crowd/gather.ts'
import { figure, percentiles, type Figure } from './figure.ts'
import { memoryOf } from './memory-of.ts'
import { inPlace } from './place.ts'

const CUSTOMERS = 200
const COMMANDS_EACH = 3
/** How long a process needs after being busy until it has given back the memory that it gives back. */
const REST_MS = 5000

/**
 * All workstations come back at once: the server is killed while they are connected, each of them goes on working, and
 * the server is started again. Measures the seconds from the moment the server listens until a workstation has every
 * command acknowledged. The floor is a bare Socket.IO server with as many connections and committed rows.
 */
export const herd = (benchFolder: string, _customers: number, clients: number): Promise<Figure[]> =>
  inPlace(benchFolder, 'herd', async (place) => {
    const database = await openCenter(place, CUSTOMERS)
    const customerIds = await customerIdsOf(database)
    const people = await addPeople(database.pool, clients)
    // Making the snapshot for new workstations takes memory that has nothing to do with connections. Once it exists, the
    // next start finds it.
    const early = await startNode(place, 'node', database)
    await early.snapshotReady
    await early.kill()
    const first = await startNode(place, 'node', database)
    await pause(REST_MS)
    const alone = memoryOf(first.pid)
    const crowd = await gather(place, first.url, people)
    await pause(REST_MS)
    const atRest = memoryOf(first.pid)

    const before = await interactionsIn(database)
    await first.kill()
    const killedAt = performance.now()
    const acknowledged = crowd.acknowledged()
    await crowd.enter(COMMANDS_EACH, customerIds)
    const again = await startNode(place, 'node', database, Number(new URL(first.url).port))
    const listensAt = performance.timeOrigin + performance.now()
    console.log(
      `herd: the server was away for ${((performance.now() - killedAt) / 1000).toFixed(1)} s; ${clients} workstations came back`,
    )
    const { at, errors } = await acknowledged
    const seconds = at.map((ms) => (ms - listensAt) / 1000)
    const lost = clients * COMMANDS_EACH - ((await interactionsIn(database)) - before)
    for (const [what, times] of Object.entries(errors)) console.log(`herd: ${times} × ${what}`)
    for (const error of again.errors) console.log(`herd: the server said ${error}`)
    if (lost !== 0) console.log(`herd: ${lost} commands are not in the store, or twice`)
    const wrong = Object.values(errors).reduce((sum, times) => sum + times, 0) + again.errors.size + Math.abs(lost)

    await pause(REST_MS)
    const afterwards = memoryOf(again.pid)
    const each = (bytes: number) => percentiles([(bytes - alone) / 1024 / clients])
    const floor = await bareHerd(place, database, {
      clients,
      commandsEach: COMMANDS_EACH,
      customerId: customerIds[0]!,
      restMs: REST_MS,
    })
    const name = `${clients.toLocaleString('en')} clients, ${(clients * COMMANDS_EACH).toLocaleString('en')} commands`
    return [
      figure('herd.each', 's', percentiles(seconds), percentiles(floor.seconds), 'p99', `no target; ${name}`),
      figure(
        'herd.all',
        's',
        percentiles([Math.max(...seconds)]),
        percentiles([Math.max(...floor.seconds)]),
        'p99',
        `≤ 15 s; ${name}`,
      ),
      figure('herd.errors', 'errors', percentiles([wrong]), null, 'p99', '0'),
      figure(
        'herd.memory',
        'KB a connection',
        each(atRest),
        percentiles([floor.kilobytesEach]),
        'p99',
        '≤ 130 KB a connection, everybody connected and at rest',
      ),
      figure(
        'herd.memory.after',
        'KB a connection',
        each(afterwards),
        percentiles([floor.kilobytesEach]),
        'p99',
        '≤ 130 KB a connection, 5 s after the last acknowledgement',
      ),
    ]
  })

const interactionsIn = async ({ pool }: OpenDatabase): Promise<number> =>
  (await pool.query<{ n: number }>('select count(*) as n from interaction')).rows[0]!.n
