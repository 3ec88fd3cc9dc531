import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const CANARY_NUMBER = '13977770123'
const CANARY_NOTE = 'canary words of an agent'
const customer = { ...entityExamples.customer(), organisationId: null, ownerUserId: null, displayName: 'Canary Person' }

let server: TestServer
let desk: TestWorkstation

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'anna')
  await bulkLoad(server.database.pool, 'customer', [customer])
  await finishBulkLoad(server.database.pool)
  desk = await startTestWorkstation(server.url)
  await desk.act('session.signIn', { login: 'anna', password: PASSWORD })
  await desk.seen('customer.record', { customerId: customer.id }, (found) => found !== null)
})

afterAll(async () => {
  await desk?.remove()
  await server?.remove()
})

describe('privacy', () => {
  it('no log holds a number, a name, a note or a password, whatever goes wrong', async () => {
    await desk.core.takeLink({ ok: true, value: { kind: 'call', number: CANARY_NUMBER } })
    const pop = await desk.event('pop', () => true)
    const { key } = pop.desk.draft
    const content = {
      ...pop.desk.draft.content,
      note: CANARY_NOTE,
      capture: {
        name: 'Canary Person',
        nativeName: '',
        company: '',
        organisationId: null,
        city: '',
        phone: CANARY_NUMBER,
      },
    }
    await desk.act('draft.save', { key, content })
    await desk.act('desk.capture', { key })
    await desk.act('desk.wrapUp', { key })
    await desk.act('session.signIn', { login: 'anna', password: `${CANARY_NOTE}!` })
    for (const args of [
      { number: CANARY_NUMBER },
      { [CANARY_NUMBER]: 1 },
      { customerId: CANARY_NUMBER },
      CANARY_NUMBER,
    ]) {
      await desk.dispatcher.act('draft.save', args)
      await desk.dispatcher.run('task.done', args)
      await desk.dispatcher.act(CANARY_NUMBER.repeat(3), args)
      desk.dispatcher.watch('customer.record', args, () => {})
    }
    await desk.act('call.control', { action: 'dial', number: CANARY_NUMBER })
    await desk.seen('sync.state', {}, (state) => state.unsent === 0)
    const logs = [...desk.logged, ...server.logged].join('\n')
    for (const canary of [CANARY_NUMBER, CANARY_NUMBER.slice(-8), CANARY_NOTE, 'Canary Person', PASSWORD])
      expect(logs).not.toContain(canary)
  })

  it('no refusal repeats wrong input', async () => {
    const answers = [
      await desk.dispatcher.act('draft.save', { key: 'x', content: { note: CANARY_NOTE } }),
      await desk.dispatcher.act(CANARY_NOTE, {}),
      await desk.dispatcher.run('customer.capture', { phone: { raw: CANARY_NUMBER } }),
      await desk.dispatcher.run('__proto__', {}),
      await desk.dispatcher.act('constructor', {}),
    ]
    for (const answer of answers) expect(answer.ok).toBe(false)
    expect(JSON.stringify(answers)).not.toMatch(/canary|1397777/i)
  })
})
