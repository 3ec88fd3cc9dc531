import { expect, test, vi } from 'vitest'
import { refuse, type Result } from '../../../protocol/errors.ts'
import { createSocketBridge } from '../../../renderer/bridge/socket-bridge.ts'

/** The browser's end of a socket, driven by the test. */
class TestSocket extends EventTarget {
  readonly sent: { verb: string; id: number; name?: string }[] = []
  send(text: string): void {
    this.sent.push(JSON.parse(text) as { verb: string; id: number })
  }
  opens(): void {
    this.dispatchEvent(new Event('open'))
  }
  closes(): void {
    this.dispatchEvent(new Event('close'))
  }
  says(message: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: typeof message === 'string' ? message : JSON.stringify(message) }))
  }
}

function stand() {
  const sockets: TestSocket[] = []
  const bridge = createSocketBridge('ws://127.0.0.1/bridge', () => {
    const socket = new TestSocket()
    sockets.push(socket)
    return socket as unknown as WebSocket
  })
  return { bridge, sockets, last: () => sockets.at(-1) ?? new TestSocket() }
}
const sync = { link: 'online', refusal: null, reachedAt: null, unsent: 0, needsAttention: 0, behind: 0, setup: null, alarm: null }

test('what is asked before the socket is open goes out when it is', async () => {
  const { bridge, last } = stand()
  const answer = bridge.act('sync.now', {})
  expect(last().sent).toEqual([])
  last().opens()
  expect(last().sent).toMatchObject([{ verb: 'act', name: 'sync.now' }])
  last().says({ kind: 'result', id: 1, result: { ok: true, value: null } })
  expect(await answer).toEqual({ ok: true, value: null })
})

test('when the socket closes, what waits for an answer is refused and nothing is sent twice', async () => {
  vi.useFakeTimers()
  const { bridge, last, sockets } = stand()
  last().opens()
  const answer = bridge.act('sync.now', {})
  last().closes()
  expect(await answer).toEqual(refuse('CORE_GONE'))
  expect(bridge.connection()).toBe('gone')
  await vi.advanceTimersByTimeAsync(250)
  expect(sockets).toHaveLength(2)
  last().opens()
  expect(last().sent).toEqual([])
  vi.useRealTimers()
})

test('after a reconnect every watch is asked for again, and one that was stopped is not', async () => {
  vi.useFakeTimers()
  const { bridge, last } = stand()
  last().opens()
  const seen: unknown[] = []
  bridge.watch('sync.state', {}, (result) => seen.push(result))
  const stop = bridge.watch('colleagues', {}, () => {})
  stop()
  last().closes()
  await vi.advanceTimersByTimeAsync(250)
  last().opens()
  expect(last().sent.map(({ verb, name }) => [verb, name])).toEqual([['watch', 'sync.state']])
  last().says({ kind: 'result', id: last().sent[0]?.id, result: { ok: true, value: sync } })
  expect(seen).toEqual([{ ok: true, value: sync }])
  vi.useRealTimers()
})

test('an answer that does not fit the contract is a refusal, never undefined, and its values stay out of the log', () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { bridge, last } = stand()
  last().opens()
  const seen: Result<unknown>[] = []
  bridge.watch('sync.state', {}, (result) => seen.push(result))
  last().says({ kind: 'result', id: 1, result: { ok: true, value: { ...sync, unsent: '+8613800138000' } } })
  expect(seen).toEqual([refuse('INTERNAL', { reference: 'sync.state' })])
  expect(JSON.stringify(log.mock.calls)).not.toContain('13800138000')
  log.mockRestore()
})

test('noise on the socket harms nothing', () => {
  const { bridge, last } = stand()
  last().opens()
  const pops: unknown[] = []
  bridge.on('pop', (pop) => pops.push(pop))
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  for (const noise of ['', '{', 'null', '[]', '{"kind":"result","id":-1}', '{"kind":"event","name":"pop","payload":{}}', '{"kind":"event","name":"nothing","payload":1}']) last().says(noise)
  expect(pops).toEqual([])
  log.mockRestore()
})
