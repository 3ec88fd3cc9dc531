import { createHash } from 'node:crypto'
import { closeSync, copyFileSync, createReadStream, fsyncSync, openSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { CustomerId } from '../protocol/scalars.ts'
import { offerSnapshot, sha256Of, takeEpoch } from './center/offer-snapshot.ts'
import { openCenter } from './center/open-center.ts'
import { nodeFolder, startNode } from './center/start-node.ts'
import { openDesk } from './desk/open-desk.ts'
import { figure, percentiles, rateFigure, type Figure } from './figure.ts'
import { measurePeers } from './peers/measure-peers.ts'
import { providePeers } from './peers/provide-peers.ts'
import { inPlace, type Place } from './place.ts'
import { openRaw } from './raw.ts'
import { countRows } from './rows-of-file.ts'
import { scaleFile, type ScaleFile } from './scale-file.ts'

const TIMES = 3
/**
 * How many customers the peers are given: a part of the same rows. With fewer rows to sort, each row is cheaper, so
 * this favours the peers.
 */
const MANY = 20_000
const FEW = 5000

/**
 * Goes from an empty folder to a record that can be read: sign-in, snapshot by HTTP, its hash, the cache. The floor is
 * a copy and a SHA-256 of the same file. The peers bring rows: over HTTP into the same tables, with PouchDB, and with
 * RxDB.
 */
export const firststart = (benchFolder: string, customers: number): Promise<Figure[]> =>
  inPlace(benchFolder, 'firststart', async (place) => {
    providePeers()
    const file = await scaleFile(benchFolder, customers)
    const [many, few] = [
      await scaleFile(benchFolder, Math.min(customers, MANY)),
      await scaleFile(benchFolder, Math.min(customers, FEW)),
    ]
    const { rows, customerId } = lookInto(file)
    const database = await openCenter(place, 20)
    await takeEpoch(database)
    await offerSnapshot(nodeFolder(place, 'node'), file)
    const node = await startNode(place, 'node', database)

    const ours: number[] = []
    const floor: number[] = []
    const onePass: number[] = []
    for (let i = 0; i < TIMES; i++) {
      ours.push(await firstStart(place, `desk-${i}`, node.url, customerId))
      floor.push(await copyAndHash(place, file))
      onePass.push(await inOnePass(place, file))
    }
    console.log(`firststart: copied and hashed in one pass instead of two: ${percentiles(onePass).p50.toFixed(2)} s`)
    const peers = await measurePeers(place, { many, few })
    const rate = percentiles(ours.map((seconds) => rows / seconds))
    const against = (name: string, peer: number, what: string) =>
      rateFigure(
        `firststart.${name}`,
        'rows/s',
        { p50: rate.p50, p99: rows / Math.max(...ours) },
        percentiles([peer]),
        what,
      )
    const part = (of: ScaleFile) => `measured with ${of.customers.toLocaleString('en')} customers`
    return [
      figure(
        'firststart',
        's',
        percentiles(ours),
        percentiles(floor),
        'p50',
        `≤ 1.3 × (copy + SHA-256); ${rows.toLocaleString('en')} rows`,
      ),
      against('rows-over-http', peers.rowsOverHttp, `ratio ≤ 0.1: ≥ 10 × rows over HTTP (${part(many)})`),
      against('pouchdb', peers.pouchDb, `ratio ≤ 0.005: ≥ 200 × PouchDB 9 from express-pouchdb (${part(few)})`),
      against('rxdb', peers.rxDb, `no target; RxDB in memory, nothing on disk (${part(few)})`),
    ]
  })

function lookInto(file: ScaleFile): { rows: number; customerId: CustomerId } {
  const raw = openRaw(file)
  const rows = countRows(raw)
  const customerId = file.longest[0] ?? (raw.prepare('SELECT "id" FROM "customer" LIMIT 1').get() as { id: string }).id
  raw.close()
  return { rows, customerId: customerId as CustomerId }
}

async function firstStart(place: Place, name: string, serverUrl: string, customerId: CustomerId): Promise<number> {
  let isThere = () => {}
  const there = new Promise<void>((resolve) => {
    isThere = resolve
  })
  const started = performance.now()
  const so = () => (performance.now() - started) / 1000
  const desk = await openDesk(place, name, serverUrl, { cacheIsThere: () => isThere() })
  const open = so()
  await desk.signIn('wang')
  const signedIn = so()
  await there
  const record = await desk.core.queries['customer.record']({ customerId })
  const seconds = so()
  console.log(
    `firststart: ${seconds.toFixed(2)} s, of which ${open.toFixed(2)} s to start the core and ${(signedIn - open).toFixed(2)} s to sign in`,
  )
  if (!record) throw new Error('The cache of a first start does not hold the record.')
  await desk.close()
  rmSync(join(place.folder, name), { recursive: true, force: true })
  return seconds
}

async function copyAndHash(place: Place, file: ScaleFile): Promise<number> {
  const to = join(place.folder, 'copy.db')
  const started = performance.now()
  copyFileSync(file.path, to)
  const copy = openSync(to, 'r+')
  fsyncSync(copy)
  closeSync(copy)
  await sha256Of(to)
  const seconds = (performance.now() - started) / 1000
  rmSync(to)
  return seconds
}

/** Measured beside the floor: does what the download does, but reads from the disk instead of from the server. */
async function inOnePass(place: Place, file: ScaleFile): Promise<number> {
  const to = join(place.folder, 'pass.db')
  const started = performance.now()
  const hash = createHash('sha256')
  const copy = await open(to, 'w')
  for await (const chunk of createReadStream(file.path)) {
    hash.update(chunk as Buffer)
    await copy.write(chunk as Buffer)
  }
  hash.digest('hex')
  await copy.sync()
  await copy.close()
  const seconds = (performance.now() - started) / 1000
  rmSync(to)
  return seconds
}
