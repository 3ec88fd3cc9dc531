import { spawnSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { effectOf } from '../../../db/apply/optimistic.ts'
import { openFiles } from '../../../db/files/open-files.ts'
import { pendingOf, unsettledCommands } from '../../../db/journal/commands.ts'
import { draftsWithoutCall } from '../../../db/journal/drafts.ts'
import { journalMigrations } from '../../../db/journal/schema.ts'
import type { ReadableDb } from '../../../db/handles.ts'
import { openJournal } from '../../../db/journal/open-journal.ts'
import { openOrSalvageJournal } from '../../../db/journal/salvage.ts'
import { DamagedFileError, openWritable } from '../../../db/open.ts'
import { readMeta } from '../../../db/schema/meta.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import { CallId, UserId, type CustomerId } from '../../../protocol/scalars.ts'
import { CACHE_SCHEMA } from '../../../protocol/version.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { JOURNAL_KEY, newCommand, openWriter, sealing, someUser } from '../../support/writer-on-files.ts'

const other = UserId.parse('0198a000-0000-7000-8000-000000000002')
const OTHER_KEY = '22'.repeat(32)
const customer = { ...entityExamples.customer(), organisationId: null }
const theirs = (seq: number, row: { id: string; version: number }) => ({
  epoch: null,
  after: seq - 1,
  upTo: seq,
  changes: [{ seq, entity: 'customer' as const, id: row.id, version: row.version, scope: 'org', row: row as never }],
})
const setPreference = (value: string) =>
  newCommand('preference.set', {
    preferenceId: crypto.randomUUID(),
    customerId: customer.id,
    key: 'room',
    value,
    source: 'said',
  })
const draftOf = (key: string) => ({
  key,
  interactionId: crypto.randomUUID(),
  callId: null,
  customerId: customer.id,
  openedAt: 1,
  savedAt: null,
  content: emptyDraft,
})

function scribble(path: string, from: number, upTo = statSync(path).size): void {
  const file = openSync(path, 'r+')
  const bytes = Buffer.alloc(upTo - from, 0x5a)
  writeSync(file, bytes, 0, bytes.length, from)
  closeSync(file)
}

describe('the opener', () => {
  it('makes the journal sync every commit to the disk, although that is not the library’s default', () => {
    const db = openJournal(join(tempFolder(), 'journal.db'), JOURNAL_KEY)
    expect(db.get('PRAGMA synchronous')).toEqual({ synchronous: 2 })
    expect(db.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' })
    db.close()
  })

  it('leaves a file of a newer version untouched and says so', () => {
    const folder = tempFolder()
    const path = join(folder, 'journal.db')
    const db = openJournal(path, JOURNAL_KEY)
    db.run('PRAGMA user_version = 99')
    db.close()
    const before = readFileSync(path)
    expect(() => openJournal(path, JOURNAL_KEY)).toThrow(
      expect.objectContaining({ refusal: { code: 'FILE_NEWER', params: { file: 'journal.db' } } }),
    )
    expect(() => openOrSalvageJournal(path, JOURNAL_KEY, join(folder, 'damaged.db'))).toThrow(
      expect.objectContaining({ refusal: { code: 'FILE_NEWER', params: { file: 'journal.db' } } }),
    )
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('stores nothing readable in its files', () => {
    const folder = tempFolder()
    const writer = openWriter(folder)
    writer.openDraft(someUser, { ...draftOf('a'), content: { ...emptyDraft, note: 'CANARY-NOTE' } })
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes('CANARY-NOTE')).toBe(false)
    writer.close()
  })

  it('calls a file damaged that has another key or was never encrypted', () => {
    const folder = tempFolder()
    const path = join(folder, 'x.db')
    openJournal(path, JOURNAL_KEY).close()
    expect(() => openWritable({ path, keyHex: OTHER_KEY, purpose: 'journal', schema: 1 })).toThrow(DamagedFileError)
    writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)]))
    expect(() => openWritable({ path, keyHex: JOURNAL_KEY, purpose: 'journal', schema: 1 })).toThrow(DamagedFileError)
  })
})

