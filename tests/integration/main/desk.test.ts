import { describe, expect, it, onTestFinished } from 'vitest'
import { createReader } from '../../../db/worker/reader.ts'
import type { Remote } from '../../../db/worker/port.ts'
import { createDesk, type Desk } from '../../../main/calls/desk.ts'
import { createLog } from '../../../main/log.ts'
import type { AgentCall } from '../../../protocol/calls.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import type { EntityName } from '../../../protocol/entities.ts'
import { CallId, type CustomerId } from '../../../protocol/scalars.ts'
import type { DeskCall, Pop } from '../../../protocol/workstation.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { JOURNAL_KEY, newCommand, openWriter, someUser } from '../../support/writer-on-files.ts'

const CANARY = '13800138000'
const wang = { ...entityExamples.customer(), organisationId: null }
const li = { ...entityExamples.customer(), organisationId: null, number: 'K-2', displayName: 'Li Na', nativeName: '李娜' }
const phoneOf = (customerId: CustomerId, national: string) => ({ ...entityExamples.contactPoint(), customerId, raw: national, e164: `+86${national}`, nationalKey: `CN:${national}` })

const rows: [EntityName, { id: string }][] = [
  ['customer', wang], ['customer', li], ['contactPoint', phoneOf(wang.id, CANARY)], ['contactPoint', phoneOf(wang.id, '13911112222')],
  ['contactPoint', phoneOf(li.id, '13911112222')], ['line', { ...entityExamples.line(), number: '+862150001000', country: 'CN' } as { id: string }],
]

/** The calls it was given, as direct functions that answer later like a thread does. */
const remote = <C extends object>(calls: C): Remote<C> => new Proxy({} as Remote<C>, {
  get: (_, name) => async (...args: unknown[]) => (calls[name as keyof C] as (...given: unknown[]) => unknown)(...args),
})

async function setUp(kept: readonly DeskCall[] = [], folder = tempFolder()) {
  const writer = openWriter(folder)
  if (kept.length === 0) await writer.applyPage(rows.map(([entity, row], index) => ({ seq: index + 1, entity, id: row.id, version: 1, scope: 'org', row: row as never })), rows.length)
  const reader = createReader({ folder, journalKeyHex: JOURNAL_KEY, cache: writer.cacheFile() })
  const pops: Pop[] = []
  const missed: DeskCall[] = []
  const logged: string[] = []
  const desk: Desk = createDesk({
    reader: remote(reader), writer: remote(writer), log: createLog((line) => logged.push(line), () => 0), now: () => 1_760_000_000_000, newId: () => crypto.randomUUID(),
    place: () => ({ timeZone: 'Asia/Shanghai', country: 'CN' }), kept, done: [], publish: (pop) => pops.push(pop), onChanged: () => {}, onMissed: (call) => missed.push(call),
  })
  onTestFinished(() => {
    reader.close()
    writer.close()
  })
  return { desk, writer, pops, missed, logged, folder }
}

const call = (more: Partial<AgentCall> = {}): AgentCall => ({
  callId: CallId.parse('call-1'), revision: 1, userId: someUser, direction: 'in', phase: 'ringing', party: { kind: 'number', raw: CANARY, name: null }, line: '+862150001000',
  queue: 'support', waitMs: 4000, collected: null, forwardedBy: null, offeredAt: 1_760_000_000_000, answeredAt: null, endedAt: null, talkMs: null, outcome: null, handedOver: null, ...more,
})

