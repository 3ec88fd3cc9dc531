import { expect, test, vi } from 'vitest'
import { refuse, type Result } from '../../../protocol/errors.ts'
import { passIdOf, proofOf, provesPass } from '../../../main/host/bridge-proof.ts'
import { createHostPass, type HostPass } from '../../../renderer/bridge/host-pass.ts'
import { createSocketBridge } from '../../../renderer/bridge/socket-bridge.ts'

const [TOKEN, SECRET] = ['t'.repeat(43), 's'.repeat(43)]

const PORT = 4999
const word = (letter: string) => letter.repeat(43)
/**
 * The proofs are computed in separate threads, which a busy machine may delay; normally this waits only for a few
 * turns.
 */
const until = async (isSo: () => boolean): Promise<void> => {
  const latest = performance.now() + 20_000
  while (!isSo() && performance.now() < latest)
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  expect(isSo()).toBe(true)
}

interface Sent {
  verb: string
  id: number
  name?: string
  passId?: string
  nonce?: string
  mac?: string
}

/** The browser's end of a socket, driven by the test. */
class TestSocket extends EventTarget {
  readonly sent: Sent[] = []
  isClosed = false
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Sent)
  }
  close(): void {
    this.isClosed = true
    this.closes()
  }
  async opens(): Promise<Sent> {
    this.dispatchEvent(new Event('open'))
    await until(() => this.sent.length > 0)
    return this.sent[0]!
  }
  /** Answers the first frame as a host that knows this pass and listens on this port. */
  async proves(pass: string, port = PORT): Promise<void> {
    const { nonce } = await this.opens()
    this.says({
      kind: 'proof',
      nonce: word('h'),
      mac: proofOf('host', pass, { port, windowNonce: nonce!, hostNonce: word('h') }),
    })
    await until(() => this.sent.length > 1 || this.isClosed)
  }
  /** Does the whole entry. */
  async admits(pass = TOKEN): Promise<void> {
    await this.proves(pass)
    const [hello, entry] = this.sent
    expect(
      provesPass(entry!.mac!, 'window', pass, { port: PORT, windowNonce: hello!.nonce!, hostNonce: word('h') }),
    ).toBe(true)
    this.says({ kind: 'entered', secret: SECRET })
    await until(() => this.sent.length > 2)
    expect(this.sent[2]).toEqual({ verb: 'kept' })
    this.sent.splice(0, 3)
  }
  closes(code = 1006): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
  says(message: unknown): void {
    this.dispatchEvent(
      new MessageEvent('message', { data: typeof message === 'string' ? message : JSON.stringify(message) }),
    )
  }
}

function passOf(...passes: string[]): HostPass & { readonly kept: string[]; comes(pass: string): void } {
  const kept: string[] = []
  let heard = () => {}
  return {
    kept,
    all: () => passes,
    keep: (secret) => {
      kept.push(secret)
    },
    onNew: (listener) => {
      heard = listener
    },
    comes: (pass) => {
      passes.unshift(pass)
      heard()
    },
  }
}

function stand(pass = passOf(TOKEN)) {
  const sockets: TestSocket[] = []
  const bridge = createSocketBridge('ws://127.0.0.1/bridge', PORT, pass, () => {
    const socket = new TestSocket()
    sockets.push(socket)
    return socket as unknown as WebSocket
  })
  return { bridge, sockets, last: () => sockets.at(-1) ?? new TestSocket() }
}
const onlyTimeouts = () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
}
const sync = {
  link: 'online',
  refusal: null,
  reachedAt: null,
  unsent: 0,
  needsAttention: 0,
  behind: 0,
  setup: null,
  alarm: null,
}

test('nothing is sent before host and window have proved to each other that they know the pass, and the pass itself is never sent', async () => {
  const pass = passOf(TOKEN)
  const { bridge, last } = stand(pass)
  bridge.watch('sync.state', {}, () => {})
  const hello = await last().opens()
  expect([Object.keys(hello), hello.verb, hello.passId]).toEqual([
    ['verb', 'passId', 'nonce'],
    'hello',
    passIdOf(TOKEN),
  ])
  last().says({
    kind: 'proof',
    nonce: word('h'),
    mac: proofOf('host', TOKEN, { port: PORT, windowNonce: hello.nonce!, hostNonce: word('h') }),
  })
  await until(() => last().sent.length > 1)
  expect(bridge.connection()).toBe('connecting')
  last().says({ kind: 'entered', secret: SECRET })
  await until(() => bridge.connection() === 'connected')
  expect(pass.kept).toEqual([SECRET])
  expect(last().sent.slice(2)).toMatchObject([{ verb: 'kept' }, { verb: 'watch', name: 'sync.state' }])
  for (const text of [TOKEN, SECRET]) expect(JSON.stringify(last().sent)).not.toContain(text)
})

