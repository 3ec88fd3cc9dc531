import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { journalMigrations } from '../../../db/journal/schema.ts'
import { openReadable, openWritable } from '../../../db/open.ts'
import { readMeta } from '../../../db/schema/meta.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import type { User } from '../../../protocol/entities.ts'
import { CACHE_SCHEMA } from '../../../protocol/version.ts'
import { putUser } from '../../../server/auth/users.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { updateRow } from '../../../server/db/rows.ts'
import { inTransaction } from '../../../server/db/transaction.ts'
import { eraseCustomer } from '../../../server/erasure/erase-customer.ts'
import { listErasures } from '../../../server/erasure/list-erasures.ts'
import { insertPending } from '../../../server/feed/pending.ts'
import { pruneFeed } from '../../../server/feed/prune-feed.ts'
import { readPlace } from '../../../server/feed/read-log.ts'
import { commandsOfCenter, commandsOfDesks, restOf, rowsOfCenter, rowsOfDesk } from '../../support/at-rest.ts'
import { decryptedBytes } from '../../support/decrypted-bytes.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD, passwordHash } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const CHANGED = 3000
const QUEUED = 25
/** The workstation of the first user gets a newer release meanwhile, that of the second user does not. */
const LOGINS = ['sue', 'tom']
const person = (displayName: string) => ({
  ...entityExamples.customer(),
  organisationId: null,
  ownerUserId: null,
  displayName,
  nativeName: null,
})
const kept = person('Who stays')
const erased = person('zzerased Person')
const others = Array.from({ length: CHANGED }, (_, n) => person(`Other ${n}`))
const task = (title: string, scope: string) => ({
  ...entityExamples.task(),
  customerId: null,
  title,
  ownerUserId: null,
  status: 'open' as const,
  doneAt: null,
  scope,
})

let server: TestServer
const users: Omit<User, 'version'>[] = []
let desk: TestWorkstation
const folders: string[] = []

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  for (const login of LOGINS) users.push(await addUser(pool, login, { role: 'supervisor', team: 'one' }))
  await bulkLoad(pool, 'customer', [kept, erased, ...others])
  await bulkLoad(pool, 'productCost', [entityExamples.productCost()])
  await bulkLoad(pool, 'task', [
    task('for all', 'org'),
    task('zzfinance', 'finance'),
    task('zzteamone', 'team:one'),
    task('for team two', 'team:two'),
  ])
  await finishBulkLoad(pool)
  for (const login of LOGINS) {
    desk = await startTestWorkstation(server.url)
    folders.push(desk.folder)
    await desk.act('session.signIn', { login, password: PASSWORD })
    await desk.seen(
      'tasks.open',
      {},
      (items) =>
        items
          .map(({ task: { title } }) => title)
          .toSorted()
          .join() === 'for all,zzfinance,zzteamone',
    )
    await desk.stop()
  }
})
afterAll(async () => {
  await desk?.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  await server?.remove()
})

const prefer = (customerId: typeof kept.id, key: string, value: string) =>
  desk.run('preference.set', { preferenceId: crypto.randomUUID(), customerId, key, value, source: 'said' })
async function type(customerId: typeof kept.id, note: string): Promise<string> {
  const opened = await desk.act('draft.open', { customerId })
  if (!opened.ok) throw new Error(opened.error.code)
  expect((await desk.act('draft.save', { key: opened.value.key, content: { ...emptyDraft, note } })).ok).toBe(true)
  return opened.value.key
}

/** What a user does at a workstation without the server. */
async function workAlone(login: string): Promise<string> {
  for (let n = 0; n < QUEUED; n += 1) expect((await prefer(kept.id, `${login} ${n}`, 'v')).ok).toBe(true)
  expect((await prefer(erased.id, 'late', 'zzerased value')).ok).toBe(true)
  await type(erased.id, 'zzerased half a sentence')
  return type(kept.id, 'half a sentence that stays')
}

