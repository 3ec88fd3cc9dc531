import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createReader } from '../../../db/worker/reader.ts'
import type { Remote } from '../../../db/worker/port.ts'
import { createDesk, type Desk } from '../../../main/calls/desk.ts'
import { createLog } from '../../../main/log.ts'
import type { AgentCall } from '../../../protocol/calls.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import type { EntityName } from '../../../protocol/entities.ts'
import { CallId, UserId, type CustomerId } from '../../../protocol/scalars.ts'
import type { DeskCall, Pop } from '../../../protocol/workstation.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { JOURNAL_KEY, newCommand, openWriter, someUser } from '../../support/writer-on-files.ts'

const otherUser = UserId.parse('0198a000-0000-7000-8000-000000000002')
const CANARY = '13800138000'
const wang = { ...entityExamples.customer(), organisationId: null }
const li = {
  ...entityExamples.customer(),
  organisationId: null,
  number: 'K-2',
  displayName: 'Li Na',
  nativeName: '李娜',
}
const phoneOf = (customerId: CustomerId, national: string) => ({
  ...entityExamples.contactPoint(),
  customerId,
  raw: national,
  e164: `+86${national}`,
  nationalKey: `CN:${national}`,
})

const rows: [EntityName, { id: string }][] = [
  ['customer', wang],
  ['customer', li],
  ['contactPoint', phoneOf(wang.id, CANARY)],
  ['contactPoint', phoneOf(wang.id, '13911112222')],
  ['contactPoint', phoneOf(li.id, '13911112222')],
  ['line', { ...entityExamples.line(), number: '+862150001000', country: 'CN' } as { id: string }],
]

/** Turns direct functions into calls that answer later, as a thread does. */
const remote = <C extends object>(calls: C): Remote<C> =>
  new Proxy({} as Remote<C>, {
    get:
      (_, name) =>
      async (...args: unknown[]) =>
        (calls[name as keyof C] as (...given: unknown[]) => unknown)(...args),
  })

async function setUp() {
  const folder = tempFolder()
  const writer = openWriter(folder)
  await writer.applyPage({
    epoch: null,
    after: 0,
    upTo: rows.length,
    changes: rows.map(([entity, row], index) => ({
      seq: index + 1,
      entity,
      id: row.id,
      version: 1,
      scope: 'org',
      row: row as never,
    })),
  })
  const reader = createReader({ folder, journalKeyHex: JOURNAL_KEY, cache: writer.cacheFile() })
  const pops: Pop[] = []
  const missed: DeskCall[] = []
  const gone: CallId[] = []
  const logged: string[] = []
  const state = {
    user: someUser,
    readable: true,
    unread: 0,
    country: 'CN' as string | null,
    reading: Promise.resolve(),
  }
  const desk: Desk = createDesk({
    reader: {
      pop: async (question) => {
        await state.reading
        if (!state.readable) throw new Error('database disk image is malformed')
        return reader.pop(question)
      },
    },
    writer: remote(writer),
    log: createLog(
      (line) => logged.push(line),
      () => 0,
    ),
    now: () => 1_760_000_000_000,
    newId: () => crypto.randomUUID(),
    place: () => ({ timeZone: 'Asia/Shanghai', currency: 'CNY', country: state.country }),
    userId: () => state.user,
    done: [],
    onUnread: () => {
      state.unread += 1
    },
    publish: (pop) => pops.push(pop),
    onChanged: () => {},
    onMissed: (call) => missed.push(call),
    onMissedGone: (callId) => gone.push(callId),
  })
  onTestFinished(() => {
    reader.close()
    writer.close()
  })
  return { desk, writer, pops, missed, gone, logged, state }
}

const call = (more: Partial<AgentCall> = {}): AgentCall => ({
  callId: CallId.parse('call-1'),
  revision: 1,
  userId: someUser,
  direction: 'in',
  phase: 'ringing',
  party: { kind: 'number', raw: CANARY, name: null },
  line: '+862150001000',
  queue: 'support',
  waitMs: 4000,
  collected: null,
  forwardedBy: null,
  offeredAt: 1_760_000_000_000,
  answeredAt: null,
  endedAt: null,
  talkMs: null,
  outcome: null,
  handedOver: null,
  phaseAt: null,
  givenTo: null,
  missed: null,
  ...more,
})

