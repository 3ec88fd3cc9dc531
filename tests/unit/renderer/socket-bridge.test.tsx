import { expect, test, vi } from 'vitest'
import { refuse, type Result } from '../../../protocol/errors.ts'
import { createHostPass, type HostPass } from '../../../renderer/bridge/host-pass.ts'
import { createSocketBridge } from '../../../renderer/bridge/socket-bridge.ts'

const [TOKEN, SECRET] = ['t'.repeat(43), 's'.repeat(43)]

/** The browser's end of a socket, driven by the test. */
class TestSocket extends EventTarget {
  readonly sent: { verb: string; id: number; name?: string }[] = []
  send(text: string): void {
    this.sent.push(JSON.parse(text) as { verb: string; id: number })
  }
  opens(): void {
    this.dispatchEvent(new Event('open'))
  }
  /** Opens, and the host lets us in. */
  admits(): void {
    this.opens()
    this.sent.splice(0)
    this.says({ kind: 'entered', secret: SECRET })
  }
  closes(code = 1006): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
  says(message: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: typeof message === 'string' ? message : JSON.stringify(message) }))
  }
}

function passOf(...passes: string[]): HostPass & { readonly kept: string[]; comes(pass: string): void } {
  const kept: string[] = []
  let heard = () => {}
  return {
    kept,
    current: () => passes[0] ?? null,
    refused: (pass) => { passes.splice(passes.indexOf(pass), 1) },
    keep: (secret) => { kept.push(secret) },
    onNew: (listener) => { heard = listener },
    comes: (pass) => {
      passes.push(pass)
      heard()
    },
  }
}

function stand(pass = passOf(TOKEN)) {
  const sockets: TestSocket[] = []
  const bridge = createSocketBridge('ws://127.0.0.1/bridge', pass, () => {
    const socket = new TestSocket()
    sockets.push(socket)
    return socket as unknown as WebSocket
  })
  return { bridge, sockets, last: () => sockets.at(-1) ?? new TestSocket() }
}
const sync = { link: 'online', refusal: null, reachedAt: null, unsent: 0, needsAttention: 0, behind: 0, setup: null, alarm: null }

test('the first frame is the pass, and nothing else goes out before the host has let it in', () => {
  const pass = passOf(TOKEN)
  const { bridge, last } = stand(pass)
  bridge.watch('sync.state', {}, () => {})
  last().opens()
  expect(last().sent).toEqual([{ verb: 'enter', pass: TOKEN }])
  // Not even what looks like an answer is believed before.
  for (const early of [{ kind: 'result', id: 1, result: { ok: true, value: sync } }, { kind: 'entered' }, { kind: 'entered', secret: 'short' }]) last().says(early)
  expect([bridge.connection(), last().sent.length]).toEqual(['connecting', 1])
  last().says({ kind: 'entered', secret: SECRET })
  expect([bridge.connection(), pass.kept]).toEqual(['connected', [SECRET]])
  expect(last().sent[1]).toMatchObject({ verb: 'watch', name: 'sync.state' })
})

test('where one pass is refused the next is shown, and with none left it waits for a new one', async () => {
  const pass = passOf('an old one', SECRET)
  const { bridge, sockets, last } = stand(pass)
  const answer = bridge.act('sync.now', {})
  last().opens()
  last().closes(4401)
  expect(sockets).toHaveLength(2)
  last().opens()
  expect(last().sent).toEqual([{ verb: 'enter', pass: SECRET }])
  last().closes(4401)
  expect(await answer).toEqual(refuse('CORE_GONE'))
  expect([bridge.connection(), sockets.length]).toEqual(['notAdmitted', 2])
  pass.comes(TOKEN)
  last().admits()
  expect([bridge.connection(), sockets.length]).toEqual(['connected', 3])
})

test('a host that has no place for it is asked again with the same pass', async () => {
  vi.useFakeTimers()
  const { bridge, last, sockets } = stand()
  last().opens()
  last().closes(1013)
  expect(bridge.connection()).toBe('gone')
  await vi.advanceTimersByTimeAsync(250)
  last().opens()
  expect([sockets.length, last().sent]).toEqual([2, [{ verb: 'enter', pass: TOKEN }]])
  vi.useRealTimers()
})