/** What happens at the server in a week. */
async function aWeekAtTheCenter(): Promise<void> {
  const { pool } = server.database
  for (let from = 0; from < CHANGED; from += 500) {
    await inTransaction(pool, async (client) => {
      const rows = others.slice(from, from + 500).map((row) => ({ ...row, remark: 'changed meanwhile', version: 2 }))
      for (const row of rows) await updateRow(client, 'customer', row)
      await insertPending(
        client,
        rows.map((row) => ({
          entity: 'customer' as const,
          id: row.id,
          version: row.version,
          scope: row.scope,
          leftScope: null,
          row,
        })),
      )
    })
  }
  for (const user of users) await putUser(pool, { ...user, role: 'agent', team: 'two' }, passwordHash)
  expect(
    (await eraseCustomer(pool, { customerId: erased.id, reason: 'asked by letter', by: null, now: Date.now() })).ok,
  ).toBe(true)
  const numbered = async () =>
    (await pool.query<{ n: number }>('select count(*)::int as n from feed_pending')).rows[0]?.n === 0
  for (let tries = 0; !(await numbered()) && tries < 200; tries += 1)
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  // All of that is older than the feed is kept.
  while ((await inTransaction(pool, (client) => pruneFeed(client, { ms: 0, lines: 5 }, Date.now() + 1, 10_000))) > 0) {
    /* The next step. */
  }
  const { floor, head } = await readPlace(pool)
  expect([floor, head - floor]).toEqual([expect.any(Number), 5])
}

/**
 * Makes the files look as an older release left them: a cache with another layout, and a journal from before drafts had
 * owners and customers could be erased.
 */
function makeOlder(folder: string): void {
  const keyHex = readFileSync(join(folder, 'files.key'), 'utf8').trim()
  const journal = openWritable({
    path: join(folder, 'journal.db'),
    keyHex,
    purpose: 'journal',
    schema: journalMigrations.length,
  })
  const cache = openWritable({
    path: join(folder, readMeta(journal, 'cacheFile') ?? ''),
    keyHex: readMeta(journal, 'cacheKey') ?? '',
    purpose: 'cache',
    schema: CACHE_SCHEMA,
  })
  cache.run(`PRAGMA user_version = ${CACHE_SCHEMA - 1}`)
  cache.close()
  const drafts = journal.all<Record<string, unknown>>(
    'SELECT "key", "interactionId", "callId", "customerId", "openedAt", "savedAt", "content" FROM "draft"',
  )
  for (const table of ['draft', 'deskCall', 'erasure']) journal.run(`DROP TABLE "${table}"`)
  for (const column of ['currency', 'seal']) journal.run(`ALTER TABLE "command" DROP COLUMN "${column}"`)
  for (const sql of journalMigrations[0]!.filter((each) => each.includes('"draft"') || each.includes('"deskCall"')))
    journal.run(sql)
  for (const draft of drafts)
    journal.run('INSERT INTO "draft" VALUES (?, ?, ?, ?, ?, ?, ?)', ...(Object.values(draft) as string[]))
  journal.run('PRAGMA user_version = 1')
  journal.close()
}

/** Which of these texts can still be read in a file of a stopped workstation. */
function readable(folder: string, texts: readonly string[]): string[] {
  const keyHex = readFileSync(join(folder, 'files.key'), 'utf8').trim()
  const journal = openReadable({
    path: join(folder, 'journal.db'),
    keyHex,
    purpose: 'journal',
    schema: journalMigrations.length,
  })
  const [cacheFile, cacheKey] = [readMeta(journal, 'cacheFile'), readMeta(journal, 'cacheKey') ?? '']
  journal.close()
  expect(
    readdirSync(folder)
      .filter((name) => name.endsWith('.db'))
      .toSorted(),
  ).toEqual([cacheFile ?? '', 'journal.db'].toSorted())
  return ['journal.db', cacheFile ?? ''].flatMap((name) => {
    const bytes = decryptedBytes(join(folder, name), name === 'journal.db' ? keyHex : cacheKey)
    return texts.filter((text) => bytes.includes(text)).map((text) => `${name}: ${text}`)
  })
}

const SECRETS = ['zzerased', 'zzfinance', 'zzteamone']

