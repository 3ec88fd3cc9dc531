import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { AnyRow } from '../db/rows/any-row.ts'
import { codecs, decodeRow } from '../db/rows/codec.ts'
import { DEMO_PASSWORD } from '../demo/sign-in.ts'
import { browserHost } from '../launch/built.ts'
import { tellInstance } from '../main/host/single-instance.ts'
import type { Row } from '../protocol/entities.ts'
import { bulkLoad } from '../server/db/bulk-load.ts'
import { SCALE_SEQ, takeEpoch } from './center/offer-snapshot.ts'
import { openCenter } from './center/open-center.ts'
import { startNode } from './center/start-node.ts'
import type { BareFileSaid } from './desk/bare-file-process.ts'
import { openBridge, type Bridge } from './desk/open-bridge.ts'
import { prepareDesk } from './desk/prepare-desk.ts'
import { figure, percentiles, type Figure } from './figure.ts'
import { heard } from './heard.ts'
import { memoryOf } from './memory-of.ts'
import { endProcess, inPlace, type Place } from './place.ts'
import { openRaw, PHONE_AT, sample } from './raw.ts'
import { scaleFile, type ScaleFile } from './scale-file.ts'

const POPS = 200
const LOOK_EVERY = 10
const REST_MS = 5000

/**
 * The memory of a workstation's process (resident set): the browser host without a browser, with its cache at scale,
 * after its start and during 200 calls and searches. The floor is a bare Node with the same file open.
 */
export const memory = (benchFolder: string, customers: number): Promise<Figure[]> =>
  inPlace(benchFolder, 'memory', async (place) => {
    const file = await scaleFile(benchFolder, customers)
    const { numbers, customers: known } = callers(file)
    const database = await openCenter(place, 20)
    await takeEpoch(database)
    await bulkLoad(database.pool, 'customer', known)
    const node = await startNode(place, 'node', database)
    const bareFile = place.helper('desk/bare-file-process.ts', { SCALE_FILE: JSON.stringify({ ...file, longest: [] }) })
    await heard<BareFileSaid, 'open'>(bareFile, 'open')

    const folder = join(place.folder, 'desk')
    await prepareDesk(folder, file, SCALE_SEQ)
    // On an ordinary day a workstation already has the code that its first start after an update compiles, so start it
    // once before.
    const first = startHost(place, folder, node.url)
    await addressOf(first)
    await endProcess(first)
    const host = startHost(place, folder, node.url)
    const bridge = await openBridge(await addressOf(host))
    place.atEnd(() => bridge.close())
    await pause(REST_MS)
    const atStart = memoryOf(host.pid!)
    const during: number[] = []
    for (const [i, number] of numbers.entries()) {
      await takeCall(bridge, folder, number)
      await bridge.ask('customer.search', {
        text: known[i % known.length]!.displayName.slice(0, 2 + (i % 6)),
        limit: 20,
      })
      if (i % LOOK_EVERY === LOOK_EVERY - 1) during.push(memoryOf(host.pid!))
    }
    const floor = percentiles([megabytes(memoryOf(bareFile.pid!))])
    const of = `${customers.toLocaleString('en')} customers`
    return [
      figure('memory.start', 'MB', percentiles([megabytes(atStart)]), floor, 'p99', `≤ 200 MB with ${of}`),
      figure(
        'memory',
        'MB',
        percentiles(during.map(megabytes)),
        floor,
        'p99',
        `≤ 200 MB with ${of}, through ${POPS} calls and searches`,
      ),
    ]
  })

const megabytes = (bytes: number) => bytes / 2 ** 20

/** Numbers that call, and their customers: the server must know the customers of the contacts that it is sent. */
function callers(file: ScaleFile): { numbers: string[]; customers: Row<'customer'>[] } {
  const raw = openRaw(file)
  const numbers = sample(raw, PHONE_AT, POPS)
  const find = raw.prepare(
    `SELECT ${codecs.customer.select} FROM "customer" WHERE "id" IN (SELECT "customerId" FROM "contactPoint" WHERE "e164" = ?)`,
  )
  const found = numbers.flatMap((e164) => find.all(e164) as AnyRow[]).map((stored) => decodeRow('customer', stored))
  raw.close()
  return { numbers, customers: [...new Map(found.map((customer) => [customer.id, customer])).values()] }
}

function startHost(place: Place, folder: string, serverUrl: string): ChildProcess {
  const screens = join(place.folder, 'screens')
  mkdirSync(screens, { recursive: true })
  const host = place.program(
    browserHost,
    ['--server', serverUrl, '--data', folder, '--renderer', screens, '--sign-in', 'wang'],
    { RINGSIDE_PASSWORD: DEMO_PASSWORD },
  )
  host.stderr!.resume()
  return host
}

const addressOf = (host: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    host.stdout!.on('data', (chunk: Buffer) => {
      const address = /open at (http:\/\/\S+)/.exec(chunk.toString())?.[1]
      if (address) resolve(address)
    })
    host.once('exit', () => reject(new Error('The workstation has ended.')))
  })

/** Takes a call that only this workstation knows, with its note, until it is wrapped up. */
async function takeCall(bridge: Bridge, folder: string, number: string): Promise<void> {
  const popped = bridge.pop()
  await tellInstance(folder, ['--call', number])
  const { key, content } = (await popped).desk.draft
  await bridge.act('draft.save', {
    key,
    content: { ...content, note: 'Asked where the order is.', outcome: 'answered' },
  })
  await bridge.act('desk.wrapUp', { key })
}
