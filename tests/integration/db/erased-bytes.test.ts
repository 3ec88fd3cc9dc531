import { join } from 'node:path'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFiles } from '../../../db/files/open-files.ts'
import { createSnapshotFile } from '../../../db/snapshot-writer.ts'
import { createWriterOn, type WriterCalls } from '../../../db/worker/writer.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import type { Customer, EntityName, Row } from '../../../protocol/entities.ts'
import type { Change, Erased } from '../../../protocol/wire.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { openPlainFiles, type PlainFiles } from '../../support/plain-files.ts'
import { JOURNAL_KEY, newCommand, someUser } from '../../support/writer-on-files.ts'

const CANARY = 'zzcanary'
/**
 * Only a part of the canary, because a search index stores a word without the letters that it shares with the word
 * before.
 */
const REST = CANARY.slice(2)
const NUMBER = '13977770123'
const folder = mkdtempSync(join(tmpdir(), 'ringside-erased-'))
const other = (n: number): Customer => ({
  ...entityExamples.customer(),
  number: `K-${n}`,
  displayName: `Somebody ${n}`,
  nativeName: null,
  organisationId: null,
})
const customer: Customer = {
  ...other(0),
  displayName: `${CANARY} name`,
  remark: `${CANARY} remark`,
  city: `${CANARY} city`,
}
const phone = {
  ...entityExamples.contactPoint(),
  customerId: customer.id,
  raw: `${CANARY} 1390000`,
  e164: `+86${NUMBER}`,
  nationalKey: `CN:${NUMBER}`,
}
const notes = Array.from({ length: 60 }, (_, n) => ({
  ...entityExamples.interaction(),
  customerId: customer.id,
  startedAt: n + 1,
  note: `${CANARY} note ${n} `.repeat(n % 20 === 0 ? 700 : 9),
}))
const neighbours = Array.from({ length: 400 }, (_, n) => other(n + 1))
const command = newCommand('preference.set', {
  preferenceId: crypto.randomUUID(),
  customerId: customer.id,
  key: 'seat',
  value: `${CANARY} seat`,
  source: 'said',
})
const draft = {
  key: `customer:${customer.id}`,
  interactionId: crypto.randomUUID(),
  callId: null,
  customerId: customer.id,
  openedAt: 1,
  savedAt: null,
  content: emptyDraft,
}
const erased: Erased = {
  number: 1,
  erasureId: crypto.randomUUID(),
  customerId: customer.id,
  erasedAt: 1,
  seq: 9,
  rowIds: notes.map(({ id }) => id),
}