describe('a call at the workstation', () => {
  it('pops once with the whole record, however often it is reported', async () => {
    const { desk, pops } = await setUp()
    await Promise.all([desk.take(call()), desk.take(call()), desk.take(call({ revision: 1 }))])
    expect(pops.length).toBe(1)
    expect(pops[0]).toMatchObject({
      desk: { customerId: wang.id, match: { kind: 'one' }, number: { e164: `+86${CANARY}` } },
      record: { customer: { id: wang.id } },
    })
  })

  it('that one user missed also rings for the next user who signs in here', async () => {
    const { desk, state, pops } = await setUp()
    await desk.take(call())
    await desk.take(call({ revision: 3, phase: 'ended', outcome: 'missed', endedAt: 5 }))
    state.user = otherUser
    desk.begin([])
    await desk.take(call({ userId: otherUser }))
    expect(desk.calls().map((shown) => shown.call.userId)).toEqual([otherUser])
    expect(pops).toHaveLength(2)
  })

  it('that was answered elsewhere is withdrawn, and late news of it does not bring it back', async () => {
    const { desk, pops } = await setUp()
    await desk.take(call())
    await desk.take(call({ revision: 3, phase: 'ended', outcome: 'answered-elsewhere', endedAt: 5 }))
    expect(desk.calls()).toEqual([])
    await desk.take(call({ revision: 2, phase: 'ringing' }))
    await desk.take(call({ revision: 4, phase: 'talking', answeredAt: 4 }))
    expect(desk.calls()).toEqual([])
    expect(pops.length).toBe(1)
  })

  it('that nobody answered stays while there is a note about it', async () => {
    const { desk, writer } = await setUp()
    await desk.take(call())
    const draft = { ...desk.calls()[0]!.draft, content: { ...emptyDraft, note: 'he will call again' } }
    writer.saveDraft(someUser, draft.key, draft.content, 5)
    desk.noteDraft(draft)
    await desk.take(call({ revision: 2, phase: 'ended', outcome: 'missed', endedAt: 5 }))
    expect(desk.calls().map((shown) => shown.draft.content.note)).toEqual(['he will call again'])
  })

  it('that was handed over and that nobody answered disappears, unless this agent wrote a note of their own', async () => {
    const { desk, writer } = await setUp()
    const handedOver = { fromUserId: someUser, customerId: li.id, note: 'wants the invoice again' }
    await desk.take(call({ handedOver }))
    await desk.take(call({ revision: 2, phase: 'ended', outcome: 'missed', endedAt: 5, handedOver }))
    expect(desk.calls()).toEqual([])
    expect(writer.deskCalls(someUser)).toEqual([])
    const second = call({ callId: CallId.parse('call-2'), handedOver })
    await desk.take(second)
    const { draft } = desk.calls()[0]!
    desk.noteDraft({ ...draft, content: { ...draft.content, note: 'I call her back' } })
    await desk.take({ ...second, revision: 2, phase: 'ended', outcome: 'missed', endedAt: 5 })
    expect(desk.calls().length).toBe(1)
  })

  it('belongs to its user: the next user of this workstation does not see it, and the first user finds it again with every word', async () => {
    const { desk, writer, pops, state } = await setUp()
    await desk.take(call({ phase: 'talking', answeredAt: 2 }))
    const { draft } = desk.calls()[0]!
    writer.saveDraft(someUser, draft.key, { ...emptyDraft, note: 'half a sent' }, 5)
    state.user = otherUser
    expect(desk.calls()).toEqual([])
    expect(desk.find(CallId.parse('call-1'))).toBeNull()
    desk.begin(writer.deskCalls(otherUser))
    // News of the first user's call arrives while the other user works here.
    await desk.take(call({ revision: 2, phase: 'ended', answeredAt: 2, endedAt: 9 }))
    expect(desk.calls()).toEqual([])
    expect(pops.length).toBe(1)
    expect(writer.draft(otherUser, draft.key)).toBeNull()
    state.user = someUser
    desk.begin(writer.deskCalls(someUser))
    expect(desk.calls().map((shown) => shown.draft.content.note)).toEqual(['half a sent'])
  })

  it('that is wrapped up while its record is read again stays away, on the screen and on disk', async () => {
    const { desk, writer, pops, state } = await setUp()
    await desk.take(call({ phase: 'talking', answeredAt: 2 }))
    const { promise, resolve } = Promise.withResolvers<void>()
    state.reading = promise
    const read = desk.look(CallId.parse('call-1'), { customerId: li.id })
    await new Promise(setImmediate)
    writer.removeDeskCall(someUser, 'call-1')
    desk.remove(CallId.parse('call-1'))
    resolve()
    expect(await read).toBeNull()
    expect(desk.calls()).toEqual([])
    expect(pops.length).toBe(1)
    expect([writer.deskCalls(someUser), writer.draft(someUser, 'call-1')]).toEqual([[], null])
  })

  it('whose record is read between its removal from the disk and its removal from the screen disappears from both', async () => {
    const { desk, writer } = await setUp()
    await desk.take(call({ phase: 'talking', answeredAt: 2 }))
    writer.removeDeskCall(someUser, 'call-1')
    await desk.look(CallId.parse('call-1'))
    desk.remove(CallId.parse('call-1'))
    await new Promise(setImmediate)
    expect([writer.deskCalls(someUser), writer.draft(someUser, 'call-1')]).toEqual([[], null])
  })

  it('whose record cannot be read pops anyway with its number, and gets its record as soon as it can be read', async () => {
    const { desk, pops, missed, state, logged } = await setUp()
    state.readable = false
    await desk.take(call())
    expect(pops).toMatchObject([
      {
        desk: {
          number: { display: CANARY, e164: null },
          match: { kind: 'none' },
          unread: { code: 'RECORD_UNREADABLE' },
        },
        record: null,
      },
    ])
    expect([state.unread, missed.length]).toEqual([1, 0])
    await desk.take(call({ revision: 2, phase: 'talking', answeredAt: 2 }))
    await desk.readUnread()
    expect(state.unread).toBe(2)
    state.readable = true
    await desk.readUnread()
    expect(pops.at(-1)).toMatchObject({
      desk: { customerId: wang.id, number: { e164: `+86${CANARY}` }, call: { phase: 'talking' } },
      record: { customer: { id: wang.id } },
    })
    expect(pops.at(-1)?.desk.unread).toBeUndefined()
    await desk.readUnread()
    expect(pops.length).toBe(3)
    expect(logged.join()).not.toContain(CANARY)
  })

  it('of a withheld caller stays withheld when nothing can be read, and a matched call keeps its match', async () => {
    const { desk, pops, state } = await setUp()
    await desk.take(call({ callId: CallId.parse('call-2') }))
    state.readable = false
    await desk.take(call({ party: { kind: 'number', raw: 'anonymous', name: null } }))
    expect(pops[1]).toMatchObject({
      desk: { number: null, match: { kind: 'withheld' }, call: { party: { kind: 'withheld' } } },
    })
    await desk.look(CallId.parse('call-2'))
    expect(pops[2]).toMatchObject({ desk: { customerId: wang.id, match: { kind: 'one' } } })
  })

  it('that has ended never changes again', async () => {
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
    first.writer.saveDraft(someUser, draft.key, { ...emptyDraft, note: 'half a sent' }, 5)
    expect(first.writer.deskCalls(someUser)).toMatchObject([
      { customerId: wang.id, draft: { interactionId: draft.interactionId, content: { note: 'half a sent' } } },
    ])
  })

  it('from a number of two customers asks once which one it is, and remembers the answer', async () => {
    const { desk, writer, pops } = await setUp()
    await desk.take(call({ party: { kind: 'number', raw: '13911112222', name: null } }))
    expect(pops[0]).toMatchObject({ desk: { customerId: null, match: { kind: 'several' } }, record: null })
    writer.enter(
      [
        newCommand('number.pick', {
          pickId: crypto.randomUUID(),
          e164: '+8613911112222',
          customerId: li.id,
          verdict: 'them',
        }),
      ],
      {},
    )
    await desk.look(CallId.parse('call-1'), { customerId: li.id })
    expect(pops[1]).toMatchObject({ desk: { customerId: li.id }, record: { customer: { id: li.id } } })
    await desk.take(
      call({ callId: CallId.parse('call-2'), party: { kind: 'number', raw: '013911112222', name: null } }),
    )
    expect(pops[2]).toMatchObject({ desk: { customerId: li.id, match: { kind: 'one' } } })
  })

  it('from an unknown number makes the workstation ask the server, and suggests nobody by chance', async () => {
    const { desk, pops, missed } = await setUp()
    await desk.take(call({ party: { kind: 'number', raw: '13755556666', name: null } }))
    expect(pops[0]?.desk.match).toEqual({ kind: 'none', suggestions: [] })
    expect(missed.length).toBe(1)
  })

  it('whose caller keyed in an account number opens that account, withheld or not, and a number that nobody has does not stop the pop', async () => {
    const { desk, pops } = await setUp()
    await desk.take(call({ party: { kind: 'withheld' }, collected: ' k-2 ' }))
    await desk.take(
      call({
        callId: CallId.parse('call-2'),
        party: { kind: 'number', raw: '13755556666', name: null },
        collected: 'K-2',
      }),
    )
    await desk.take(call({ callId: CallId.parse('call-3'), party: { kind: 'withheld' }, collected: '000' }))
    expect(pops.map((pop) => pop.record?.customer.id ?? null)).toEqual([li.id, li.id, null])
  })

  it('from a number without a country, at a workstation that knows no country, opens nobody and suggests customers with these digits', async () => {
    const { desk, pops, state } = await setUp()
    state.country = null
    await desk.take(call({ line: null }))
    expect(pops[0]).toMatchObject({
      desk: {
        number: { kind: 'number', raw: CANARY, e164: null },
        customerId: null,
        match: { kind: 'none', suggestions: [{ customerId: wang.id, reasons: [{ code: 'suffix' }] }] },
      },
      record: null,
    })
    await desk.take(
      call({ callId: CallId.parse('call-2'), line: null, party: { kind: 'number', raw: `+86${CANARY}`, name: null } }),
    )
    expect(pops[1]?.record?.customer.id).toBe(wang.id)
  })

  it('from our own line or a colleague matches nobody', async () => {
    const { desk, pops } = await setUp()
    await desk.take(call({ party: { kind: 'number', raw: '+862150001000', name: null } }))
    await desk.take(
      call({ callId: CallId.parse('call-2'), party: { kind: 'internal', extension: '202', name: 'Ben' } }),
    )
    expect(pops.map((pop) => pop.desk.match.kind)).toEqual(['ours', 'ours'])
  })

  it('that is withheld has no number anywhere (not in the pop, not on disk, not in the log), and looks nobody up', async () => {
    const { desk, pops, missed, logged, writer } = await setUp()
    for (const [index, raw] of [
      'anonymous',
      'Anonymous <sip:anonymous@anonymous.invalid>',
      '+266696687',
      'Restricted',
    ].entries()) {
      await desk.take(call({ callId: CallId.parse(`call-${index}`), party: { kind: 'number', raw, name: null } }))
    }
    await desk.take(call({ callId: CallId.parse('call-9'), party: { kind: 'withheld' } }))
    for (const { desk: shown, record } of pops) {
      expect(shown).toMatchObject({
        number: null,
        match: { kind: 'withheld' },
        customerId: null,
        call: { party: { kind: 'withheld' } },
      })
      expect(record).toBeNull()
    }
    expect(pops.length).toBe(5)
    expect(missed).toEqual([])
    expect(JSON.stringify([writer.deskCalls(someUser), logged])).not.toMatch(/266696687|anonymous/i)
    await desk.take(
      call({
        callId: CallId.parse('call-0'),
        revision: 2,
        phase: 'talking',
        answeredAt: 2,
        party: { kind: 'number', raw: 'anonymous', name: null },
      }),
    )
    expect(pops.length).toBe(5)
    expect(desk.find(CallId.parse('call-0'))?.call).toMatchObject({ phase: 'talking', party: { kind: 'withheld' } })
  })

  it('that a colleague hands over brings their customer and their words, which do not become this agent’s note', async () => {
    const { desk, pops } = await setUp()
    await desk.take(
      call({
        party: { kind: 'withheld' },
        handedOver: { fromUserId: someUser, customerId: li.id, note: 'wants the invoice again' },
      }),
    )
    expect(pops[0]).toMatchObject({
      desk: {
        customerId: li.id,
        call: { handedOver: { note: 'wants the invoice again' } },
        draft: { content: { note: '' } },
      },
      record: { customer: { id: li.id } },
    })
  })
})