describe('damage', () => {
  it('of the cache loses nothing that was done here: the cache begins empty and shows unsent work', async () => {
    const folder = tempFolder()
    let writer = openWriter(folder)
    await writer.applyPage(theirs(1, customer))
    writer.enter([setPreference('quiet')], {})
    const { path } = writer.cacheFile()
    writer.close()
    scribble(path, 0)
    writer = openWriter(folder)
    expect(writer.opened().cacheRebuilt).toBe(true)
    expect(writer.place()).toEqual({ epoch: null, cursor: 0, scopes: [], partial: null })
    expect(writer.counts(null).unsent).toBe(1)
    expect(existsSync(path)).toBe(false)
    writer.close()
  })

  it('is not the same as another layout, but such a cache also begins empty and shows unsent work', async () => {
    const folder = tempFolder()
    let writer = openWriter(folder)
    await writer.applyPage(theirs(1, customer))
    writer.enter([setPreference('quiet')], {})
    const { path, keyHex } = writer.cacheFile()
    writer.close()
    const old = openWritable({ path, keyHex, purpose: 'cache', schema: CACHE_SCHEMA })
    old.run(`PRAGMA user_version = ${CACHE_SCHEMA - 1}`)
    old.close()
    writer = openWriter(folder)
    expect(writer.opened()).toMatchObject({ cacheRebuilt: true, place: { epoch: null, cursor: 0 } })
    expect(writer.counts(someUser).unsent).toBe(1)
    writer.close()
  })

  it('of the journal: it is set aside, and everything readable is saved', () => {
    const folder = tempFolder()
    const writer = openWriter(folder)
    writer.openDraft(someUser, draftOf('first'))
    for (let n = 0; n < 400; n += 1)
      writer.openDraft(someUser, { ...draftOf(`draft-${n}`), content: { ...emptyDraft, note: `${n} `.repeat(200) } })
    writer.close()
    const path = join(folder, 'journal.db')
    scribble(path, Math.floor((statSync(path).size * 0.7) / 4096) * 4096)
    const opened = openOrSalvageJournal(path, JOURNAL_KEY, join(folder, 'journal-damaged.db'))
    expect(opened.salvaged?.file).toBe('journal-damaged.db')
    expect(opened.salvaged!.saved).toBeGreaterThan(50)
    expect(existsSync(join(folder, 'journal-damaged.db'))).toBe(true)
    opened.db.close()
  })

  it('of the journal that destroyed the count of its commands gives no number twice', () => {
    const folder = tempFolder()
    let writer = openWriter(folder)
    writer.enter([setPreference('quiet'), setPreference('high up')], {})
    writer.close()
    // The second page holds `meta` and nothing else.
    scribble(join(folder, 'journal.db'), 4096, 8192)
    writer = openWriter(folder)
    expect(writer.opened().salvaged?.saved).toBe(2)
    expect(writer.enter([setPreference('by the window')], {})).toMatchObject({ ok: true, seqs: [3] })
    expect(writer.counts(null).unsent).toBe(3)
    writer.close()
  })

  it(
    'of the journal loses nothing if the program that saves it is killed at any step, and the next start reports it',
    { timeout: 300_000 },
    () => {
      const folder = tempFolder()
      const writer = openWriter(folder)
      for (let n = 0; n < 200; n += 1)
        writer.openDraft(someUser, { ...draftOf(`draft-${n}`), content: { ...emptyDraft, note: `${n} `.repeat(200) } })
      writer.enter(
        Array.from({ length: 20 }, (_, n) => setPreference(`floor ${n}`)),
        {},
      )
      writer.close()
      const kept = join(folder, 'kept.db')
      copyFileSync(join(folder, 'journal.db'), kept)
      scribble(kept, Math.floor((statSync(kept).size * 0.7) / 4096) * 4096)
      const entries = (db: ReadableDb) => ({
        drafts: db.all<{ key: string }>('SELECT "key" FROM "draft" ORDER BY "key"').map(({ key }) => key),
        commands: db.all<{ seq: number }>('SELECT "seq" FROM "command" ORDER BY "seq"').map(({ seq }) => seq),
        lastSeq: readMeta(db, 'lastSeq'),
        salvaged: readMeta(db, 'salvaged'),
      })
      /** A copy of the damaged journal, salvaged by a program that is killed before this step. */
      const cutAt = (step: number) => {
        const there = join(folder, `cut-${step}`)
        mkdirSync(there)
        const path = join(there, 'journal.db')
        copyFileSync(kept, path)
        const run = spawnSync(
          process.execPath,
          ['tests/support/dying-salvage.ts', path, JOURNAL_KEY, join(there, 'journal-damaged-first.db'), String(step)],
          { encoding: 'utf8' },
        )
        return { path, there, run }
      }
      const whole = cutAt(0)
      expect(whole.run.stderr).toBe('')
      const { steps, salvaged } = JSON.parse(whole.run.stdout) as {
        steps: number
        salvaged: { file: string; saved: number }
      }
      expect(salvaged).toMatchObject({ file: 'journal-damaged-first.db' })
      const wanted = openOrSalvageJournal(whole.path, JOURNAL_KEY, 'unused')
      const all = entries(wanted.db)
      wanted.db.close()
      expect([all.drafts.length > 50, all.salvaged, wanted.salvaged]).toEqual([true, null, null])
      for (let step = 1; step <= steps; step += 1) {
        const { path, there, run } = cutAt(step)
        expect(run.signal, `step ${step}`).toBe('SIGKILL')
        const next = openOrSalvageJournal(path, JOURNAL_KEY, join(there, 'journal-damaged-second.db'))
        expect({ step, ...entries(next.db), saved: next.salvaged?.saved }).toEqual({
          step,
          ...all,
          saved: salvaged.saved,
        })
        next.db.close()
        expect(
          readdirSync(there).filter((name) => name.endsWith('.db')),
          `step ${step}`,
        ).toEqual([next.salvaged!.file, 'journal.db'])
        expect(statSync(join(there, next.salvaged!.file)).size).toBe(statSync(kept).size)
      }
    },
  )

  it('of a journal that is nothing but noise: it is set aside too, never deleted', () => {
    const folder = tempFolder()
    const path = join(folder, 'journal.db')
    writeFileSync(path, Buffer.alloc(40_000, 7))
    const opened = openOrSalvageJournal(path, JOURNAL_KEY, join(folder, 'journal-damaged.db'))
    expect(opened.salvaged).toEqual({ file: 'journal-damaged.db', saved: 0 })
    expect(statSync(join(folder, 'journal-damaged.db')).size).toBe(40_000)
    opened.db.close()
  })
})

