import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CustomerId } from '../../../protocol/scalars.ts'
import type { WriterCalls } from '../../../db/worker/writer.ts'
import { createReader } from '../../../db/worker/reader.ts'
import { isDamagedCache } from '../../../db/open.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { JOURNAL_KEY, newCommand, openWriter } from '../../support/writer-on-files.ts'

const UNSENT = 120
const REGIONS = 15
const PAGE = 4096

const customers = Array.from({ length: 3000 }, (_, n) => ({
  ...entityExamples.customer(),
  id: crypto.randomUUID() as CustomerId,
  number: `N-${n}`,
  organisationId: null,
  ownerUserId: null,
}))
const unsent = Array.from({ length: UNSENT }, (_, n) =>
  newCommand('preference.set', {
    preferenceId: crypto.randomUUID(),
    customerId: customers[n * 25]!.id,
    key: 'room',
    value: `floor ${n}`,
    source: 'said',
  }),
)
const ids = unsent.map(({ commandId }) => commandId)

let kept: string
let cacheName: string

beforeAll(async () => {
  kept = mkdtempSync(join(tmpdir(), 'ringside-damage-'))
  const writer = openWriter(kept)
  const changes = customers.map((row, n) => ({
    seq: n + 1,
    entity: 'customer' as const,
    id: row.id,
    version: row.version,
    scope: 'org',
    row: row as never,
  }))
  await writer.applyPage({ epoch: null, after: 0, upTo: changes.length, changes })
  for (const command of unsent) writer.enter([command], {})
  cacheName = basename(writer.cacheFile().path)
  writer.close()
  return () => rmSync(kept, { recursive: true, force: true })
})

/** A copy of the kept folder, which one test may damage. */
function damaged(damage: (cache: string) => void): string {
  const folder = join(tempFolder(), 'desk')
  cpSync(kept, folder, { recursive: true })
  damage(join(folder, cacheName))
  return folder
}

function fill(path: string, from: number, upTo: number, byte: number): void {
  const file = openSync(path, 'r+')
  const bytes = Buffer.alloc(upTo - from, byte)
  writeSync(file, bytes, 0, bytes.length, from)
  closeSync(file)
}

const region = (path: string, n: number) => {
  const pages = Math.floor(statSync(path).size / PAGE)
  return { from: Math.floor((n * pages) / REGIONS) * PAGE, upTo: Math.floor(((n + 1) * pages) / REGIONS) * PAGE }
}
const manners: Record<string, (path: string, n: number) => void> = {
  overwritten: (path, n) => fill(path, region(path, n).from, region(path, n).upTo, 0x5a),
  zeroed: (path, n) => fill(path, region(path, n).from, region(path, n).upTo, 0),
  'cut off from there on': (path, n) => truncateSync(path, region(path, n).from),
  'cut off within a page': (path, n) => truncateSync(path, region(path, n).from + 1000),
}

/** Every command is still there to be sent, in order, and its effect shows in whatever cache this writer has. */
function expectNothingLost(writer: WriterCalls): void {
  expect(writer.counts(null).unsent).toBe(UNSENT)
  expect(writer.toSend(10_000_000).map(({ commandId }) => commandId)).toEqual(ids)
}

function meetsDamage(read: () => void): boolean {
  try {
    read()
    return false
  } catch (error) {
    if (isDamagedCache(error)) return true
    throw error
  }
}

/** Reads everything that a screen reads about every customer of the unsent commands. */
function readEverything(folder: string, writer: WriterCalls): void {
  const reader = createReader({ folder, journalKeyHex: JOURNAL_KEY, cache: writer.cacheFile() })
  try {
    for (const { id } of customers.filter((__, n) => n % 5 === 0))
      reader['customer.record']({ customerId: id }, { now: 1, timeZone: 'UTC' })
    for (const text of ['N-7', 'zhang', '138']) reader['customer.search']({ text, limit: 50 })
  } finally {
    reader.close()
  }
}