test.each([
  ['lets the window in at once', () => ({ kind: 'entered', secret: word('e') })],
  ['answers as if it were the host', () => ({ kind: 'result', id: 1, result: { ok: true, value: sync } })],
  [
    'proves another pass',
    (nonce: string) => ({
      kind: 'proof',
      nonce: word('h'),
      mac: proofOf('host', word('e'), { port: PORT, windowNonce: nonce, hostNonce: word('h') }),
    }),
  ],
  ['says the window’s own words back', (nonce: string) => ({ kind: 'proof', nonce, mac: nonce })],
  [
    'hands on the proof of the real host, which listens on another port by now',
    (nonce: string) => ({
      kind: 'proof',
      nonce: word('h'),
      mac: proofOf('host', TOKEN, { port: PORT + 1, windowNonce: nonce, hostNonce: word('h') }),
    }),
  ],
  [
    'repeats what the real host once said',
    () => ({
      kind: 'proof',
      nonce: word('h'),
      mac: proofOf('host', TOKEN, { port: PORT, windowNonce: word('o'), hostNonce: word('h') }),
    }),
  ],
])(
  'a program on the host’s port that %s learns only an id and a number that are of no use, and is disconnected',
  async (_, answer) => {
    onlyTimeouts()
    const pass = passOf(TOKEN)
    const { bridge, last, sockets } = stand(pass)
    const waiting = bridge.act('sync.now', {})
    const hello = await last().opens()
    last().says(answer(hello.nonce!))
    await until(() => last().isClosed)
    expect(last().sent).toEqual([{ verb: 'hello', passId: passIdOf(TOKEN), nonce: expect.any(String) as string }])
    expect([pass.kept, bridge.connection(), await waiting]).toEqual([[], 'gone', refuse('CORE_GONE')])

    // The real host comes back, and the window greets it with another nonce.
    await vi.advanceTimersByTimeAsync(250)
    expect(sockets).toHaveLength(2)
    await last().admits()
    expect(bridge.connection()).toBe('connected')
    vi.useRealTimers()
  },
)

test('where one pass is refused the next is tried, and with all refused it waits for a new one', async () => {
  const pass = passOf(word('o'), SECRET)
  const { bridge, sockets, last } = stand(pass)
  const answer = bridge.act('sync.now', {})
  await last().opens()
  last().closes(4401)
  expect(sockets).toHaveLength(2)
  expect((await last().opens()).passId).toBe(passIdOf(SECRET))
  last().closes(4401)
  expect(await answer).toEqual(refuse('CORE_GONE'))
  expect([bridge.connection(), sockets.length]).toEqual(['notAdmitted', 2])
  pass.comes(TOKEN)
  await last().admits()
  expect([bridge.connection(), sockets.length]).toEqual(['connected', 3])
})

test('a program that refuses a pass may not be the host, so the pass is tried again after a while', async () => {
  onlyTimeouts()
  const { bridge, sockets, last } = stand()
  await last().opens()
  last().closes(4401)
  expect(bridge.connection()).toBe('notAdmitted')
  await vi.advanceTimersByTimeAsync(5000)
  expect(sockets).toHaveLength(2)
  await last().admits()
  expect(bridge.connection()).toBe('connected')
  vi.useRealTimers()
})

test('a host that has no place for the window is asked again with the same pass', async () => {
  onlyTimeouts()
  const { bridge, last, sockets } = stand()
  await last().opens()
  last().closes(1013)
  expect(bridge.connection()).toBe('gone')
  await vi.advanceTimersByTimeAsync(250)
  expect([sockets.length, (await last().opens()).passId]).toEqual([2, passIdOf(TOKEN)])
  vi.useRealTimers()
})