describe('a journal from before drafts had owners', () => {
  it('gives every draft and call to its author, and what has no known author to the next user here', () => {
    const folder = tempFolder()
    const old = openWritable({ path: join(folder, 'journal.db'), keyHex: JOURNAL_KEY, purpose: 'journal', schema: 1 })
    for (const sql of journalMigrations[0]!) old.run(sql)
    old.run('PRAGMA user_version = 1')
    const draft = (key: string, callId: string | null) =>
      old.run(
        'INSERT INTO "draft" VALUES (?, ?, ?, NULL, 1, 2, ?)',
        key,
        crypto.randomUUID(),
        callId,
        JSON.stringify({ ...emptyDraft, note: `note of ${key}` }),
      )
    draft('call-1', 'call-1')
    draft('call-2', 'call-2')
    old.run(
      'INSERT INTO "deskCall" VALUES (?, 1, ?)',
      'call-1',
      JSON.stringify({ call: { callId: 'call-1', userId: someUser } }),
    )
    old.close()
    const writer = openWriter(folder)
    expect(writer.draft(other, 'call-1')).toBeNull()
    expect(writer.deskCalls(other)).toEqual([])
    expect(writer.deskCalls(someUser).map(({ draft: { content } }) => content.note)).toEqual(['note of call-1'])
    expect(writer.draft(other, 'call-2')?.content.note).toBe('note of call-2')
    writer.close()
  })
})

describe('a journal from before commands named a currency', () => {
  it.each([
    [
      'the currency of the remembered site',
      JSON.stringify({ name: 'Faro', timeZone: 'Europe/Lisbon', currency: 'EUR', country: 'PT' }),
      'EUR',
    ],
    ['no currency if the remembered site is not readable', '{"name":', 'XXX'],
  ])('shows unsent work in %s', (_, site, currency) => {
    const folder = tempFolder()
    const old = openWritable({ path: join(folder, 'journal.db'), keyHex: JOURNAL_KEY, purpose: 'journal', schema: 3 })
    for (const sql of journalMigrations.slice(0, 3).flat()) old.run(sql)
    old.run('PRAGMA user_version = 3')
    old.run('INSERT INTO "meta" VALUES (?, ?)', 'site', site)
    const customerId = crypto.randomUUID() as CustomerId
    const { commandId, name, version, userId, userName, role, timeZone, at, args } = newCommand('customer.capture', {
      customerId,
      contactPointId: crypto.randomUUID(),
      kind: 'person',
      displayName: 'Ana',
      nativeName: null,
      organisationId: null,
      newOrganisation: null,
      city: null,
      language: 'pt',
      phone: null,
    })
    old.run(
      `INSERT INTO "command" ("seq", "commandId", "name", "version", "args", "userId", "userName", "role", "timeZone", "at", "hash", "state") VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 'waiting')`,
      commandId,
      name,
      version,
      JSON.stringify(args),
      userId,
      userName,
      role,
      timeZone,
      at,
    )
    old.close()
    const files = openFiles({ folder, journalKeyHex: JOURNAL_KEY, newKeyHex: [OTHER_KEY], stamp: 'now' })
    expect(effectOf(files.cache, pendingOf(unsettledCommands(files.journal))[0]!)).toMatchObject({
      changes: [{ row: { id: customerId, currency } }],
    })
    files.close()
  })
})

