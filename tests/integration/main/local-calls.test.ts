import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

// Links from outside open calls that the server does not know. Anybody can make as many links as they like.

let server: TestServer
let desk: TestWorkstation
const link = (number: string) => desk.core.takeLink({ ok: true, value: { kind: 'call', number } })
const open = async (fits: (calls: readonly DeskCall[]) => boolean = () => true) => desk.seen('desk.calls', {}, fits)
const refusals = () =>
  desk.events
    .filter(({ name }) => name === 'notice')
    .map(({ payload }) => (payload as { refusal: { code: string } }).refusal.code)

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana')
  desk = await startTestWorkstation(server.url)
  await desk.act('session.signIn', { login: 'ana', password: PASSWORD })
})
afterAll(async () => {
  await desk.remove()
  await server.remove()
})

it('the same number again, however it is written, shows the call that is open already', async () => {
  await Promise.all(
    ['+86 138 0013 8000', '+8613800138000', '+86-138-0013-8000', '+８６１３８００１３８０００'].map(link),
  )
  const [call, ...more] = await open()
  expect([call?.call.party, more]).toEqual([{ kind: 'number', raw: '+86 138 0013 8000', name: null }, []])
  const before = desk.pops().length
  await link('+8613800138000')
  expect(
    desk
      .pops()
      .slice(before)
      .map((pop) => pop.desk.call.callId),
  ).toEqual([call?.call.callId])
})

it('a flood of numbers opens five calls and no more, says so, and loses nothing that was typed', async () => {
  const [first] = await open()
  const key = first!.draft.key
  const content = { ...first!.draft.content, note: 'half a sente' }
  expect((await desk.act('draft.save', { key, content })).ok).toBe(true)
  await Promise.all(Array.from({ length: 60 }, (_, n) => link(`+86138001390${String(n).padStart(2, '0')}`)))
  const calls = await open()
  expect(calls.filter(({ local }) => local)).toHaveLength(5)
  expect(refusals()).toEqual(Array.from({ length: 56 }, () => 'LOCAL_CALLS_FULL'))
  expect(calls.find(({ draft }) => draft.key === key)?.draft.content.note).toBe('half a sente')
  expect((await desk.act('desk.wrapUp', { key })).ok).toBe(true)
  await open((left) => left.length === 4)
  await link('+8613800139099')
  await open((left) => left.length === 5)
})
