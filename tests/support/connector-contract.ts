import { expect, test } from 'vitest'
import { CallEvent } from '../../protocol/calls.ts'
import type { Connector } from '../../server/telephony/connector.ts'
import { there } from './there.ts'

/** A telephone system under test: its connector, and functions that play the caller and let time pass. */
export interface ConnectorBench {
  readonly connector: Connector
  /** A caller dials one of our lines; `raw` null withholds the number. */
  readonly callIn: (raw: string | null) => void
  /** Lets time pass until the connector has reported everything that happens within `ms`. */
  readonly pass: (ms: number) => Promise<void>
}

/**
 * The contract that every connector must keep, whichever telephone system it connects to. `make` returns a fresh one
 * with the extensions 201 and 202.
 */
export function connectorContract(make: () => Promise<ConnectorBench>): void {
  const started = async () => {
    const bench = await make()
    const events: CallEvent[] = []
    await bench.connector.start((event) => {
      events.push(CallEvent.parse(event))
    })
    return { ...bench, events, of: (type: CallEvent['type']) => events.filter((event) => event.type === type) }
  }

  test('reports first that it is up, and numbers its events in rising order', async () => {
    const { connector, events, callIn, pass } = await started()
    expect(events[0]?.type).toBe('provider-up')
    connector.readyChanged(['201'], [])
    callIn('02161234567')
    await pass(5_000)
    const numbers = events.slice(1).map((event) => event.seq)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(new Set(numbers).size).toBe(numbers.length)
    await connector.stop()
  })

  test('answers only on request and ends what it began', async () => {
    const { connector, of, events, callIn, pass } = await started()
    connector.readyChanged(['201'], [])
    callIn('02161234567')
    await pass(4_000)
    const [ringing] = of('ringing')
    expect(ringing).toMatchObject({ extension: '201', direction: 'in', from: { kind: 'number', raw: '02161234567' } })
    expect(of('answered')).toEqual([])
    const callId = there(ringing?.callId, 'nothing rang')
    expect(await connector.control('201', { action: 'answer', callId })).toMatchObject({ ok: true })
    expect(await connector.control('201', { action: 'hold', callId })).toMatchObject({ ok: true })
    expect(await connector.control('201', { action: 'resume', callId })).toMatchObject({ ok: true })
    expect(await connector.control('201', { action: 'hangup', callId })).toMatchObject({ ok: true })
    await pass(100)
    const types = events
      .filter((event) => event.callId === callId && event.extension === '201')
      .map((event) => event.type)
    expect(types).toEqual(['ringing', 'answered', 'held', 'resumed', 'ended'])
    expect(of('ended').filter((event) => event.extension === null)).toHaveLength(1)
    await connector.stop()
  })

  test('refuses a request that does not fit instead of failing', async () => {
    const { connector, of, callIn, pass } = await started()
    connector.readyChanged(['201'], [])
    callIn('02161234567')
    await pass(4_000)
    const callId = there(of('ringing')[0]?.callId, 'nothing rang')
    expect(await connector.control('202', { action: 'answer', callId })).toMatchObject({
      ok: false,
      error: { code: 'CALL_UNKNOWN' },
    })
    expect(await connector.control('201', { action: 'resume', callId })).toMatchObject({
      ok: false,
      error: { code: 'CALL_ACTION_REFUSED' },
    })
    expect(await connector.control('201', { action: 'hold', callId: 'nothing' as typeof callId })).toMatchObject({
      ok: false,
      error: { code: 'CALL_UNKNOWN' },
    })
    await connector.control('201', { action: 'answer', callId })
    expect(
      await connector.control('201', { action: 'transfer', callId, toExtension: '999', customerId: null, note: '' }),
    ).toMatchObject({ ok: false, error: { code: 'CALL_ACTION_REFUSED' } })
    await connector.stop()
  })

  test('dials nothing but digits, and gives a reason when it does not dial', async () => {
    const { connector, events } = await started()
    for (const number of [
      '123\r\nAction: Originate\r\nChannel: PJSIP/trunk',
      'PJSIP/8001',
      '*21*13800138000#',
      '8001,s,1',
      'anonymous',
      '',
    ]) {
      expect([number, await connector.control('201', { action: 'dial', number })]).toMatchObject([
        number,
        { ok: false, error: { code: 'NUMBER_UNUSABLE' } },
      ])
    }
    expect(events.map(({ type }) => type)).toEqual(['provider-up'])
    expect(await connector.control('201', { action: 'dial', number: '+86 138 0013 8000' })).toMatchObject({ ok: true })
    expect(events.at(-1)?.to).toEqual({ kind: 'number', raw: '+8613800138000', name: null })
    await connector.stop()
  })

  test('reports a withheld number nowhere', async () => {
    const { connector, events, of, callIn, pass } = await started()
    connector.readyChanged(['201'], [])
    callIn(null)
    await pass(4_000)
    expect(of('ringing')[0]?.from).toEqual({ kind: 'withheld' })
    expect(JSON.stringify(events.map((event) => event.from))).not.toContain('raw')
    await connector.stop()
  })

  test('a transferred call rings at the other extension and names the extension that transferred it', async () => {
    const { connector, of, callIn, pass } = await started()
    connector.readyChanged(['201'], [])
    callIn('02161234567')
    await pass(4_000)
    const callId = there(of('ringing')[0]?.callId, 'nothing rang')
    await connector.control('201', { action: 'answer', callId })
    expect(
      await connector.control('201', { action: 'transfer', callId, toExtension: '202', customerId: null, note: '' }),
    ).toMatchObject({ ok: true })
    await pass(100)
    expect(of('ended').find((event) => event.extension === '201')?.outcome).toBe('transferred')
    expect(of('ringing').at(-1)).toMatchObject({
      callId,
      extension: '202',
      transferredFrom: '201',
      from: { raw: '02161234567' },
    })
    await connector.stop()
  })

  test.each([
    ['not answered', 'no-answer'],
    ['refused', 'rejected'],
  ] as const)(
    'a transfer that is %s rings again at the extension that gave it away, as another leg of the same call, with the caller’s whole waiting time',
    async (_, outcome) => {
      const { connector, of, events, callIn, pass } = await started()
      connector.readyChanged(['201'], [])
      callIn('02161234567')
      await pass(4_000)
      const first = there(of('ringing')[0], 'nothing rang')
      const { callId } = first
      await connector.control('201', { action: 'answer', callId })
      const waitedFirst = there(of('answered')[0], 'nothing was answered').waitMs ?? 0
      connector.readyChanged([], [])
      await pass(20_000)
      await connector.control('201', { action: 'transfer', callId, toExtension: '202', customerId: null, note: '' })
      const givenAway = events.length
      await pass(3_000)
      if (outcome === 'rejected') await connector.control('202', { action: 'hangup', callId })
      for (let seconds = 0; seconds < 90 && of('ringing').at(-1)?.extension !== '201'; seconds += 1) await pass(1_000)
      expect(of('ended').findLast((event) => event.extension === '202')?.outcome).toBe(outcome)
      const back = there(of('ringing').at(-1), 'nothing rang again')
      expect(back).toMatchObject({ callId, extension: '201', transferredFrom: '201', from: { raw: '02161234567' } })
      expect(back.legId).not.toBe(first.legId)
      expect(events.indexOf(back)).toBeGreaterThanOrEqual(givenAway)
      // The talk of 20 seconds does not count as waiting.
      expect(back.waitMs).toBeGreaterThanOrEqual(waitedFirst + 3_000)
      expect(back.waitMs).toBe(waitedFirst + (back.at - there(of('transferred')[0], 'nothing was transferred').at))
      expect(await connector.control('201', { action: 'answer', callId })).toMatchObject({ ok: true })
      await connector.stop()
    },
  )

  test('offers a queue’s call beside another call only to extensions that are named for it', async () => {
    const { connector, of, callIn, pass } = await started()
    await connector.control('201', { action: 'dial', number: '13800138000' })
    await pass(6_000)
    connector.readyChanged(['202'], [])
    callIn('02161234567')
    connector.readyChanged([], [])
    await pass(40_000)
    expect(of('ringing').filter((event) => event.extension === '201')).toEqual([])
    await connector.stop()
  })

  test('reports nothing more once it is stopped', async () => {
    const { connector, events, callIn, pass } = await started()
    connector.readyChanged(['201'], [])
    callIn('02161234567')
    await pass(4_000)
    await connector.stop()
    const before = events.length
    await pass(120_000)
    expect(events).toHaveLength(before)
  })

  test('starts again after a stop, and rings at no extension that was ready before the stop', async () => {
    const { connector, events, callIn, pass } = await started()
    connector.readyChanged(['201'], [])
    await connector.stop()
    const again: CallEvent[] = []
    await connector.start((event) => {
      again.push(CallEvent.parse(event))
    })
    expect(again[0]?.type).toBe('provider-up')
    callIn('02161234567')
    await pass(4_000)
    expect(again.filter((event) => event.type === 'ringing')).toEqual([])
    connector.readyChanged(['202'], [])
    await pass(4_000)
    expect(again.filter((event) => event.type === 'ringing').map((event) => event.extension)).toEqual(['202'])
    expect(events.filter((event) => event.type === 'ringing')).toEqual([])
    await connector.stop()
  })
}