describe('a crash', () => {
  it('between journal and cache is repaired at the next start', async () => {
    const folder = tempFolder()
    let writer = openWriter(folder)
    await writer.applyPage(theirs(1, customer))
    const { path } = writer.cacheFile()
    const before = join(folder, 'before.db')
    writer.close()
    copyFileSync(path, before)
    writer = openWriter(folder)
    const command = setPreference('quiet')
    writer.enter([command], {})
    writer.close()
    // The cache as it was before the command, the journal as it was after.
    copyFileSync(before, path)
    writer = openWriter(folder)
    const { keyHex } = writer.cacheFile()
    const cache = openWritable({ path, keyHex, purpose: 'cache', schema: CACHE_SCHEMA })
    expect(cache.all('SELECT "value" FROM "preference"')).toEqual([{ value: 'quiet' }])
    cache.close()
    writer.close()
  })

  it('while the cache is replaced leaves the old cache or the new one', () => {
    const folder = tempFolder()
    let writer = openWriter(folder)
    const old = writer.cacheFile()
    writer.resetCache()
    const next = writer.cacheFile()
    // As if the program was killed before it removed the old file.
    expect(existsSync(old.path)).toBe(true)
    writer.close()
    writer = openWriter(folder)
    expect(writer.cacheFile()).toEqual(next)
    expect(existsSync(old.path)).toBe(false)
    writer.close()
  })
})