test('the pass leaves the address at once, is kept for this origin, and comes from a pasted address or another window too', () => {
  localStorage.clear()
  history.replaceState(null, '', `/?x=1#token=${TOKEN}`)
  const pass = createHostPass(window)
  expect(location.href).not.toContain(TOKEN)
  expect(location.search).toBe('?x=1')
  expect(pass.current()).toBe(TOKEN)
  pass.keep(SECRET)
  expect([pass.current(), createHostPass(window).current()]).toEqual([SECRET, SECRET])
  let news = 0
  pass.onNew(() => { news += 1 })
  history.replaceState(null, '', `#code=${TOKEN}`)
  window.dispatchEvent(new Event('hashchange'))
  expect([news, pass.current(), location.hash]).toEqual([1, TOKEN, ''])
  pass.refused(TOKEN)
  expect(pass.current()).toBe(SECRET)
  pass.refused(SECRET)
  expect([pass.current(), createHostPass(window).current()]).toEqual([null, null])
  localStorage.setItem('ringside.host', SECRET)
  window.dispatchEvent(new StorageEvent('storage', { key: 'ringside.host', newValue: SECRET }))
  expect([news, pass.current()]).toEqual([2, SECRET])
  for (const hash of ['#token=short', `#token=${TOKEN}&x`, '#anything']) {
    history.replaceState(null, '', hash)
    window.dispatchEvent(new Event('hashchange'))
  }
  expect(news).toBe(2)
  localStorage.clear()
})

test('what is asked before the host lets us in goes out when it does', async () => {
  const { bridge, last } = stand()
  const answer = bridge.act('sync.now', {})
  expect(last().sent).toEqual([])
  last().admits()
  expect(last().sent).toMatchObject([{ verb: 'act', name: 'sync.now' }])
  last().says({ kind: 'result', id: 1, result: { ok: true, value: null } })
  expect(await answer).toEqual({ ok: true, value: null })
})

test('when the socket closes, what waits for an answer is refused and nothing is sent twice', async () => {
  vi.useFakeTimers()
  const { bridge, last, sockets } = stand()
  last().admits()
  const answer = bridge.act('sync.now', {})
  last().closes()
  expect(await answer).toEqual(refuse('CORE_GONE'))
  expect(bridge.connection()).toBe('gone')
  await vi.advanceTimersByTimeAsync(250)
  expect(sockets).toHaveLength(2)
  last().admits()
  expect(last().sent).toEqual([])
  vi.useRealTimers()
})

test('after a reconnect every watch is asked for again, and one that was stopped is not', async () => {
  vi.useFakeTimers()
  const { bridge, last } = stand()
  last().admits()
  const seen: unknown[] = []
  bridge.watch('sync.state', {}, (result) => seen.push(result))
  const stop = bridge.watch('colleagues', {}, () => {})
  stop()
  last().closes()
  await vi.advanceTimersByTimeAsync(250)
  last().admits()
  expect(last().sent.map(({ verb, name }) => [verb, name])).toEqual([['watch', 'sync.state']])
  last().says({ kind: 'result', id: last().sent[0]?.id, result: { ok: true, value: sync } })
  expect(seen).toEqual([{ ok: true, value: sync }])
  vi.useRealTimers()
})

test('an answer that does not fit the contract is a refusal, never undefined, and its values stay out of the log', () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { bridge, last } = stand()
  last().admits()
  const seen: Result<unknown>[] = []
  bridge.watch('sync.state', {}, (result) => seen.push(result))
  last().says({ kind: 'result', id: 1, result: { ok: true, value: { ...sync, unsent: '+8613800138000' } } })
  expect(seen).toEqual([refuse('INTERNAL', { reference: 'sync.state' })])
  expect(JSON.stringify(log.mock.calls)).not.toContain('13800138000')
  log.mockRestore()
})

test('noise on the socket harms nothing', () => {
  const { bridge, last } = stand()
  last().admits()
  const pops: unknown[] = []
  bridge.on('pop', (pop) => pops.push(pop))
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  for (const noise of ['', '{', 'null', '[]', '{"kind":"result","id":-1}', '{"kind":"event","name":"pop","payload":{}}', '{"kind":"event","name":"nothing","payload":1}']) last().says(noise)
  expect(pops).toEqual([])
  log.mockRestore()
})
