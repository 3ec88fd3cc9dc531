import { readdirSync, statSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../../main/clock.ts'
import { createCenter } from '../../../main/link/center.ts'
import { createLog } from '../../../main/log.ts'
import { createSetup, type SetupProgress } from '../../../main/snapshot/setup.ts'
import { refuse } from '../../../protocol/errors.ts'
import { CACHE_SCHEMA } from '../../../protocol/version.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { until } from '../../support/until.ts'

const TOTAL_BYTES = 8_000_000
const manifest = {
  id: 'snap-1',
  epoch: 'e',
  seq: 1,
  cacheSchema: CACHE_SCHEMA,
  scopes: ['org'],
  bytes: TOTAL_BYTES,
  sha256: '00'.repeat(32),
  key: '00'.repeat(32),
  builtAt: 1,
}

/**
 * A server whose file never ends: it gives two megabytes and then keeps the connection open. It names the newest file
 * when the test allows it.
 */
async function slowCenter() {
  const manifests: ServerResponse[] = []
  const files: ServerResponse[] = []
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/snapshot?')) {
      manifests.push(response)
      return
    }
    files.push(response)
    response.writeHead(200, { 'content-length': TOTAL_BYTES })
    response.write(Buffer.alloc(2_000_000))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, manifests, files }
}

const setupOf = (url: string, folder: string, onProgress: (progress: SetupProgress | null) => void = () => undefined) =>
  createSetup({
    center: createCenter(url),
    folder,
    clock: systemClock,
    random: Math.random,
    log: createLog(() => undefined, Date.now),
    sessionToken: () => 'a session',
    scopes: () => ['org'],
    removeOthers: () => Promise.resolve(),
    ownKey: async (_, key) => key,
    swapIn: () => Promise.resolve(),
    onProgress,
    onRefused: () => undefined,
  })

describe('a stopped download of a cache', () => {
  it('makes no file any more, however late the server answers', async () => {
    const center = await slowCenter()
    const folder = tempFolder()
    const setup = setupOf(center.url, folder)
    setup.begin()
    await until(() => center.manifests.length === 1, 'the center is asked')
    await setup.stop()
    center.manifests[0]!.end(JSON.stringify(manifest))
    await pause(100)
    expect(readdirSync(folder)).toEqual([])
  })

  it('has written its last byte when the stop is reported', async () => {
    const center = await slowCenter()
    const folder = tempFolder()
    const setup = setupOf(center.url, folder)
    setup.begin()
    await until(() => center.manifests.length === 1, 'the center is asked')
    center.manifests[0]!.end(JSON.stringify(manifest))
    await until(() => center.files.length === 1, 'the file is asked for')
    await setup.stop()
    const bytes = () => readdirSync(folder).map((name) => statSync(join(folder, name)).size)
    const then = bytes()
    await pause(100)
    expect(bytes()).toEqual(then)
  })
})

it('a workstation whose snapshot the server still makes says so, and asks again soon', async () => {
  const center = await slowCenter()
  const told: (SetupProgress | null)[] = []
  const setup = setupOf(center.url, tempFolder(), (progress) => {
    told.push(progress)
  })
  onTestFinished(() => setup.stop())
  setup.begin()
  for (const asked of [1, 2]) {
    await until(() => center.manifests.length === asked, 'the server is asked')
    center.manifests
      .at(-1)!
      .writeHead(503)
      .end(JSON.stringify(refuse('CENTER_BUSY', { seconds: 0 })))
    await until(() => told.length === asked, 'the screens are told')
  }
  expect(told).toEqual([
    { doneBytes: 0, totalBytes: 0 },
    { doneBytes: 0, totalBytes: 0 },
  ])
  await until(() => center.manifests.length === 3, 'the server is asked again')
})
