import { describe, expect, it } from 'vitest'
import { createBridgeConnection } from '../../../main/host/bridge-connection.ts'
import type { Dispatcher } from '../../../main/ipc/dispatcher.ts'
import { createLog } from '../../../main/log.ts'
import { BridgeMessage } from '../../../protocol/bridge.ts'
import { ok } from '../../../protocol/errors.ts'

function setUp() {
  const sent: BridgeMessage[] = []
  const closed: number[] = []
  let watching = 0
  const dispatcher: Dispatcher = {
    watch: (_name, _args, listener) => {
      watching += 1
      listener(ok(null))
      return () => {
        watching -= 1
      }
    },
    act: async () => ok('acted'),
    run: async () => ok({ commandId: 'x' }),
    on: () => () => {},
  }
  const connection = createBridgeConnection(
    dispatcher,
    { send: (text) => sent.push(BridgeMessage.parse(JSON.parse(text))), close: (code) => closed.push(code) },
    createLog(
      () => {},
      () => 0,
    ),
  )
  return { connection, sent, closed, watching: () => watching }
}

const refused = (id: number) => ({
  kind: 'result',
  id,
  result: { ok: false, error: { code: 'BAD_ARGUMENT', params: { field: 'frame', problem: 'unreadable' } } },
})

describe('the frames of the bridge', () => {
  it.each([
    '',
    'null',
    '[]',
    '{',
    '"x"',
    '{"verb":"act"}',
    '{"verb":"eval","id":0,"name":"x"}',
    '{"verb":"act","id":-1,"name":"x","args":{}}',
    '{"verb":"watch","id":1e99,"name":"x","args":{}}',
  ])('%s is dropped without an answer, because it has no usable id', (text) => {
    const { connection, sent } = setUp()
    connection.receive(text)
    expect(sent).toEqual([])
  })

  it('that have a wrong form but an id are refused under that id', () => {
    const { connection, sent } = setUp()
    for (const frame of [
      { verb: 'eval', id: 3 },
      { verb: 'act', id: 3, name: 'x', args: {}, more: 1 },
      { verb: 'act', id: 3, name: 'x'.repeat(61), args: {} },
    ])
      connection.receive(JSON.stringify(frame))
    expect(sent).toEqual([refused(3), refused(3), refused(3)])
  })

  it('close the connection of a window that keeps sending unreadable frames', () => {
    const { connection, closed } = setUp()
    for (let n = 0; n < 30; n += 1) connection.receive('nonsense')
    expect(closed[0]).toBe(1008)
  })

  it('end all watches of a window that closes', () => {
    const { connection, watching } = setUp()
    for (let id = 1; id <= 5; id += 1)
      connection.receive(JSON.stringify({ verb: 'watch', id, name: 'session', args: {} }))
    connection.receive(JSON.stringify({ verb: 'unwatch', id: 1 }))
    connection.receive(JSON.stringify({ verb: 'watch', id: 2, name: 'session', args: {} }))
    expect(watching()).toBe(4)
    connection.closed()
    expect(watching()).toBe(0)
  })
})
