import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyDraft } from '../../../protocol/draft.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { listErasures } from '../../../server/erasure/list-erasures.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { decryptedBytes } from '../../support/decrypted-bytes.ts'
import { tableDump } from '../../support/table-dump.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'
import { openReadable } from '../../../db/open.ts'
import { journalMigrations } from '../../../db/journal/schema.ts'

const CANARY = 'zzcanary'
const person = (name: string) => ({
  ...entityExamples.customer(),
  organisationId: null,
  ownerUserId: null,
  displayName: name,
  nativeName: null,
  remark: null,
})
const wanted = { ...person(`${CANARY} Person`), remark: `${CANARY} remark` }
const neighbour = { ...person('Neighbour'), number: 'K-2' }
const phone = {
  ...entityExamples.contactPoint(),
  customerId: wanted.id,
  e164: '+8613977770123',
  nationalKey: 'CN:13977770123',
  raw: '139 7777 0123',
}
const note = { ...entityExamples.interaction(), customerId: wanted.id, note: `${CANARY} an old note` }

let server: TestServer
let boss: TestWorkstation
let away: TestWorkstation

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  await addUser(pool, 'sue', { role: 'supervisor' })
  await addUser(pool, 'ben')
  await bulkLoad(pool, 'customer', [wanted, neighbour])
  await bulkLoad(pool, 'contactPoint', [phone])
  await bulkLoad(pool, 'interaction', [note])
  await finishBulkLoad(pool)
  boss = await startTestWorkstation(server.url)
  away = await startTestWorkstation(server.url)
  await boss.act('session.signIn', { login: 'sue', password: PASSWORD })
  await away.act('session.signIn', { login: 'ben', password: PASSWORD })
  for (const desk of [boss, away])
    await desk.seen('customer.record', { customerId: wanted.id }, (found) => found !== null)
})
afterAll(async () => {
  await boss?.remove()
  await away?.remove()
  await server?.remove()
})

/**
 * Types, saves and sends notes about the customer at this workstation: in the journal, in a draft and in an open call.
 */
async function workOnThem(desk: TestWorkstation, where: string): Promise<void> {
  expect(
    (
      await desk.run('preference.set', {
        preferenceId: crypto.randomUUID(),
        customerId: wanted.id,
        key: where,
        value: `${CANARY} value`,
        source: 'said',
      })
    ).ok,
  ).toBe(true)
  const draft = await desk.act('draft.open', { customerId: wanted.id })
  if (!draft.ok) throw new Error(draft.error.code)
  expect(
    (
      await desk.act('draft.save', {
        key: draft.value.key,
        content: { ...emptyDraft, note: `${CANARY} half a sentence` },
      })
    ).ok,
  ).toBe(true)
  await desk.core.takeLink({ ok: true, value: { kind: 'call', number: '139 7777 0123' } })
  const pop = await desk.event('pop', (shown) => shown.desk.customerId === wanted.id)
  await desk.act('draft.save', { key: pop.desk.draft.key, content: { ...emptyDraft, note: `${CANARY} during a call` } })
}

/**
 * Where the canary still is in the files of a stopped workstation: in any table or index of either file, or in its log.
 */
function traces({ folder, logged }: TestWorkstation): string[] {
  const keyHex = readFileSync(join(folder, 'files.key'), 'utf8').trim()
  const journal = openReadable({
    path: join(folder, 'journal.db'),
    keyHex,
    purpose: 'journal',
    schema: journalMigrations.length,
  })
  const meta = new Map(
    journal.all<{ key: string; value: string }>('SELECT * FROM "meta"').map(({ key, value }) => [key, value]),
  )
  journal.close()
  const files = readdirSync(folder).filter((name) => name.endsWith('.db'))
  expect(new Set(files)).toEqual(new Set([meta.get('cacheFile'), 'journal.db']))
  const found = files.flatMap((name) => {
    const bytes = decryptedBytes(join(folder, name), name === 'journal.db' ? keyHex : meta.get('cacheKey')!)
    return [CANARY, CANARY.slice(2), '13977770123', '139 7777', 'a sentence']
      .filter((text) => bytes.includes(text))
      .map((text) => `${name}: ${text}`)
  })
  return [...found, ...logged.filter((line) => line.includes(CANARY) || line.includes('7777'))]
}

const confirmed = async () =>
  (await listErasures(server.database.pool))[0]?.devices.filter(({ confirmedAt }) => confirmedAt !== null).length ?? 0