/** A workstation reconnects: everything that was done there arrives, and it gets the rows that its user may have. */
async function comeBack(folder: string, login: string, key: string): Promise<void> {
  desk = await startTestWorkstation(server.url, { folder })
  await restOf(desk)
  await desk.seen(
    'tasks.open',
    {},
    (items) =>
      items
        .map(({ task: { title } }) => title)
        .toSorted()
        .join() === 'for all,for team two',
  )
  const mine = ({ key: of }: { key: string }) => of.startsWith(login)
  await desk.seen(
    'customer.record',
    { customerId: kept.id },
    (record) => record?.preferences.filter(mine).length === QUEUED && record.unconfirmed.length === 0,
  )
  await desk.seen('sync.state', {}, (state) => state.needsAttention === 0 && state.unsent === 0)
  expect(await desk.seen('customer.record', { customerId: erased.id }, () => true)).toBeNull()
  expect((await desk.seen('drafts.open', {}, () => true)).map(({ draft }) => [draft.key, draft.content.note])).toEqual([
    [key, 'half a sentence that stays'],
  ])
}

const receipts = async () =>
  (await listErasures(server.database.pool))[0]?.devices.filter(({ confirmedAt }) => confirmedAt !== null).length

it(
  'a week offline over an upgrade, a revoked and a gained scope, an erasure and a pruned feed: what was done arrives once, and only rows that the user may have are here',
  { timeout: 120_000 },
  async () => {
    const { pool } = server.database
    const drafts: string[] = []
    for (const [of, folder] of folders.entries()) {
      desk = await startTestWorkstation('http://127.0.0.1:9', { folder })
      drafts.push(await workAlone(LOGINS[of]!))
      await desk.stop()
      expect(readable(folder, SECRETS).length).toBeGreaterThan(3)
    }
    await aWeekAtTheCenter()

    // The newer release starts without the server first: the cache is gone, but no work of its user is.
    makeOlder(folders[0]!)
    desk = await startTestWorkstation('http://127.0.0.1:9', { folder: folders[0]! })
    await desk.seen('sync.state', {}, (state) => state.unsent === QUEUED + 1)
    expect((await desk.seen('draft', { key: drafts[0]! }, () => true))?.content.note).toBe('half a sentence that stays')
    expect((await prefer(kept.id, 'without a cache', 'v')).ok).toBe(true)
    await desk.stop()

    for (const [of, folder] of folders.entries()) {
      await comeBack(folder, LOGINS[of]!, drafts[of]!)
      for (let tries = 0; (await receipts()) !== of + 1; tries += 1) {
        if (tries === 200) throw new Error('the erasure was not confirmed')
        await new Promise((resolve) => {
          setTimeout(resolve, 50)
        })
      }
      await desk.stop()
    }

    const { rows: outcomes } = await pool.query(
      `select kind, outcome #>> '{error,code}' as code, args::text = 'null' as scrubbed, count(*)::int as n from command_result group by 1, 2, 3 order by 1`,
    )
    expect(outcomes).toEqual([
      { kind: 'applied', code: null, scrubbed: false, n: 2 * QUEUED + 1 },
      { kind: 'parked', code: 'CUSTOMER_ERASED', scrubbed: true, n: 2 },
    ])
    const {
      rows: [done],
    } = await pool.query<{ n: number }>('select count(*)::int as n from preference where version = 1')
    expect(done?.n).toBe(2 * QUEUED + 1)
    expect(await commandsOfCenter(pool)).toBe(commandsOfDesks(folders))
    for (const [of, folder] of folders.entries()) {
      // The second workstation has everything; the first one stopped before the second reconnected.
      if (of === 0) {
        desk = await startTestWorkstation(server.url, { folder })
        await restOf(desk)
        await desk.seen(
          'customer.record',
          { customerId: kept.id },
          (record) => record?.preferences.length === 2 * QUEUED + 1,
        )
        await desk.stop()
      }
      expect(rowsOfDesk(folder)).toEqual({
        rows: await rowsOfCenter(pool, ['org', 'team:two', `user:${users[of]!.id}`]),
        open: 0,
      })
      expect(readable(folder, SECRETS)).toEqual([])
    }
  },
)