describe.each(Object.entries(manners))('a cache with 120 unsent commands over it, %s', (_, damage) => {
  it.each(Array.from({ length: REGIONS }, (__, n) => n))(
    'in region %i: the workstation starts, now and the next time, and nothing unsent is lost',
    (n) => {
      const folder = damaged((cache) => damage(cache, n))
      for (let start = 0; start < 2; start += 1) {
        const writer = openWriter(folder)
        expectNothingLost(writer)
        // If the damage is on pages that no start needs, the first read finds it, and a new cache is begun.
        if (meetsDamage(() => readEverything(folder, writer))) writer.resetCache()
        expectNothingLost(writer)
        readEverything(folder, writer)
        writer.close()
      }
    },
  )
})

/** Noise in a write-ahead log, or in its index, that a killed program left. */
const leftBehind = (name: string, bytes: Buffer) => (cache: string) => writeFileSync(`${cache}-${name}`, bytes)

describe('with 120 unsent commands a workstation starts and loses nothing if', () => {
  it.each<[string, (cache: string) => void]>([
    [
      'a folder stands where the cache was',
      (cache) => {
        rmSync(cache)
        mkdirSync(join(cache, 'within'), { recursive: true })
      },
    ],
    [
      'the cache is a link to nothing',
      (cache) => {
        rmSync(cache)
        symlinkSync(join(cache, '..', 'nowhere', 'x.db'), cache)
      },
    ],
    ['the cache is gone', (cache) => rmSync(cache)],
    ['the cache is empty', (cache) => truncateSync(cache)],
    ['the cache is shorter than its first page', (cache) => truncateSync(cache, 100)],
    ['the cache is noise from its first byte on', (cache) => fill(cache, 0, statSync(cache).size, 0x5a)],
    [
      'the cache was never encrypted',
      (cache) => writeFileSync(cache, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8000)])),
    ],
    ['its write-ahead log is noise', leftBehind('wal', Buffer.alloc(200_000, 0x5a))],
    ['its write-ahead log ends in its header', leftBehind('wal', Buffer.alloc(20, 0x37))],
    ['a folder stands where its write-ahead log belongs', (cache) => mkdirSync(`${cache}-wal`)],
    ['the index of its write-ahead log is noise', leftBehind('shm', Buffer.alloc(32_768, 0x5a))],
    ['the index of its write-ahead log is cut off', leftBehind('shm', Buffer.alloc(10))],
    ['a folder stands where the index of its write-ahead log belongs', (cache) => mkdirSync(`${cache}-shm`)],
  ])('%s', (_, damage) => {
    const folder = damaged(damage)
    for (let start = 0; start < 2; start += 1) {
      const writer = openWriter(folder)
      expectNothingLost(writer)
      readEverything(folder, writer)
      // Files that nothing uses any more are removed.
      expect(readdirSync(folder).filter((name) => /^cache-.*\.db$/.test(name))).toEqual([
        basename(writer.cacheFile().path),
      ])
      writer.close()
    }
  })

  it('the write-ahead log of a killed program is damaged in its middle', async () => {
    const folder = damaged(() => undefined)
    const running = openWriter(folder)
    const changes = customers.slice(0, 1000).map((row, n) => ({
      seq: 4000 + n,
      entity: 'customer' as const,
      id: row.id,
      version: 2,
      scope: 'org',
      row: { ...row, version: 2, city: 'Faro' } as never,
    }))
    await running.applyPage({ epoch: null, after: 3000, upTo: 5000, changes })
    const killed = join(tempFolder(), 'killed')
    cpSync(folder, killed, { recursive: true })
    const { path } = running.cacheFile()
    running.close()
    const log = join(killed, `${basename(path)}-wal`)
    expect(statSync(log).size).toBeGreaterThan(100_000)
    fill(log, Math.floor(statSync(log).size / 2), Math.floor(statSync(log).size / 2) + 20_000, 0x5a)
    const writer = openWriter(killed)
    expectNothingLost(writer)
    readEverything(killed, writer)
    writer.close()
  })
})