async function untilConfirmed(count: number): Promise<void> {
  for (let attempt = 0; (await confirmed()) < count; attempt += 1) {
    if (attempt > 400)
      throw new Error(
        `${await confirmed()} of ${count} receipts came\n${[...boss.logged, ...away.logged].slice(-10).join('\n')}`,
      )
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
}

describe('a customer who is erased while one workstation is away', () => {
  it('is not erased by an agent, nor without the server', async () => {
    expect(await away.act('customer.erase', { customerId: wanted.id, reason: 'r' })).toMatchObject({
      ok: false,
      error: { code: 'NOT_ALLOWED' },
    })
    const alone = await startTestWorkstation('http://127.0.0.1:9')
    expect(await alone.act('customer.erase', { customerId: wanted.id, reason: 'r' })).toMatchObject({
      ok: false,
      error: { code: 'ERASURE_NEEDS_CENTER' },
    })
    await alone.remove()
  })

  it('is removed at once from the connected workstation: record, draft, journal and the call, which continues with an unknown caller', async () => {
    await workOnThem(boss, 'seat')
    await workOnThem(away, 'room')
    for (const desk of [boss, away]) await desk.seen('sync.state', {}, (state) => state.unsent === 0)
    // The other workstation is offline, and its user keeps writing there.
    const { folder } = away
    await away.stop()
    away = await startTestWorkstation('http://127.0.0.1:9', { folder })
    expect(
      (
        await away.run('preference.set', {
          preferenceId: crypto.randomUUID(),
          customerId: wanted.id,
          key: 'late',
          value: `${CANARY} written while away`,
          source: 'said',
        })
      ).ok,
    ).toBe(true)
    expect(
      (
        await away.run('preference.set', {
          preferenceId: crypto.randomUUID(),
          customerId: neighbour.id,
          key: 'late',
          value: 'for a neighbour',
          source: 'said',
        })
      ).ok,
    ).toBe(true)

    expect(await boss.act('customer.erase', { customerId: wanted.id, reason: 'asked by letter' })).toEqual({
      ok: true,
      value: null,
    })
    await boss.event('erased', ({ customerId }) => customerId === wanted.id)
    await untilConfirmed(1)
    expect(await boss.seen('customer.record', { customerId: wanted.id }, () => true)).toBeNull()
    expect(await boss.seen('customer.search', { text: CANARY, limit: 10 }, () => true)).toEqual([])
    expect(await boss.seen('drafts.open', {}, () => true)).toEqual([])
    const [call] = await boss.seen('desk.calls', {}, (calls) => calls.length === 1)
    expect(call).toMatchObject({
      customerId: null,
      draft: { customerId: null, content: { note: '' } },
      match: { kind: 'none' },
    })
    expect(await boss.act('draft.open', { customerId: wanted.id })).toMatchObject({
      ok: false,
      error: { code: 'CUSTOMER_ERASED' },
    })
  })

  it('is removed from the other one when it reconnects, and what was written there meanwhile is parked without its text', async () => {
    const { folder } = away
    await away.stop()
    away = await startTestWorkstation(server.url, { folder })
    await untilConfirmed(2)
    await away.seen('sync.state', {}, (state) => state.unsent === 0 && state.needsAttention === 0 && state.behind === 0)
    expect(await away.seen('sync.unsent', {}, () => true)).toEqual([])
    const { rows } = await server.database.pool.query(
      `select kind, outcome #>> '{error,code}' as code, args from command_result where args::text = 'null' order by received_at`,
    )
    expect(rows.at(-1)).toMatchObject({ kind: 'parked', code: 'CUSTOMER_ERASED', args: null })
    // Work about other customers goes through.
    await boss.seen(
      'customer.record',
      { customerId: neighbour.id },
      (found) => found?.preferences.some(({ value }) => value === 'for a neighbour') ?? false,
    )
  })

  it('is in no table of the server, in no table or index of either workstation and in no log, and both receipts are there', async () => {
    const [erasure] = await listErasures(server.database.pool)
    expect(erasure?.devices.map(({ confirmedAt, setAside }) => [confirmedAt !== null, setAside])).toEqual([
      [true, 0],
      [true, 0],
    ])
    expect(
      (await tableDump(server.database.pool)).filter(({ text }) => text.includes(CANARY)).map(({ table }) => table),
    ).toEqual([])
    expect(server.logged.filter((line) => line.includes(CANARY))).toEqual([])
    // A call that is still open has its number until it is wrapped up.
    for (const desk of [boss, away]) {
      const [call] = await desk.seen('desk.calls', {}, (calls) => calls.length === 1)
      expect((await desk.act('desk.wrapUp', { key: call!.draft.key })).ok).toBe(true)
      await desk.seen('sync.state', {}, (state) => state.unsent === 0)
      await desk.stop()
    }
    expect([...traces(boss), ...traces(away)]).toEqual([])
  })
})
