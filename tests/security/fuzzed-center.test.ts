import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { Server, type Socket } from 'socket.io'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyDraft } from '../../protocol/draft.ts'
import { CustomerId } from '../../protocol/scalars.ts'
import { pushes, requests, type PushName, type RequestName } from '../../protocol/wire.ts'
import { fitting, nearly } from '../support/arbitrary-of.ts'
import { signedInBefore } from '../support/signed-in-before.ts'
import { startTestWorkstation, type TestWorkstation } from '../support/test-workstation.ts'
import { until } from '../support/until.ts'

// A server that sends arbitrary messages because it is broken or under an attacker's control. What users typed here
// must survive this, and the workstation must keep working.

const SEED = 20_261_127
const customerId = CustomerId.parse('0198a000-0000-7000-8000-00000000000c')
const http = createServer((_, response) => {
  response.writeHead(500).end('nonsense')
})
const io = new Server(http, { transports: ['websocket'] })
let socket: Socket | null = null
let answersWith: (name: RequestName) => unknown = () => ({
  ok: false,
  error: { code: 'CENTER_BUSY', params: { seconds: 1 } },
})
let desk: TestWorkstation

beforeAll(async () => {
  io.use((_, next) => {
    next()
  })
  io.on('connection', (connected) => {
    socket = connected
    connected.onAny((name: RequestName, ...args: unknown[]) => {
      const acknowledge = args.at(-1)
      if (typeof acknowledge === 'function') (acknowledge as (answer: unknown) => void)(answersWith(name))
    })
  })
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve)
  })
  const folder = mkdtempSync(join(tmpdir(), 'ringside-fuzzed-'))
  signedInBefore(folder, { deviceToken: 'from before' })
  desk = await startTestWorkstation(`http://127.0.0.1:${(http.address() as { port: number }).port}`, { folder })
  await until(() => socket, 'the workstation')
})
afterAll(async () => {
  await desk?.remove()
  await io.close()
})

const welcome = {
  serverTime: Date.now(),
  serverId: crypto.randomUUID(),
  epoch: 'true',
  head: 0,
  floor: 0,
  identity: null,
  nextCommand: [],
}

/** Sends a message to the workstation over an open connection. */
async function say(name: string, payload: unknown): Promise<void> {
  const connected = await until(() => (socket?.connected ? socket : null), 'a connection')
  connected.emit(name, payload)
}

/** A user keeps working: what they type is saved, what they do stays unsent, and both can be read back. */
async function workGoesOn(word: string): Promise<void> {
  const opened = await desk.act('draft.open', { customerId })
  if (!opened.ok) throw new Error(opened.error.code)
  expect((await desk.act('draft.save', { key: opened.value.key, content: { ...emptyDraft, note: word } })).ok).toBe(
    true,
  )
  expect(
    (await desk.seen('draft', { key: opened.value.key }, (draft) => draft?.content.note === word))?.content.note,
  ).toBe(word)
  expect(
    (
      await desk.run('task.add', {
        taskId: crypto.randomUUID(),
        customerId: null,
        kind: 'callback',
        title: word,
        detail: '',
        dueAt: Date.now() + 3_600_000,
        ownerUserId: null,
      })
    ).ok,
  ).toBe(true)
}

test.each(Object.keys(pushes) as PushName[])(
  `a server that pushes %s with any content loses nobody's work [seed ${SEED}]`,
  async (name) => {
    await workGoesOn(`before ${name}`)
    await say('welcome', welcome)
    const said = [
      ...fc.sample(nearly(pushes[name]), { seed: SEED, numRuns: 80 }),
      ...fc.sample(fitting(pushes[name]), { seed: SEED, numRuns: 40 }),
    ]
    for (const payload of said) await say(name, payload)
    await new Promise((resolve) => {
      setTimeout(resolve, 200)
    })
    await workGoesOn(`after ${name}`)
    const unsent = await desk.seen('sync.unsent', {}, (items) =>
      items.some(({ args }) => args['title'] === `after ${name}`),
    )
    expect(unsent.some(({ args }) => args['title'] === `before ${name}`)).toBe(true)
  },
  30_000,
)

test.each(Object.keys(requests) as RequestName[])(
  `a server that answers %s with anything that does not fit changes nothing [seed ${SEED}]`,
  async (name) => {
    const answers = fc
      .sample(nearly(requests[name].reply), { seed: SEED, numRuns: 60 })
      .filter((value) => !requests[name].reply.safeParse(JSON.parse(JSON.stringify(value) ?? 'null')).success)
    let next = 0
    answersWith = () => answers[next++ % answers.length]
    await say('welcome', { ...welcome, head: 10, epoch: name })
    await workGoesOn(`answered ${name}`)
    await new Promise((resolve) => {
      setTimeout(resolve, 150)
    })
    const unsent = await desk.seen('sync.unsent', {}, (items) =>
      items.some(({ args }) => args['title'] === `answered ${name}`),
    )
    // The workstation took no command for applied, refused or parked, because the server never gave a valid answer.
    expect(unsent.filter(({ state }) => state === 'refused' || state === 'parked')).toEqual([])
  },
  30_000,
)

test('a server whose packed pages hold nonsense changes nothing, and the cursor stays before these pages', async () => {
  const place = { epoch: 'true', after: 0, upTo: 30, head: 30 }
  const bytes = [
    Buffer.alloc(0),
    randomBytes(500),
    deflateRawSync('{"not":"a list"}'),
    deflateRawSync(JSON.stringify([{ seq: 1 }])),
    deflateRawSync(Buffer.alloc(80 * 1024 * 1024)),
  ]
  await say('welcome', welcome)
  for (const packed of ['no base64 \0', ...bytes.map((one) => one.toString('base64'))])
    await say('feed', { ...place, packed })
  await workGoesOn('after packed nonsense')
  expect(await desk.seen('sync.state', {}, () => true)).toMatchObject({ alarm: null })
})

test('after all of this no thread of the workstation was restarted, and its log says what did not fit', () => {
  expect(desk.logged.some((line) => line.includes('does not fit'))).toBe(true)
  expect(desk.logged.some((line) => line.includes('thread started again'))).toBe(false)
})