describe('the journal', () => {
  it('numbers without gaps, over restarts and after pruning', () => {
    const folder = tempFolder()
    let writer = openWriter(folder)
    writer.enter([setPreference('a'), setPreference('b')], {})
    writer.recordOutcomes(
      [
        { seq: 1, outcome: { kind: 'applied', versions: [] } },
        { seq: 2, outcome: { kind: 'applied', versions: [] } },
      ],
      5,
    )
    writer.close()
    writer = openWriter(folder)
    expect(writer.prune(5 + 15 * 86_400_000)).toBe(2)
    expect(writer.enter([setPreference('c')], {})).toMatchObject({ ok: true, seqs: [3] })
    writer.close()
  })

  it('forgets drafts that were opened and never written into, and no others', () => {
    const writer = openWriter(tempFolder())
    for (const key of ['looked at', 'written', 'new'])
      writer.openDraft(someUser, { ...draftOf(key), openedAt: key === 'new' ? 100 : 1 })
    writer.openDraft(someUser, { ...draftOf('call-1'), callId: CallId.parse('call-1') })
    writer.saveDraft(someUser, 'written', { ...emptyDraft, note: 'kept' }, 2)
    expect(writer.pruneUntouchedDrafts(50)).toBe(1)
    expect(['looked at', 'written', 'new', 'call-1'].filter((key) => writer.draft(someUser, key))).toEqual([
      'written',
      'new',
      'call-1',
    ])
    writer.close()
  })

  it('lists the draft that was written last first, and within a millisecond the one that was opened last', () => {
    const folder = tempFolder()
    const writer = openWriter(folder)
    // Ids in the order in which they were made, as UUIDv7 are.
    for (const [number, key] of ['customer:c', 'customer:a', 'customer:b'].entries()) {
      writer.openDraft(someUser, { ...draftOf(key), interactionId: `0198a000-0000-7000-8000-00000000000${number}` })
      writer.saveDraft(someUser, key, { ...emptyDraft, note: key }, key === 'customer:c' ? 8 : 7)
    }
    writer.close()
    const journal = openJournal(join(folder, 'journal.db'), JOURNAL_KEY)
    expect(draftsWithoutCall(journal, someUser).map(({ key }) => key)).toEqual([
      'customer:c',
      'customer:b',
      'customer:a',
    ])
    journal.close()
  })

  it('sends again what a restored server has lost, settled or not', () => {
    const writer = openWriter(tempFolder())
    writer.enter([setPreference('a'), setPreference('b'), setPreference('c')], {})
    writer.recordOutcomes(
      [1, 2, 3].map((seq) => ({ seq, outcome: { kind: 'applied', versions: [] } })),
      5,
    )
    expect(writer.toSend(100_000)).toEqual([])
    writer.replayFrom(2)
    expect(writer.toSend(100_000).map((envelope) => envelope.seq)).toEqual([2, 3])
    writer.close()
  })

  it('of a copied disk begins its own numbering and keeps unsent commands', () => {
    const writer = openWriter(tempFolder())
    writer.enter([setPreference('a'), setPreference('b'), setPreference('c')], {})
    writer.recordOutcomes([{ seq: 1, outcome: { kind: 'applied', versions: [] } }], 5)
    writer.beginIncarnation(crypto.randomUUID(), 'unsent')
    expect(
      writer.toSend(100_000).map((envelope) => [envelope.seq, (envelope.args as { value: string }).value]),
    ).toEqual([
      [1, 'b'],
      [2, 'c'],
    ])
    expect(writer.enter([setPreference('d')], {})).toMatchObject({ seqs: [3] })
    writer.close()
  })

  it('that was sent under several names is sent whole to a server that has lost it, in the order in which it was done', () => {
    const writer = openWriter(tempFolder())
    const applied = (...seqs: number[]) =>
      writer.recordOutcomes(
        seqs.map((seq) => ({ seq, outcome: { kind: 'applied', versions: [] } })),
        5,
      )
    const sent = () =>
      writer.toSend(100_000).map((envelope) => [envelope.seq, (envelope.args as { value: string }).value])
    writer.remember({ serverEpoch: 'before' })
    writer.enter([setPreference('a'), setPreference('b')], {})
    applied(1)
    expect(writer.compare({ epoch: 'restored', next: { seq: 3, lastHash: null } })).toEqual({ kind: 'goesOn' })
    for (const value of ['c', 'd']) {
      writer.beginIncarnation(crypto.randomUUID(), 'unsent')
      writer.enter([setPreference(value)], {})
      applied(1)
    }
    expect(sent()).toEqual([[2, 'd']])
    expect(writer.compare({ epoch: 'before', next: { seq: 2, lastHash: null } })).toEqual({ kind: 'replay', from: 2 })
    expect(writer.compare({ epoch: 'restored', next: { seq: 2, lastHash: null } })).toEqual({
      kind: 'renumber',
      send: 'everything',
    })
    writer.beginIncarnation(crypto.randomUUID(), 'everything')
    expect(sent()).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
    ])
    writer.close()
  })

  it('keeps a batch below the size that the server takes, and sends a command that is too large alone', () => {
    const writer = openWriter(tempFolder())
    writer.enter([setPreference('x'.repeat(300)), setPreference('y'.repeat(300)), setPreference('z')], {})
    expect(writer.toSend(1000).map((envelope) => envelope.seq)).toEqual([1])
    expect(writer.toSend(2000).length).toBeGreaterThan(1)
    writer.close()
  })

  it('keeps a refused command for a person, who sends it again as a new one or drops it', () => {
    const writer = openWriter(tempFolder())
    const command = setPreference('a')
    writer.enter([command], {})
    writer.recordOutcomes(
      [{ seq: 1, outcome: { kind: 'refused', error: { code: 'CUSTOMER_UNKNOWN', params: {} } } }],
      5,
    )
    expect(writer.counts(null)).toEqual({ unsent: 0, needsAttention: 1 })
    expect(writer.retry(someUser, command.commandId, crypto.randomUUID(), 9, sealing)).not.toBeNull()
    expect(writer.counts(null)).toEqual({ unsent: 1, needsAttention: 0 })
    expect(writer.drop(someUser, command.commandId)).toBe(false)
    writer.close()
  })

  it('sends a refused command as its author has changed it, and leaves it unchanged if the change does not fit', () => {
    const writer = openWriter(tempFolder())
    const command = setPreference('a')
    writer.enter([command], {})
    writer.recordOutcomes(
      [{ seq: 1, outcome: { kind: 'refused', error: { code: 'CUSTOMER_UNKNOWN', params: {} } } }],
      5,
    )
    const change = (values: Record<string, string | number | null>) =>
      writer.change(someUser, command.commandId, values, crypto.randomUUID(), 9, sealing)
    expect(change({ value: '' })).toMatchObject({ ok: false, error: { code: 'BAD_ARGUMENT' } })
    expect(change({ customerId: crypto.randomUUID() })).toMatchObject({ ok: false, error: { code: 'BAD_ARGUMENT' } })
    expect(writer.counts(null)).toEqual({ unsent: 0, needsAttention: 1 })
    expect(change({ value: 'b' })).toMatchObject({ ok: true, seqs: [2] })
    expect(writer.toSend(100_000).map(({ seq, args }) => [seq, (args as { value: string }).value])).toEqual([[2, 'b']])
    expect(change({ value: 'c' })).toMatchObject({ ok: false, error: { code: 'ROW_UNKNOWN' } })
    writer.close()
  })
})
