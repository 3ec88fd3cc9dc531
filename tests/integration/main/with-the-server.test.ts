import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { insertPending } from '../../../server/feed/pending.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const wang = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
const phone = { ...entityExamples.contactPoint(), customerId: wang.id }
const order = { ...entityExamples.order(), customerId: wang.id }

let server: TestServer
let desk: TestWorkstation
let colleague: TestWorkstation

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  await addUser(pool, 'anna', { extension: '201' })
  await addUser(pool, 'ben', { extension: '202' })
  await bulkLoad(pool, 'customer', [wang])
  await bulkLoad(pool, 'contactPoint', [phone])
  await bulkLoad(pool, 'order', [order])
  await finishBulkLoad(pool)
  desk = await startTestWorkstation(server.url)
  colleague = await startTestWorkstation(server.url)
})

afterAll(async () => {
  await desk?.remove()
  await colleague?.remove()
  await server?.remove()
})

describe('a workstation and the server', () => {
  it('signs in and has the whole record after its first snapshot', async () => {
    expect(await desk.act('session.signIn', { login: 'anna', password: 'wrong' })).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_REFUSED' },
    })
    expect(await desk.act('session.signIn', { login: 'anna', password: PASSWORD })).toEqual({ ok: true, value: null })
    expect(await colleague.act('session.signIn', { login: 'ben', password: PASSWORD })).toEqual({
      ok: true,
      value: null,
    })
    const record = await desk.seen('customer.record', { customerId: wang.id }, (found) => found !== null)
    expect(record?.orders.map((row) => row.order)).toEqual([order])
    await desk.seen('sync.state', {}, (state) => state.link === 'online' && state.setup === null && state.behind === 0)
    await colleague.seen('customer.record', { customerId: wang.id }, (found) => found !== null)
  })

  it('shows a preference at once, and on a colleague’s screen as soon as the server has it', async () => {
    const preferenceId = crypto.randomUUID()
    const entered = await desk.run('preference.set', {
      preferenceId,
      customerId: wang.id,
      key: 'drink',
      value: 'green tea',
      source: 'said',
    })
    expect(entered.ok).toBe(true)
    await desk.seen(
      'customer.record',
      { customerId: wang.id },
      (found) => found?.preferences.some((row) => row.id === preferenceId) ?? false,
    )
    await colleague.seen(
      'customer.record',
      { customerId: wang.id },
      (found) => found?.preferences.some((row) => row.id === preferenceId) ?? false,
    )
    await desk.seen(
      'customer.record',
      { customerId: wang.id },
      (found) => found?.preferences[0]?.version === 1 && found.unconfirmed.length === 0,
    )
    await desk.seen('sync.state', {}, (state) => state.unsent === 0)
  })

  it('keeps noting that the server is there while there is nothing to send, so that it can say since when it is not', async () => {
    const state = () => desk.seen('sync.state', {}, () => true)
    const { reachedAt } = await state()
    await expect
      .poll(async () => (await state()).reachedAt, { timeout: 12_000, interval: 500 })
      .toBeGreaterThanOrEqual(reachedAt! + 4000)
  })

  it('shows the state of a colleague, and its change while somebody looks', async () => {
    const { identity } = await colleague.seen('session', {}, () => true)
    const shown = (state: string) =>
      desk.seen(
        'colleagues.states',
        {},
        (states) => states?.some((one) => one.userId === identity?.userId && one.state === state) ?? false,
      )
    await shown('NOT_READY')
    const ready = shown('READY')
    await colleague.act('agent.setState', { state: 'READY', reason: null })
    await ready
    await colleague.act('agent.setState', { state: 'NOT_READY', reason: 'break' })
  })

  it('finds the customer by every way in which people search', async () => {
    for (const [text, foundBy] of [
      ['王芳', 'nativeName'],
      ['wangf', 'pinyin'],
      ['wf', 'pinyin'],
      ['Fan', 'name'],
      ['13800138', 'phone'],
      ['138000', 'phone'],
      ['O-1', 'order'],
      ['k-1', 'account'],
    ] as const) {
      const hits = await desk.seen('customer.search', { text, limit: 10 }, () => true)
      expect([text, ...hits.map((hit) => [hit.customerId, hit.foundBy])]).toEqual([text, [wang.id, foundBy]])
    }
  })

  it('keeps working without the server and sends everything in order when the server is back', async () => {
    const offline = await startTestWorkstation(server.url)
    await offline.act('session.signIn', { login: 'ben', password: PASSWORD })
    await offline.seen('customer.record', { customerId: wang.id }, (found) => found !== null)
    const { folder } = offline
    await offline.stop()
    const without = await startTestWorkstation('http://127.0.0.1:9', { folder })
    for (const value of ['one', 'two', 'three']) {
      expect(
        (
          await without.run('preference.set', {
            preferenceId: crypto.randomUUID(),
            customerId: wang.id,
            key: 'floor',
            value,
            source: 'said',
          })
        ).ok,
      ).toBe(true)
    }
    await without.seen('sync.state', {}, (state) => state.unsent === 3 && state.link !== 'online')
    expect((await without.seen('sync.unsent', {}, () => true)).map((item) => item.args['value'])).toEqual([
      'one',
      'two',
      'three',
    ])
    await without.stop()
    const back = await startTestWorkstation(server.url, { folder })
    await desk.seen(
      'customer.record',
      { customerId: wang.id },
      (found) => found?.preferences.some((row) => row.value === 'three') ?? false,
    )
    await back.seen('sync.state', {}, (state) => state.unsent === 0 && state.link === 'online')
    // Its own commands moved the feed on. That is no reason to load a snapshot, which would have begun within this
    // time.
    await pause(500)
    await back.seen('sync.state', {}, (state) => state.setup === null && state.behind === 0)
    expect(back.logged.filter((line) => line.includes('cache set up'))).toEqual([])
    await back.remove()
  })

  it('gets many changes at once, as they happen and after it was away', async () => {
    const away = await startTestWorkstation(server.url)
    await away.act('session.signIn', { login: 'ben', password: PASSWORD })
    await away.seen('customer.record', { customerId: wang.id }, (found) => found !== null)
    await away.stop()
    const rows = Array.from({ length: 80 }, () => ({ ...entityExamples.preference(), customerId: wang.id }))
    await insertPending(
      server.database.pool,
      rows.map((row) => ({
        entity: 'preference' as const,
        id: row.id,
        version: 1,
        scope: 'org',
        leftScope: null,
        row,
      })),
    )
    const back = await startTestWorkstation(server.url, { folder: away.folder })
    const last = rows.at(-1)!.id
    for (const one of [desk, back]) {
      await one.seen(
        'customer.record',
        { customerId: wang.id },
        (found) => found?.preferences.some(({ id }) => id === last) ?? false,
      )
      await one.seen('sync.state', {}, (state) => state.link === 'online' && state.behind === 0)
      expect(one.logged.filter((line) => line.includes('does not fit') || line.includes('"error"'))).toEqual([])
    }
    await back.remove()
  })

  it('takes a call from a link that the server does not know, and keeps its note', async () => {
    await desk.core.takeLink({ ok: true, value: { kind: 'call', number: '138 0013 8000' } })
    const pop = await desk.event('pop', (shown) => shown.desk.local)
    expect(pop.desk.match).toMatchObject({ kind: 'one', customerId: wang.id })
    expect(pop.record?.customer.id).toBe(wang.id)
    const { key } = pop.desk.draft
    const content = { ...pop.desk.draft.content, note: 'asked where O-1 is', outcome: 'answered' as const }
    expect((await desk.act('draft.save', { key, content })).ok).toBe(true)
    const wrapped = await desk.act('desk.wrapUp', { key })
    expect(wrapped.ok).toBe(true)
    await colleague.seen(
      'customer.record',
      { customerId: wang.id },
      (found) =>
        found?.timeline.entries.some(
          (entry) => entry.kind === 'interaction' && entry.row.note === 'asked where O-1 is',
        ) ?? false,
    )
    expect(await desk.seen('desk.calls', {}, () => true)).toEqual([])
  })

  it('makes a customer of an unknown caller', async () => {
    await desk.core.takeLink({ ok: true, value: { kind: 'call', number: '+8613911112222' } })
    const pop = await desk.event('pop', (shown) => shown.desk.match.kind === 'none')
    const { key } = pop.desk.draft
    const content = {
      ...pop.desk.draft.content,
      capture: { name: 'Chen Jie', nativeName: '陈洁', company: '', organisationId: null, city: '', phone: '' },
    }
    await desk.act('draft.save', { key, content })
    const captured = await desk.act('desk.capture', { key })
    expect(captured.ok).toBe(true)
    const customerId = captured.ok ? captured.value.customerId : ('' as CustomerId)
    const record = await colleague.seen('customer.record', { customerId }, (found) => found !== null)
    expect(record?.contactPoints[0]?.e164).toBe('+8613911112222')
    expect((await desk.seen('desk.calls', {}, (calls) => calls[0]?.customerId === customerId)).length).toBe(1)
  })

  it('takes a new snapshot without help when the feed no longer reaches its place', async () => {
    const late = {
      ...entityExamples.customer(),
      organisationId: null,
      ownerUserId: null,
      number: 'K-77',
      displayName: 'Late Comer',
      nativeName: null,
    }
    await bulkLoad(server.database.pool, 'customer', [late])
    await finishBulkLoad(server.database.pool)
    expect(
      (
        await desk.run('preference.set', {
          preferenceId: crypto.randomUUID(),
          customerId: wang.id,
          key: 'seat',
          value: 'window',
          source: 'said',
        })
      ).ok,
    ).toBe(true)
    await desk.seen('customer.record', { customerId: late.id }, (found) => found !== null)
    await desk.seen(
      'customer.record',
      { customerId: wang.id },
      (found) =>
        (found?.preferences.some((row) => row.value === 'window' && row.version > 0) &&
          found.unconfirmed.length === 0) ??
        false,
    )
  })
})
