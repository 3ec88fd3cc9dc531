import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createCenter } from '../../../main/link/center.ts'
import { downloadSnapshot, SnapshotDamagedError, SnapshotGoneError } from '../../../main/snapshot/download.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const bytes = randomBytes(300_000)
const manifest = {
  id: 'snap-1',
  epoch: 'e',
  seq: 1,
  cacheSchema: 1,
  scopes: ['org'],
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  key: '00'.repeat(32),
  builtAt: 1,
}

interface Manner {
  readonly cutAfter?: number
  readonly ranges?: boolean
  readonly damage?: boolean
  readonly gone?: boolean
}

/** A server that gives the file in a certain manner, and records from which byte it was asked. */
async function center(manner: Manner) {
  const asked: number[] = []
  const server = createServer((request, response) => {
    if (request.headers.authorization !== 'Bearer token-of-this-session' || manner.gone) {
      response.writeHead(404).end('{}')
      return
    }
    const from = manner.ranges === false ? 0 : Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    asked.push(from)
    const body = Buffer.from(bytes.subarray(from))
    if (manner.damage) body[5] = body[5]! ^ 1
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': body.length,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    })
    if (manner.cutAfter === undefined) response.end(body)
    else response.write(body.subarray(0, manner.cutAfter), () => setTimeout(() => response.destroy(), 30))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
  })
  return { center: createCenter(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), asked }
}

const options = (folder: string, from: Awaited<ReturnType<typeof center>>, progress: number[] = []) => ({
  center: from.center,
  manifest,
  sessionToken: 'token-of-this-session',
  folder,
  signal: new AbortController().signal,
  onProgress: (done: number) => progress.push(done),
})

describe('the first download', () => {
  it('continues where a broken connection left it, and has every byte once', async () => {
    const folder = tempFolder()
    await expect(downloadSnapshot(options(folder, await center({ cutAfter: 100_000 })))).rejects.toThrow(
      /terminated|ended|aborted/,
    )
    const again = await center({})
    const progress: number[] = []
    const name = await downloadSnapshot(options(folder, again, progress))
    expect(again.asked[0]).toBeGreaterThan(0)
    expect(progress[0]).toBe(again.asked[0])
    expect(progress.at(-1)).toBe(bytes.length)
    expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true)
    expect(readdirSync(folder)).toEqual([name])
  })

  it('begins again if the server supports no ranges', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'cache-snap-1.db.part'), bytes.subarray(0, 1000))
    const name = await downloadSnapshot(options(folder, await center({ ranges: false })))
    expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true)
  })

  it('of the same snapshot again makes a new file, because the first file may be the open cache and hold changes', async () => {
    const folder = tempFolder()
    const from = await center({})
    const first = await downloadSnapshot(options(folder, from))
    const { ino } = statSync(join(folder, first))
    const second = await downloadSnapshot(options(folder, from))
    expect(readdirSync(folder).toSorted()).toEqual([first, second].toSorted())
    expect(statSync(join(folder, first)).ino).toBe(ino)
  })

  it('that is broken off when all bytes are here keeps them as a part: nothing uses that file, and the next try only has to check it', async () => {
    const folder = tempFolder()
    const from = await center({})
    const stopping = new AbortController()
    const onProgress = (done: number) => {
      if (done === bytes.length) stopping.abort()
    }
    await expect(downloadSnapshot({ ...options(folder, from), signal: stopping.signal, onProgress })).rejects.toThrow(
      /aborted/,
    )
    expect(readdirSync(folder)).toEqual(['cache-snap-1.db.part'])
    const name = await downloadSnapshot(options(folder, from))
    expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true)
    expect(from.asked).toEqual([0])
  })

  it('discards bytes that do not have the promised hash', async () => {
    const folder = tempFolder()
    await expect(downloadSnapshot(options(folder, await center({ damage: true })))).rejects.toThrow(
      SnapshotDamagedError,
    )
    expect(readdirSync(folder)).toEqual([])
  })

  it('notices that an earlier try had downloaded another file', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'cache-snap-1.db.part'), randomBytes(1000))
    await expect(downloadSnapshot(options(folder, await center({})))).rejects.toThrow(SnapshotDamagedError)
    expect(existsSync(join(folder, 'cache-snap-1.db.part'))).toBe(false)
  })

  it('asks for the newest snapshot when its file is gone', async () => {
    await expect(downloadSnapshot(options(tempFolder(), await center({ gone: true })))).rejects.toThrow(
      SnapshotGoneError,
    )
  })
})
