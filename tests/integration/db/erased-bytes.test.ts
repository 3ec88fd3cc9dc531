import { join } from 'node:path'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFiles, type OpenedFiles } from '../../../db/files/open-files.ts'
import { createSnapshotFile } from '../../../db/snapshot-writer.ts'
import { createWriterOn, type WriterCalls } from '../../../db/worker/writer.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import type { Customer } from '../../../protocol/entities.ts'
import type { Change, Erased } from '../../../protocol/wire.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { plainBytes } from '../../support/plain-bytes.ts'
import { JOURNAL_KEY, newCommand, someUser } from '../../support/writer-on-files.ts'

const CANARY = 'zzcanary'
const KEY = '55'.repeat(32)
const folder = mkdtempSync(join(tmpdir(), 'ringside-erased-'))
const other = (n: number): Customer => ({ ...entityExamples.customer(), number: `K-${n}`, displayName: `Somebody ${n}`, nativeName: null, organisationId: null })
const customer: Customer = { ...other(0), displayName: `${CANARY} name`, remark: `${CANARY} remark`, city: `${CANARY} city` }
const phone = { ...entityExamples.contactPoint(), customerId: customer.id, raw: `${CANARY} 1390000`, e164: '+8613977770123', nationalKey: 'CN:13977770123' }
const notes = Array.from({ length: 60 }, (_, n) => ({ ...entityExamples.interaction(), customerId: customer.id, startedAt: n + 1, note: `${CANARY} note ${n} `.repeat(n % 20 === 0 ? 700 : 9) }))
const numberBytes = '13977770123'
const command = newCommand('preference.set', { preferenceId: crypto.randomUUID(), customerId: customer.id, key: 'seat', value: `${CANARY} seat`, source: 'said' })
const erased: Erased = { number: 1, erasureId: crypto.randomUUID(), customerId: customer.id, erasedAt: 1, seq: 9, rowIds: notes.map(({ id }) => id) }

let files: OpenedFiles
let writer: WriterCalls

beforeAll(async () => {
  files = openFiles({ folder, journalKeyHex: JOURNAL_KEY, newKeyHex: [KEY], stamp: 'erased' })
  writer = createWriterOn(files, folder)
  const snapshot = createSnapshotFile(join(folder, 'cache-first.db'), KEY)
  snapshot.insert('customer', [...Array.from({ length: 400 }, (_, n) => other(n + 1)), customer])
  snapshot.insert('contactPoint', [phone])
  snapshot.insert('interaction', notes)
  snapshot.finish({ epoch: 'e', seq: 1, scopes: ['org'], partial: null })
  writer.useSnapshot('cache-first.db', KEY)
  writer.remember({ serverEpoch: 'e' })
  // Written over and taken away again and again, as rows are in a year.
  const changes = notes.slice(0, 30).map(({ id, ...row }, n): Change => ({ seq: n + 2, entity: 'interaction', id, version: 2, scope: 'org', row: { ...row, id, version: 2, note: `${CANARY} again ${n} `.repeat(400) } }))
  await writer.applyPage({ epoch: 'e', after: 1, upTo: 40, changes })
  writer.enter([command], {})
  writer.openDraft(someUser, { key: `customer:${customer.id}`, interactionId: crypto.randomUUID(), callId: null, customerId: customer.id, openedAt: 1, savedAt: null, content: emptyDraft })
  for (let letters = 1; letters < 40; letters += 1) writer.saveDraft(someUser, `customer:${customer.id}`, { ...emptyDraft, note: `${CANARY} typed `.repeat(letters) }, letters)
})
afterAll(() => {
  files.close()
  rmSync(folder, { recursive: true, force: true })
})

const bytesOf = (text: string) => [plainBytes(files.cachePath, files.cacheKeyHex), plainBytes(join(folder, 'journal.db'), JOURNAL_KEY)].map((bytes) => bytes.includes(text))

describe('the bytes of a customer who was erased', () => {
  it('are in both files before, and are found by looking at the pages', () => {
    expect(bytesOf(CANARY)).toEqual([true, true])
    expect(bytesOf(numberBytes)[0]).toBe(true)
  })

  it('are in the search index even when the log has taken every row', async () => {
    const rows = [{ entity: 'customer' as const, id: customer.id as string }, { entity: 'contactPoint' as const, id: phone.id }, ...notes.map(({ id }) => ({ entity: 'interaction' as const, id }))]
    await writer.applyPage({ epoch: 'e', after: 40, upTo: 200, changes: rows.map((row, n): Change => ({ seq: 41 + n, ...row, version: 9, scope: 'org', row: null })) })
    // Part of the word only: the index keeps each with what it shares with the one before left out.
    expect(bytesOf(CANARY.slice(2))[0]).toBe(true)
  })

  it('are in neither file and neither log once it is cleaned', async () => {
    writer.scrub('e', [erased])
    await writer.cleanFiles()
    for (const text of [CANARY, CANARY.slice(2), numberBytes, '7770 7701']) expect(bytesOf(text)).toEqual([false, false])
    for (const path of [files.cachePath, join(folder, 'journal.db')]) expect(statSync(`${path}-wal`).size).toBe(0)
  })

  it('leave a command with its number and hash, and everybody else where they were', () => {
    const [kept] = writer.toSend(100_000)
    expect(kept).toMatchObject({ seq: 1, commandId: command.commandId, args: null })
    expect(files.cache.get('SELECT count(*) AS "n" FROM "customer"')).toEqual({ n: 400 })
    expect(files.cache.get(`SELECT count(*) AS "n" FROM "customerSearch" WHERE "customerSearch" MATCH 'somebody'`)).toEqual({ n: 400 })
  })

  it('are not let in again: no draft, no command, no row that was looked up before', () => {
    const draft = { key: `customer:${customer.id}`, interactionId: crypto.randomUUID(), callId: null, customerId: customer.id, openedAt: 1, savedAt: null, content: emptyDraft }
    expect(() => writer.openDraft(someUser, draft)).toThrow(expect.objectContaining({ refusal: { code: 'CUSTOMER_ERASED', params: {} } }))
    expect(writer.enter([command], {})).toMatchObject({ ok: false, error: { code: 'CUSTOMER_ERASED' } })
    writer.applyRows([{ entity: 'customer', id: customer.id, version: 99, scope: 'org', row: { ...customer, version: 99 } }])
    expect(files.cache.get('SELECT 1 FROM "customer" WHERE "id" = ?', customer.id)).toBeUndefined()
  })

  it('ask for a second cleaning where a file from before the erasure becomes the cache', () => {
    writer.erasuresConfirmed([erased.erasureId])
    expect(writer.erasurePlace('e')).toBe(1)
    const old = createSnapshotFile(join(folder, 'cache-old.db'), KEY)
    old.insert('customer', [customer, other(7)])
    old.insert('contactPoint', [phone])
    old.finish({ epoch: 'e', seq: 5, scopes: ['org'], partial: null })
    writer.useSnapshot('cache-old.db', KEY)
    expect(files.cache.all('SELECT "displayName" FROM "customer"')).toEqual([{ displayName: 'Somebody 7' }])
    expect(writer.erasurePlace('e')).toBe(0)
  })
})