describe('a call that was transferred and that nobody took', () => {
  const given = { extension: '202', userId: otherUser, why: null }
  it('rings again as the same call, with the note that was written about it', async () => {
    const { desk, writer, pops } = await setUp()
    await desk.take(call({ revision: 2, phase: 'talking', answeredAt: 10 }))
    const draft = desk.calls()[0]?.draft
    if (!draft) throw new Error('no call')
    writer.saveDraft(someUser, draft.key, { ...emptyDraft, note: 'asks about the lamp' }, 5)
    desk.noteDraft({ ...draft, savedAt: 5, content: { ...emptyDraft, note: 'asks about the lamp' } })
    await desk.take(
      call({
        revision: 3,
        phase: 'ended',
        answeredAt: 10,
        endedAt: 20,
        outcome: 'transferred',
        givenTo: { ...given, state: 'ringing' },
      }),
    )
    const back = call({
      revision: 4,
      phase: 'ringing',
      answeredAt: 10,
      waitMs: 45_000,
      givenTo: { ...given, state: 'back', why: 'notAnswered' },
    })
    await desk.take(back)
    expect(desk.calls()).toMatchObject([
      {
        call: { phase: 'ringing', waitMs: 45_000, givenTo: { state: 'back' } },
        customerId: wang.id,
        draft: { content: { note: 'asks about the lamp' } },
      },
    ])
    expect(pops).toHaveLength(2)
    // News from before the return that arrives late changes nothing.
    await desk.take(call({ revision: 3, phase: 'ended', answeredAt: 10, endedAt: 20, outcome: 'transferred' }))
    expect(desk.calls()[0]?.call.phase).toBe('ringing')
  })

  it('does not begin again unless it came back', async () => {
    const { desk } = await setUp()
    await desk.take(call({ revision: 2, phase: 'ended', answeredAt: 10, endedAt: 20, outcome: 'completed' }))
    await desk.take(call({ revision: 3, phase: 'talking', answeredAt: 10 }))
    expect(desk.calls()[0]?.call.phase).toBe('ended')
  })
})

