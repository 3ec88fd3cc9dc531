import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'
import { emptyDraft } from '../../../protocol/draft.ts'

const wang = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
const signIn = (desk: TestWorkstation, login: string) => desk.act('session.signIn', { login, password: PASSWORD })

let server: TestServer
let desk: TestWorkstation

beforeAll(async () => {
  server = await startTestServer()
  for (const login of ['anna', 'ben'])
    await addUser(server.database.pool, login, { extension: login === 'anna' ? '201' : '202' })
  await bulkLoad(server.database.pool, 'customer', [wang])
  await finishBulkLoad(server.database.pool)
  desk = await startTestWorkstation(server.url)
  await signIn(desk, 'anna')
  await desk.seen('customer.record', { customerId: wang.id }, (found) => found !== null)
})

afterAll(async () => {
  await desk?.remove()
  await server?.remove()
})

describe('several people at one workstation', () => {
  it('see only their own calls, drafts and unsent work, and find them again', async () => {
    await desk.core.takeLink({ ok: true, value: { kind: 'call', number: '+86 139 1111 2222' } })
    const { desk: call } = await desk.event('pop', () => true)
    const note = (text: string) => ({ ...emptyDraft, note: text })
    await desk.act('draft.save', { key: call.draft.key, content: note('anna, on the phone') })
    const opened = await desk.act('draft.open', { customerId: wang.id })
    const key = opened.ok ? opened.value.key : ''
    await desk.act('draft.save', { key, content: note('anna, at the record') })
    expect(
      (await desk.seen('drafts.open', {}, (drafts) => drafts.length > 0)).map(({ draft, customer }) => [
        draft.content.note,
        customer?.customerId,
      ]),
    ).toEqual([['anna, at the record', wang.id]])

    await server.stop()
    await desk.seen('sync.state', {}, ({ link }) => link !== 'online')
    await desk.run('preference.set', {
      preferenceId: crypto.randomUUID(),
      customerId: wang.id,
      key: 'floor',
      value: 'high',
      source: 'said',
    })
    expect((await desk.act('session.signOut', {})).ok).toBe(true)
    // The last letters of the user who left are still being saved when nobody is signed in.
    expect((await desk.act('draft.save', { key, content: note('anna, at the record.') })).ok).toBe(true)
    for (const query of ['desk.calls', 'drafts.open', 'sync.unsent'] as const)
      expect(await desk.seen(query, {}, () => true)).toEqual([])

    const { folder } = desk
    await desk.stop()
    await server.restart()
    desk = await startTestWorkstation(server.url, { folder })
    expect((await signIn(desk, 'ben')).ok).toBe(true)
    for (const query of ['desk.calls', 'drafts.open', 'sync.unsent'] as const)
      expect(await desk.seen(query, {}, () => true)).toEqual([])
    expect(await desk.seen('draft', { key }, () => true)).toBeNull()
    expect(await desk.act('draft.save', { key, content: note('ben over anna') })).toMatchObject({ ok: false })
    // A window that watched the draft before it was opened sees it open.
    const watched = desk.seen('draft', { key }, (draft) => draft !== null)
    await desk.act('draft.open', { customerId: wang.id })
    expect((await watched)?.content).toEqual(emptyDraft)
    await desk.act('draft.save', { key, content: note('ben') })
    // Anna's work is sent under her name, whoever is signed in.
    await desk.seen(
      'customer.record',
      { customerId: wang.id },
      (found) => found?.preferences.some((row) => row.value === 'high' && row.version > 0) ?? false,
    )
    await desk.act('session.signOut', {})

    expect((await signIn(desk, 'anna')).ok).toBe(true)
    expect(
      (await desk.seen('desk.calls', {}, (calls) => calls.length > 0)).map((shown) => shown.draft.content.note),
    ).toEqual(['anna, on the phone'])
    expect(
      (await desk.seen('drafts.open', {}, (drafts) => drafts.length > 0)).map(({ draft }) => draft.content.note),
    ).toEqual(['anna, at the record.'])
  })
})
