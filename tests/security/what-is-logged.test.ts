import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../server/log.ts'
import { insertRow } from '../../server/db/rows.ts'
import { entityExamples } from '../support/entity-examples.ts'
import { addUser } from '../support/people.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { connectWorkstation, envelopeOf, postSignIn, signInAs } from '../support/workstation-client.ts'

const NUMBER = '13800138000'
const NOTE = 'canary in a coal mine'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana')
})
afterAll(() => server.remove())

test('whatever fails, no number, note or password that arrived is in the log', async () => {
  const { pool } = server.database
  const who = await signInAs(server.url, 'ana')
  const desk = await connectWorkstation(server.url, who)
  const user = who
  const [customer, product] = [entityExamples.customer(), entityExamples.product()]
  await insertRow(pool, 'customer', customer)
  await insertRow(pool, 'product', product)
  const wrapUp = {
    interactionId: crypto.randomUUID(),
    customerId: customer.id,
    channel: 'phone',
    direction: 'in',
    callId: `sip:${NUMBER}`,
    startedAt: 1,
    endedAt: null,
    queue: NOTE,
    waitMs: null,
    talkMs: null,
    note: `${NOTE} ${NUMBER}`,
    matter: null,
    outcome: null,
    nextStep: null,
    followUp: null,
  }
  const quote = {
    quoteId: crypto.randomUUID(),
    customerId: customer.id,
    supersedes: null,
    validUntil: 1,
    lines: [{ productId: product.id, quantity: Number(NUMBER), unitPriceMinor: Number(NUMBER), reason: NOTE }],
    followUpTaskId: crypto.randomUUID(),
  }
  const commands = [
    envelopeOf(1, user, 'interaction.wrapUp', wrapUp),
    envelopeOf(2, user, 'quote.issue', quote),
    envelopeOf(3, user, NUMBER, { [NOTE]: NUMBER }),
    envelopeOf(4, user, 'task.done', { taskId: `${NOTE} ${NUMBER}` }),
    envelopeOf(5, user, 'task.done', {}, { version: Number(NUMBER) }),
  ]
  await desk.ask('commands', { incarnation: crypto.randomUUID(), commands })
  await desk.ask('lookup', { callId: null, e164: `+86${NUMBER}`, nationalKey: `CN:${NUMBER}'"` })
  await desk.ask('callControl', { action: 'dial', number: NUMBER })
  await postSignIn(server.url, NUMBER, { password: NOTE })
  // Without this table every statement that uses it fails.
  await pool.query('alter table interaction rename to elsewhere')
  await desk.ask('commands', {
    incarnation: crypto.randomUUID(),
    commands: [envelopeOf(1, user, 'interaction.wrapUp', { ...wrapUp, interactionId: crypto.randomUUID() })],
  })
  await desk.ask('lookup', { callId: null, e164: `+86${NUMBER}`, nationalKey: null })
  expect(server.logged.some((line) => line.includes('failed'))).toBe(true)
  for (const secret of [NUMBER, NOTE, 'coal']) expect(server.logged.join('')).not.toContain(secret)
  desk.close()
})

test('an error message that repeats its input is logged without the input', async () => {
  const lines: string[] = []
  const log = createLog(
    (line) => {
      lines.push(line)
    },
    () => 0,
  )
  log.error('failed', Object.assign(new Error(`value "${NUMBER}" is out of range for type integer`), { code: '22003' }))
  log.error(
    'failed',
    Object.assign(new Error(`invalid input syntax for type bigint: "a "quoted" ${NUMBER}"`), { code: '22P02' }),
  )
  log.error('failed', `thrown text ${NUMBER}`)
  try {
    JSON.parse(`${NUMBER} ${NOTE}`)
  } catch (error) {
    log.error('failed', error)
  }
  expect(lines.join('')).not.toMatch(/13800138000|canary/)
  expect(lines[0]).toContain('is out of range for type integer')
  expect(lines[0]).toContain('22003')
})