describe('a call that rang here and that nobody answered', () => {
  const over = (more: Partial<AgentCall> = {}) =>
    call({ revision: 2, phase: 'ended', endedAt: 30, outcome: 'missed', ...more })
  const missed = over({ revision: 3, missed: { interactionId: '0198a000-0000-7000-8000-00000000000a' } })

  it('is no longer a tab, but shows who called until the agent dismisses it', async () => {
    const { desk, pops } = await setUp()
    await desk.take(call())
    await desk.take(over())
    expect([desk.calls(), desk.missed()]).toEqual([[], []])
    await desk.take(missed)
    expect(desk.calls()).toEqual([])
    expect(desk.missed()).toMatchObject([{ customerId: wang.id, number: { e164: `+86${CANARY}` } }])
    expect(pops).toHaveLength(1)
    expect(desk.dismiss(missed.callId)).toBe(true)
    await desk.take({ ...missed, revision: 4 })
    expect(desk.missed()).toEqual([])
    expect(desk.dismiss(missed.callId)).toBe(false)
  })

  it('is there after a restart of the workstation, and a workstation that was away is told about it', async () => {
    const { desk, writer } = await setUp()
    await desk.take(missed)
    await vi.waitFor(() => {
      expect(writer.deskCalls(someUser)).toHaveLength(1)
    })
    desk.begin(writer.deskCalls(someUser))
    expect(desk.missed()).toMatchObject([{ customerId: wang.id }])
    expect(desk.calls()).toEqual([])
  })

  it('stays a tab if the agent wrote something while it rang', async () => {
    const { desk } = await setUp()
    await desk.take(call())
    const draft = desk.calls()[0]?.draft
    if (!draft) throw new Error('no call')
    desk.noteDraft({ ...draft, savedAt: 5, content: { ...emptyDraft, note: 'look at the order' } })
    await desk.take(over())
    await desk.take(missed)
    expect([desk.calls().length, desk.missed().length]).toEqual([1, 0])
    expect(desk.calls()[0]?.call.missed).toEqual(missed.missed)
  })

  it('disappears if its customer is erased, and the server is told so', async () => {
    const { desk, gone } = await setUp()
    await desk.take(missed)
    await desk.forget(wang.id)
    expect(desk.missed()).toEqual([])
    expect(gone).toEqual([missed.callId])
  })
})
