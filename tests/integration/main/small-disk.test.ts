import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../../main/clock.ts'
import { createCenter } from '../../../main/link/center.ts'
import { createLog } from '../../../main/log.ts'
import { createSetup, type SetupProgress } from '../../../main/snapshot/setup.ts'
import { CACHE_SCHEMA } from '../../../protocol/version.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { smallDisk } from '../../support/small-disk.ts'
import { startTestServer } from '../../support/test-server.ts'
import { startTestWorkstation } from '../../support/test-workstation.ts'
import { until } from '../../support/until.ts'

const MB = 1_048_576
const disk = smallDisk(40)
const fillsMeanwhile = smallDisk(40)
afterAll(() => {
  disk?.remove()
  fillsMeanwhile?.remove()
})
const notHere = disk ? '' : ' [skipped: this user may not make a small disk]'

/** A server whose snapshot has 20 MB: it gives half of the file, and the rest when the test allows it. */
async function halfCenter() {
  const bytes = randomBytes(20 * MB)
  const manifest = {
    id: 'snap-1',
    epoch: 'e',
    seq: 1,
    cacheSchema: CACHE_SCHEMA,
    scopes: ['org'],
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    key: '00'.repeat(32),
    builtAt: 1,
  }
  const asked: number[] = []
  const rest = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/snapshot?')) {
      response.end(JSON.stringify(manifest))
      return
    }
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    asked.push(from)
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': bytes.length - from,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    })
    if (from > 0) response.end(bytes.subarray(from))
    else
      response.write(bytes.subarray(0, 10 * MB), () => {
        void rest.promise.then(() => response.end(bytes.subarray(10 * MB)))
      })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes,
    asked,
    letRest: () => rest.resolve(),
  }
}

describe('the first download on a small disk', () => {
  it.skipIf(!disk)(
    `says how much it needs and how much is free before it begins, and continues without help when somebody makes room${notHere}`,
    async () => {
      const server = await startTestServer()
      onTestFinished(() => server.remove())
      await addUser(server.database.pool, 'anna')
      const customers = Array.from({ length: 20_000 }, (_, n) => ({
        ...entityExamples.customer(),
        number: `N-${n}`,
        organisationId: null,
        ownerUserId: null,
      }))
      await bulkLoad(server.database.pool, 'customer', customers)
      await finishBulkLoad(server.database.pool)
      const desk = await startTestWorkstation(server.url, { folder: disk!.folder })
      onTestFinished(() => desk.stop())
      disk!.fill(10)
      await desk.act('session.signIn', { login: 'anna', password: PASSWORD })
      const waiting = await desk.seen('sync.state', {}, ({ alarm }) => alarm?.code === 'DISK_TOO_SMALL')
      expect(waiting.setup?.waitsFor).toEqual(waiting.alarm)
      const { needed, free } = waiting.alarm!.params as { needed: number; free: number }
      expect(needed).toBeGreaterThan(free)
      expect(free).toBeLessThan(11)
      disk!.free()
      await desk.seen('sync.state', {}, ({ alarm, setup }) => alarm === null && setup === null)
      await desk.seen('customer.record', { customerId: customers[0]!.id }, (record) => record !== null)
    },
  )

  it.skipIf(!fillsMeanwhile)(
    `that fills the disk keeps what has arrived, says so, and continues from there${notHere}`,
    async () => {
      const center = await halfCenter()
      const { folder, fill, free } = fillsMeanwhile!
      const told: (SetupProgress | null)[] = []
      let swapped = ''
      const setup = createSetup({
        center: createCenter(center.url),
        folder,
        clock: systemClock,
        random: Math.random,
        log: createLog(() => undefined, Date.now),
        sessionToken: () => 'a session',
        scopes: () => ['org'],
        removeOthers: () => Promise.resolve(),
        ownKey: async (_, key) => key,
        onRefused: () => undefined,
        swapIn: async (file) => {
          swapped = file
        },
        onProgress: (progress) => told.push(progress),
      })
      setup.begin()
      await until(() => (told.at(-1)?.doneBytes ?? 0) > 8 * MB, 'half of it')
      fill()
      center.letRest()
      const waits = await until(() => told.findLast((progress) => progress?.waitsFor), 'why it stands still')
      expect(waits).toMatchObject({ totalBytes: 20 * MB, waitsFor: { code: 'DISK_TOO_SMALL', params: { free: 0 } } })
      free()
      await until(() => swapped !== '', 'the whole snapshot')
      expect(readFileSync(join(folder, swapped)).equals(center.bytes)).toBe(true)
      expect(center.asked).toEqual([0, waits.doneBytes])
      expect(told.at(-1)).toBeNull()
      expect(readdirSync(folder)).toEqual([swapped])
      await setup.stop()
    },
  )
})