describe('the bytes of a customer who was erased', () => {
  let files: PlainFiles
  let writer: WriterCalls
  let cursor = 0
  const follow = async (rows: { entity: EntityName; id: string; version: number; row: object | null }[]) => {
    const changes = rows.map((row, n): Change => ({
      ...row,
      seq: cursor + n + 1,
      scope: 'org',
      row: row.row as Change['row'],
    }))
    cursor = (await writer.applyPage({ epoch: 'e', after: cursor, upTo: cursor + rows.length, changes })).cursor
  }
  const put = (entity: EntityName, row: Row<EntityName>) => ({ entity, id: row.id, version: row.version, row })
  const where = (text: string) =>
    Object.entries(files.bytes())
      .filter(([, bytes]) => bytes.includes(text))
      .map(([file]) => file)

  beforeAll(async () => {
    files = openPlainFiles(folder)
    writer = createWriterOn(files, folder)
    writer.remember({ serverEpoch: 'e' })
    await follow([
      ...neighbours.map((row) => put('customer', row)),
      put('customer', customer),
      put('contactPoint', phone),
      ...notes.map((row) => put('interaction', row)),
    ])
    // Rows are overwritten and moved, as they are in a year of use.
    for (let version = 2; version < 6; version += 1) {
      await follow(
        notes
          .slice(0, 30)
          .map((row, n) =>
            put('interaction', { ...row, version, note: `${CANARY} again ${n} `.repeat(version % 2 === 0 ? 400 : 3) }),
          ),
      )
    }
    // The samples of the query planner are copies of keys: numbers, e-mail addresses.
    files.cache.run('ANALYZE')
    writer.enter([command], {})
    writer.openDraft(someUser, draft)
    for (let letters = 1; letters < 40; letters += 1)
      writer.saveDraft(someUser, draft.key, { ...emptyDraft, note: `${CANARY} typed `.repeat(letters) }, letters)
  })
  afterAll(() => {
    files.close()
  })

  it('are in both files before the erasure, even as a sample of the query planner', () => {
    expect(where(CANARY)).toEqual(['cache', 'journal'])
    expect(where(NUMBER)).toEqual(['cache'])
    expect(
      files.cache
        .all<{ sample: Buffer }>('SELECT "sample" FROM sqlite_stat4')
        .some(({ sample }) => sample.includes(NUMBER)),
    ).toBe(true)
  })

  it('are in the search index even after the feed has removed every row', async () => {
    const gone = (entity: EntityName, { id }: { id: string }) => ({ entity, id, version: 9, row: null })
    await follow([
      gone('customer', customer),
      gone('contactPoint', phone),
      ...notes.map((row) => gone('interaction', row)),
    ])
    files.cache.get('PRAGMA wal_checkpoint(TRUNCATE)')
    expect(files.cache.get('SELECT 1 FROM "customer" WHERE "id" = ?', customer.id)).toBeUndefined()
    expect(where(REST)).toContain('cache')
  })

  it('are on no page of either file, not even a free one, and in neither write-ahead log after the cleaning', async () => {
    writer.scrub('e', [erased])
    await writer.cleanFiles()
    for (const text of [CANARY, REST, NUMBER]) expect([text, where(text)]).toEqual([text, []])
    for (const path of [files.cachePath, join(folder, 'journal.db')]) expect(statSync(`${path}-wal`).size).toBe(0)
    // There are free pages to look at, so the file did not hide anything by shrinking.
    expect(files.cache.get<{ freelist_count: number }>('PRAGMA freelist_count')?.freelist_count).toBeGreaterThan(0)
  })

  it('leave a command with its number and hash, and all other customers as they were', () => {
    const [kept] = writer.toSend(100_000)
    expect(kept).toMatchObject({ seq: 1, commandId: command.commandId, args: null })
    expect(files.cache.get('SELECT count(*) AS "n" FROM "customer"')).toEqual({ n: 400 })
    expect(
      files.cache.get(`SELECT count(*) AS "n" FROM "customerSearch" WHERE "customerSearch" MATCH 'somebody'`),
    ).toEqual({ n: 400 })
  })

  it('cannot come back: no draft, no command, no row that was looked up before', () => {
    expect(() => writer.openDraft(someUser, draft)).toThrow(
      expect.objectContaining({ refusal: { code: 'CUSTOMER_ERASED', params: {} } }),
    )
    expect(writer.enter([command], {})).toMatchObject({ ok: false, error: { code: 'CUSTOMER_ERASED' } })
    writer.applyRows([
      { entity: 'customer', id: customer.id, version: 99, scope: 'org', row: { ...customer, version: 99 } },
    ])
    expect(files.cache.get('SELECT 1 FROM "customer" WHERE "id" = ?', customer.id)).toBeUndefined()
  })
})

describe('a file from before an erasure that becomes the cache after it', () => {
  it('loses its customer at once and asks for a second cleaning', () => {
    const desk = mkdtempSync(join(tmpdir(), 'ringside-erased-'))
    const key = '55'.repeat(32)
    const files = openFiles({ folder: desk, journalKeyHex: JOURNAL_KEY, newKeyHex: [key], stamp: 'erased' })
    const writer = createWriterOn(files, desk)
    writer.scrub('e', [erased])
    writer.erasuresConfirmed([erased.erasureId])
    expect(writer.erasurePlace('e')).toBe(1)
    const old = createSnapshotFile(join(desk, 'cache-old.db'), key)
    old.insert('customer', [customer, other(7)])
    old.insert('contactPoint', [phone])
    old.finish({ epoch: 'e', seq: 5, scopes: ['org'], partial: null })
    writer.useSnapshot('cache-old.db', key)
    expect(files.cache.all('SELECT "displayName" FROM "customer"')).toEqual([{ displayName: 'Somebody 7' }])
    expect(writer.erasurePlace('e')).toBe(0)
    files.close()
    rmSync(desk, { recursive: true, force: true })
  })
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