describe('a call at the desk', () => {
  it('pops once with the whole record, however often it is told', async () => {
    const { desk, pops } = await setUp()
    await Promise.all([desk.take(call()), desk.take(call()), desk.take(call({ revision: 1 }))])
    expect(pops.length).toBe(1)
    expect(pops[0]).toMatchObject({ desk: { customerId: wang.id, match: { kind: 'one' }, number: { e164: `+86${CANARY}` } }, record: { customer: { id: wang.id } } })
  })

  it('that is answered elsewhere is withdrawn, and late news of it brings nothing back', async () => {
    const { desk, pops } = await setUp()
    await desk.take(call())
    await desk.take(call({ revision: 3, phase: 'ended', outcome: 'answered-elsewhere', endedAt: 5 }))
    expect(desk.calls()).toEqual([])
    await desk.take(call({ revision: 2, phase: 'ringing' }))
    await desk.take(call({ revision: 4, phase: 'talking', answeredAt: 4 }))
    expect(desk.calls()).toEqual([])
    expect(pops.length).toBe(1)
  })

  it('that nobody answered stays while there is something written about it', async () => {
    const { desk, writer } = await setUp()
    await desk.take(call())
    const draft = { ...desk.calls()[0]!.draft, content: { ...emptyDraft, note: 'he will call again' } }
    writer.saveDraft(draft.key, draft.content, 5)
    desk.noteDraft(draft)
    await desk.take(call({ revision: 2, phase: 'ended', outcome: 'missed', endedAt: 5 }))
    expect(desk.calls().map((shown) => shown.draft.content.note)).toEqual(['he will call again'])
  })

  it('that was ended never changes again', async () => {
    const { desk } = await setUp()
    await desk.take(call({ phase: 'talking', answeredAt: 2 }))
    await desk.take(call({ revision: 3, phase: 'ended', answeredAt: 2, endedAt: 9, outcome: 'completed' }))
    await desk.take(call({ revision: 4, phase: 'talking', answeredAt: 2 }))
    expect(desk.calls()[0]?.call.phase).toBe('ended')
  })

  it('is there again after a restart, with its draft', async () => {
    const first = await setUp()
    await first.desk.take(call({ phase: 'talking', answeredAt: 2 }))
    const { draft } = first.desk.calls()[0]!
    first.writer.saveDraft(draft.key, { ...emptyDraft, note: 'half a sent' }, 5)
    expect(first.writer.opened().deskCalls).toMatchObject([{ customerId: wang.id, draft: { interactionId: draft.interactionId, content: { note: 'half a sent' } } }])
  })

  it('of a number that two share asks once, and learns', async () => {
    const { desk, writer, pops } = await setUp()
    await desk.take(call({ party: { kind: 'number', raw: '13911112222', name: null } }))
    expect(pops[0]).toMatchObject({ desk: { customerId: null, match: { kind: 'several' } }, record: null })
    writer.enter([newCommand('number.pick', { pickId: crypto.randomUUID(), e164: '+8613911112222', customerId: li.id, verdict: 'them' })], {})
    await desk.look(CallId.parse('call-1'), { customerId: li.id })
    expect(pops[1]).toMatchObject({ desk: { customerId: li.id }, record: { customer: { id: li.id } } })
    await desk.take(call({ callId: CallId.parse('call-2'), party: { kind: 'number', raw: '013911112222', name: null } }))
    expect(pops[2]).toMatchObject({ desk: { customerId: li.id, match: { kind: 'one' } } })
  })

  it('of an unknown number is asked of the center, and suggests nobody by chance', async () => {
    const { desk, pops, missed } = await setUp()
    await desk.take(call({ party: { kind: 'number', raw: '13755556666', name: null } }))
    expect(pops[0]?.desk.match).toEqual({ kind: 'none', suggestions: [] })
    expect(missed.length).toBe(1)
  })

  it('whose caller keyed an account number opens that account, withheld or not, and no pop is lost over a number nobody has', async () => {
    const { desk, pops } = await setUp()
    await desk.take(call({ party: { kind: 'withheld' }, collected: ' k-2 ' }))
    await desk.take(call({ callId: CallId.parse('call-2'), party: { kind: 'number', raw: '13755556666', name: null }, collected: 'K-2' }))
    await desk.take(call({ callId: CallId.parse('call-3'), party: { kind: 'withheld' }, collected: '000' }))
    expect(pops.map((pop) => pop.record?.customer.id ?? null)).toEqual([li.id, li.id, null])
  })

  it('of our own line or a colleague matches nobody', async () => {
    const { desk, pops } = await setUp()
    await desk.take(call({ party: { kind: 'number', raw: '+862150001000', name: null } }))
    await desk.take(call({ callId: CallId.parse('call-2'), party: { kind: 'internal', extension: '202', name: 'Ben' } }))
    expect(pops.map((pop) => pop.desk.match.kind)).toEqual(['ours', 'ours'])
  })

  it('that is withheld has no number anywhere: not in the pop, not on disk, not in the log, and asks nobody', async () => {
    const { desk, pops, missed, logged, writer } = await setUp()
    for (const [index, raw] of ['anonymous', 'Anonymous <sip:anonymous@anonymous.invalid>', '+266696687', 'Restricted'].entries()) {
      await desk.take(call({ callId: CallId.parse(`call-${index}`), party: { kind: 'number', raw, name: null } }))
    }
    await desk.take(call({ callId: CallId.parse('call-9'), party: { kind: 'withheld' } }))
    for (const { desk: shown, record } of pops) {
      expect(shown).toMatchObject({ number: null, match: { kind: 'withheld' }, customerId: null, call: { party: { kind: 'withheld' } } })
      expect(record).toBeNull()
    }
    expect(pops.length).toBe(5)
    expect(missed).toEqual([])
    expect(JSON.stringify([writer.opened().deskCalls, logged])).not.toMatch(/266696687|anonymous/i)
    await desk.take(call({ callId: CallId.parse('call-0'), revision: 2, phase: 'talking', answeredAt: 2, party: { kind: 'number', raw: 'anonymous', name: null } }))
    expect(pops.length).toBe(5)
    expect(desk.find(CallId.parse('call-0'))?.call).toMatchObject({ phase: 'talking', party: { kind: 'withheld' } })
  })

  it('that a colleague hands over brings their customer and their words', async () => {
    const { desk, pops } = await setUp()
    await desk.take(call({ party: { kind: 'withheld' }, handedOver: { fromUserId: someUser, customerId: li.id, note: 'wants the invoice again' } }))
    expect(pops[0]).toMatchObject({ desk: { customerId: li.id, draft: { content: { note: 'wants the invoice again' } } }, record: { customer: { id: li.id } } })
  })
})