test('the pass is removed from the address at once, is kept for this origin, and may also come from a pasted address or another window', () => {
  localStorage.clear()
  history.replaceState(null, '', `/?x=1#token=${TOKEN}`)
  const pass = createHostPass(window)
  expect(location.href).not.toContain(TOKEN)
  expect(location.search).toBe('?x=1')
  expect(pass.all()).toEqual([TOKEN])
  pass.keep(SECRET)
  expect([pass.all(), createHostPass(window).all()]).toEqual([[SECRET], [SECRET]])
  let news = 0
  pass.onNew(() => {
    news += 1
  })
  history.replaceState(null, '', `#code=${TOKEN}`)
  window.dispatchEvent(new Event('hashchange'))
  expect([news, pass.all(), location.hash]).toEqual([1, [TOKEN, SECRET], ''])
  // Another window was let in meanwhile and has stored the next pass.
  localStorage.setItem('ringside.host', word('n'))
  window.dispatchEvent(new StorageEvent('storage', { key: 'ringside.host', newValue: word('n') }))
  expect([news, pass.all()]).toEqual([2, [TOKEN, word('n')]])
  for (const hash of ['#token=short', `#token=${TOKEN}&x`, '#anything']) {
    history.replaceState(null, '', hash)
    window.dispatchEvent(new Event('hashchange'))
  }
  expect(news).toBe(2)
  localStorage.clear()
})

test('a request made before the host lets the window in is sent afterwards', async () => {
  const { bridge, last } = stand()
  const answer = bridge.act('sync.now', {})
  expect(last().sent).toEqual([])
  await last().admits()
  expect(last().sent).toMatchObject([{ verb: 'act', name: 'sync.now' }])
  last().says({ kind: 'result', id: 1, result: { ok: true, value: null } })
  expect(await answer).toEqual({ ok: true, value: null })
})

test('when the socket closes, waiting requests are refused and nothing is sent twice', async () => {
  onlyTimeouts()
  const { bridge, last, sockets } = stand()
  await last().admits()
  const answer = bridge.act('sync.now', {})
  last().closes()
  expect(await answer).toEqual(refuse('CORE_GONE'))
  expect(bridge.connection()).toBe('gone')
  await vi.advanceTimersByTimeAsync(250)
  expect(sockets).toHaveLength(2)
  await last().admits()
  expect(last().sent).toEqual([])
  vi.useRealTimers()
})

test('after a reconnect every watch is asked for again, and one that was stopped is not', async () => {
  onlyTimeouts()
  const { bridge, last } = stand()
  await last().admits()
  const seen: unknown[] = []
  bridge.watch('sync.state', {}, (result) => seen.push(result))
  const stop = bridge.watch('colleagues', {}, () => {})
  stop()
  last().closes()
  await vi.advanceTimersByTimeAsync(250)
  await last().admits()
  expect(last().sent.map(({ verb, name }) => [verb, name])).toEqual([['watch', 'sync.state']])
  last().says({ kind: 'result', id: last().sent[0]?.id, result: { ok: true, value: sync } })
  expect(seen).toEqual([{ ok: true, value: sync }])
  vi.useRealTimers()
})

test('an answer that does not fit the contract is a refusal, never undefined, and its values stay out of the log', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { bridge, last } = stand()
  await last().admits()
  const seen: Result<unknown>[] = []
  bridge.watch('sync.state', {}, (result) => seen.push(result))
  last().says({ kind: 'result', id: 1, result: { ok: true, value: { ...sync, unsent: '+8613800138000' } } })
  expect(seen).toEqual([refuse('INTERNAL', { reference: 'sync.state' })])
  expect(JSON.stringify(log.mock.calls)).not.toContain('13800138000')
  log.mockRestore()
})

test('unreadable frames on the socket do no harm', async () => {
  const { bridge, last } = stand()
  await last().admits()
  const pops: unknown[] = []
  bridge.on('pop', (pop) => pops.push(pop))
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  for (const noise of [
    '',
    '{',
    'null',
    '[]',
    '{"kind":"result","id":-1}',
    '{"kind":"event","name":"pop","payload":{}}',
    '{"kind":"event","name":"nothing","payload":1}',
  ])
    last().says(noise)
  expect(pops).toEqual([])
  log.mockRestore()
})
