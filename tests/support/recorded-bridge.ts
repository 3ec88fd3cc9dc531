import { heldAt } from '../../domain/complaint-chain.ts'
import { hasTyped } from '../../domain/typed-content.ts'
import { saysNothing, toldIn, wasTold } from '../../domain/price-guard.ts'
import type { AgentState } from '../../protocol/calls.ts'
import { emptyDraft, type Draft } from '../../protocol/draft.ts'
import { ok, refuse, type Refusal, type Result } from '../../protocol/errors.ts'
import type { Complaint, InteractionRevision, Quote, Task } from '../../protocol/entities.ts'
import type { ComplaintStep } from '../../protocol/entities/complaint.ts'
import type { CustomerRecord, PriceMemory } from '../../protocol/record.ts'
import {
  queries,
  type ApprovalItem,
  type DeskCall,
  type FieldConflict,
  type Pop,
  type QueryArgs,
  type QueryName,
  type QueryResult,
  type SearchHit,
  type Session,
  type SyncState,
  type TaskView,
  type UnsentItem,
} from '../../protocol/workstation.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { CoreConnection, ScreenBridge } from '../../renderer/bridge/screen-bridge.ts'
import { candidate, deskCall, type Caller } from './recorded/calls.ts'
import { businessRecord, customers, guestRecord, organisationRecord, retailRecord } from './recorded/records.ts'
import { agentStates, colleagues, DAY, HOUR, MINUTE, nextId, products, task, userId } from './recorded/rows.ts'

interface OpenWatch {
  readonly query: QueryName
  readonly args: unknown
  readonly listener: (result: Result<never>) => void
}
export interface Asked {
  readonly verb: 'act' | 'run'
  readonly name: string
  readonly args: unknown
}

/** A bridge with recorded rows instead of a core, for tests and pictures of screens. Every answer fits the contract. */
export interface RecordedBridge extends ScreenBridge {
  readonly asked: readonly Asked[]
  ring(caller: Caller, fields?: Partial<DeskCall['call']>): DeskCall
  setCall(desk: DeskCall): void
  /** Shows a call that rang here and that nobody answered. */
  miss(caller: Caller, at: number): void
  endCall(callId: string): void
  /** Removes a record as an erasure at the server does, and tells the screens. */
  erase(customerId: CustomerId): void
  /** Shows a step of a complaint that somebody took at another workstation. */
  setComplaintStep(number: string, step: ComplaintStep, department: Complaint['department']): void
  /** Shows a change that somebody made at another workstation. */
  changeCustomer(customerId: CustomerId, fields: Partial<CustomerRecord['customer']>): void
  setConflicts(found: FieldConflict[]): void
  /** null means that the server does not say. */
  setColleagueStates(states: AgentState[] | null): void
  /** Prices that wait for the user's decision, and decisions that they have not seen. */
  setApprovals(waiting: readonly ApprovalItem[], seen?: readonly ApprovalItem[]): void
  /** Further customers that a search finds by their names. */
  addNamesakes(count: number, displayName: string): void
  setRevisions(rows: readonly InteractionRevision[]): void
  /** Replaces the record of a customer. */
  setRecord(record: CustomerRecord): void
  setSync(fields: Partial<SyncState>): void
  setSession(fields: Partial<Session>): void
  setConnection(state: CoreConnection): void
  /** Makes an action or command fail until this is called with null. */
  failWith(name: string, refusal: Refusal | null): void
}

const siteOf = { name: 'Shenzhen', timeZone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' }

export function createRecordedBridge(now: () => number = Date.now): RecordedBridge {
  const watches = new Set<OpenWatch>()
  const popListeners = new Set<(pop: Pop) => void>()
  const erasedListeners = new Set<(erased: { customerId: CustomerId }) => void>()
  const connectionListeners = new Set<() => void>()
  const asked: Asked[] = []
  const failures = new Map<string, Refusal>()
  const drafts = new Map<string, Draft>()
  const records = new Map<string, CustomerRecord>()
  for (const record of [businessRecord(now()), organisationRecord(now()), guestRecord(now()), retailRecord(now())])
    records.set(record.customer.id, record)
  let conflicts: FieldConflict[] = []
  let calls: DeskCall[] = []
  let missed: DeskCall[] = []
  let approvals: ApprovalItem[] = []
  let decided: ApprovalItem[] = []
  let revisions: InteractionRevision[] = []
  let namesakes: CustomerRecord['customer'][] = []
  let connection: CoreConnection = 'connected'
  let session: Session = {
    identity: {
      userId: userId(1),
      login: 'wang.min',
      displayName: 'Wang Min',
      role: 'agent',
      team: 'support',
      extension: '2001',
      scopes: ['org'],
    },
    expired: false,
    site: siteOf,
    secretStore: 'file',
    appVersion: '0.1.0',
  }
  let sync: SyncState = {
    link: 'online',
    refusal: null,
    reachedAt: now(),
    unsent: 0,
    needsAttention: 0,
    behind: 0,
    setup: null,
    alarm: null,
  }
  let states: AgentState[] | null = agentStates(now())
  let agent: AgentState = {
    userId: userId(1),
    revision: 1,
    state: 'READY',
    reason: null,
    since: now() - 4 * MINUTE,
    until: null,
    next: null,
  }

  const unsent = (): UnsentItem[] =>
    Array.from({ length: sync.unsent }, (_, n) => ({
      commandId: nextId(),
      seq: n + 1,
      name: n === 0 ? 'interaction.wrapUp' : n === 1 || n === 3 ? 'quote.issue' : 'preference.set',
      args:
        n === 0
          ? { note: 'Called about the delivery of 88121; promised an answer by Friday.' }
          : n === 1 || n === 3
            ? { lines: [{ quantity: 200, unitPriceMinor: 18_200 }] }
            : { key: 'invoice', value: 'e-invoice' },
      currency: n === 1 ? 'CNY' : n === 3 ? 'JPY' : null,
      customerName: 'Li Wei',
      customerId: customers.liWei.id,
      about: null,
      userName: 'Wang Min',
      at: now() - (n + 1) * 7 * MINUTE,
      state: n >= 2 ? 'refused' : 'waiting',
      outcome: n >= 2 ? { kind: 'refused', error: { code: 'CUSTOMER_UNKNOWN', params: {} } } : null,
    }))

  const search = ({ text, limit }: QueryArgs<'customer.search'>): SearchHit[] =>
    [...named(text), ...numbered(text)].slice(0, limit)
  const numbered = (text: string): SearchHit[] =>
    [...records.values()].flatMap((record) => {
      const papers: readonly (readonly [SearchHit['foundBy'], readonly { readonly number: string | null }[]])[] = [
        ['order', record.orders.map(({ order }) => order)],
        ['invoice', record.invoices],
        ['quote', record.quotes],
        ['complaint', record.complaints],
        [
          'tracking',
          record.orders.flatMap(({ shipments }) => shipments.map(({ trackingNumber: number }) => ({ number }))),
        ],
      ]
      return papers.flatMap(([foundBy, rows]) =>
        rows.some(({ number }) => number === text.trim()) ? [{ ...hit(record), foundBy, found: text.trim() }] : [],
      )
    })
  const named = (text: string): SearchHit[] => {
    const wanted = text.trim().toLowerCase()
    if (wanted === '') return []
    const all = [...Object.values(customers), ...namesakes]
    return all
      .filter((c) => `${c.displayName} ${c.nativeName ?? ''} ${c.number}`.toLowerCase().includes(wanted))
      .map((c) => {
        const { reasons: _, ...hit } = candidate(c, [])
        return {
          ...hit,
          foundBy: c.nativeName?.includes(wanted) ? ('nativeName' as const) : ('name' as const),
          found: null,
        }
      })
  }
  const heldAgainst = (told: readonly Quote[], productId: string): PriceMemory['heldAgainst'] => {
    const newest = told.find(({ status }) => !saysNothing.includes(status))
    const price = newest && toldIn(newest, productId)
    return newest && price ? { quoteId: newest.id, ...price } : null
  }
  const memory = (args: { customerId: string; productId: string }): PriceMemory | null => {
    const product = products.find((p) => p.id === args.productId)
    if (!product) return null
    const told = (records.get(args.customerId)?.quotes ?? []).filter(
      (q) => wasTold(q) && q.lines.some((l) => l.productId === product.id),
    )
    return {
      productId: product.id,
      currency: 'CNY',
      listPriceMinor: product.listPriceMinor,
      floorPriceMinor: product.floorPriceMinor,
      toldBefore: told.map((q) => ({
        quoteId: q.id,
        number: q.number,
        at: q.issuedAt,
        by: q.issuedBy,
        unitPriceMinor: q.lines[0]?.unitPriceMinor ?? 0,
        currency: 'CNY',
        status: q.status,
        to: null,
      })),
      heldAgainst: heldAgainst(told, product.id),
      openWithColleagues: [
        {
          quoteId: nextId(),
          customerId: customers.chen.id,
          customerName: 'Chen Xiaoming',
          at: now() - 3 * DAY,
          by: userId(2),
          unitPriceMinor: 18_450,
          currency: 'CNY',
        },
      ],
      waiting: approvals
        .filter(({ quote }) => quote.customerId === args.customerId)
        .flatMap(({ quote: { id, issuedAt, issuedBy, lines, currency } }) =>
          lines
            .filter((line) => line.productId === product.id)
            .map(({ unitPriceMinor }) => ({ quoteId: id, at: issuedAt, by: issuedBy, unitPriceMinor, currency })),
        ),
      paidBefore: [{ orderId: nextId(), at: now() - 35 * DAY, unitPriceMinor: 18_600, currency: 'CNY' }],
      people: colleagues.map(({ userId: id, displayName, nativeName }) => ({ userId: id, displayName, nativeName })),
    }
  }
  const complaintItems = () =>
    [...records.values()].flatMap((r) =>
      r.complaints.filter((c) => c.closedAt === null).map((complaint) => ({ complaint, customer: hit(r) })),
    )
  const hit = (record: CustomerRecord) => {
    const { reasons: _, ...rest } = candidate(record.customer, [])
    return rest
  }
  const taskItems = () => tasks.filter((item) => item.task.status === 'open')
  const openDrafts = () =>
    [...drafts.values()].flatMap((draft) => {
      const record = draft.customerId === null ? undefined : records.get(draft.customerId)
      return draft.callId === null && hasTyped(draft.content) ? [{ draft, customer: record ? hit(record) : null }] : []
    })
  const businessRecordOf = (): CustomerRecord => {
    const record = records.get(customers.liWei.id)
    if (!record) throw new Error('rows are missing')
    return record
  }

  const tasks = [
    {
      task: task(customers.liWei.id, 'Call back about the spring volume', now() - 40 * MINUTE),
      customer: hit(businessRecordOf()),
      phone: '+8613800138000',
    },
    {
      task: task(customers.wangFang.id, '回访：是否收到更换的货', now() + 3 * HOUR, { ownerUserId: null }),
      customer: hit(records.get(customers.wangFang.id) ?? businessRecordOf()),
      phone: '+8613925550199',
    },
    {
      task: task(customers.emma.id, 'Birthday greeting', now() + DAY, { kind: 'birthday' }),
      customer: hit(records.get(customers.emma.id) ?? businessRecordOf()),
      phone: '+447911123456',
    },
  ]
  const taskList = (view: TaskView): QueryResult<'tasks.list'> => {
    const ended = tasks.filter((item) => item.task.status !== 'open')
    const open = taskItems()
    return {
      items: view === 'ended' ? ended : open,
      counts: { mine: open.length, team: open.length, all: open.length, ended: ended.length },
    }
  }
  const moveTask = (taskId: string, fields: Partial<Task>): void => {
    const item = tasks.find(({ task: { id } }) => id === taskId)
    if (item) item.task = { ...item.task, ...fields }
    pushAll('tasks.open', 'tasks.list', 'work.counts')
  }
  const doCommand = (name: string, args: never): void => {
    const { taskId, quoteId } = args as { taskId: string; quoteId: string }
    if (name === 'task.done') moveTask(taskId, { status: 'done', doneAt: now(), doneBy: userId(1) })
    if (name === 'task.drop') moveTask(taskId, { status: 'dropped', doneAt: now(), doneBy: userId(1) })
    if (name === 'task.takeBack') moveTask(taskId, { status: 'open', doneAt: null, doneBy: null })
    if (name === 'task.claim') moveTask(taskId, { ownerUserId: userId(1) })
    if (name === 'quote.decide') approvals = approvals.filter(({ quote }) => quote.id !== quoteId)
    if (name === 'quote.seen') decided = decided.filter(({ quote }) => quote.id !== quoteId)
    if (name.startsWith('quote.')) pushAll('approvals.waiting', 'approvals.decided', 'work.counts', 'price.memory')
  }
  const answer = (query: QueryName, args: never): unknown => {
    switch (query) {
      case 'session':
        return session
      case 'sync.state':
        return sync
      case 'sync.unsent':
        return unsent()
      case 'drafts.open':
        return openDrafts()
      case 'agent.state':
        return agent
      case 'desk.calls':
        return calls.map((desk) => ({ ...desk, draft: drafts.get(desk.draft.key) ?? desk.draft }))
      case 'calls.missed':
        return missed.map(({ call, number, match, customerId }) => ({ call, number, match, customerId }))
      case 'customer.record':
        return records.get((args as QueryArgs<'customer.record'>).customerId) ?? null
      case 'customer.conflicts':
        return conflicts
      case 'customer.timeline':
        return { entries: [], before: null }
      case 'customer.search':
        return search(args)
      case 'price.memory':
        return memory(args)
      case 'product.search': {
        const { text } = args as QueryArgs<'product.search'>
        return products.filter((p) =>
          `${p.sku} ${p.name} ${p.nativeName ?? ''}`.toLowerCase().includes(text.toLowerCase()),
        )
      }
      case 'draft':
        return drafts.get((args as QueryArgs<'draft'>).key) ?? null
      case 'tasks.open':
        return taskItems()
      case 'tasks.list':
        return taskList((args as QueryArgs<'tasks.list'>).view)
      case 'approvals.waiting':
        return approvals
      case 'approvals.decided':
        return decided
      case 'work.counts':
        return { callbacks: 1, complaints: 0, approvals: approvals.length }
      case 'interaction.revisions':
        return {
          revisions,
          people: colleagues.map(({ userId: id, displayName, nativeName }) => ({
            userId: id,
            displayName,
            nativeName,
          })),
        }
      case 'complaints.open':
        return complaintItems()
      case 'colleagues':
        return colleagues
      case 'colleagues.states':
        return states
    }
  }
  const push = (watch: OpenWatch): void => {
    const value = queries[watch.query].result.parse(answer(watch.query, watch.args as never))
    watch.listener(ok(value) as Result<never>)
  }
  const pushAll = (...names: QueryName[]): void => {
    for (const watch of watches) if (names.includes(watch.query)) push(watch)
  }
  const setCall = (desk: DeskCall): void => {
    calls = [...calls.filter((d) => d.call.callId !== desk.call.callId), desk]
    pushAll('desk.calls')
  }
  const change = (callId: string, patch: (desk: DeskCall) => DeskCall): void => {
    const desk = calls.find((d) => d.call.callId === callId)
    if (desk) setCall(patch(desk))
  }
  const move = (callId: string, fields: Partial<DeskCall['call']>): void =>
    change(callId, (desk) => ({
      ...desk,
      call: { ...desk.call, phaseAt: now(), ...fields, revision: desk.call.revision + 1 },
    }))

  const act = (name: string, args: never): unknown => {
    switch (name) {
      case 'draft.save': {
        const { key, content } = args as { key: string; content: Draft['content'] }
        const draft = drafts.get(key)
        if (draft) drafts.set(key, { ...draft, content, savedAt: now() })
        return { savedAt: now() }
      }
      case 'draft.open': {
        const { customerId } = args as QueryArgs<'customer.record'>
        const key = `customer:${customerId}`
        const draft = drafts.get(key) ?? {
          key,
          interactionId: nextId(),
          callId: null,
          customerId,
          openedAt: now(),
          savedAt: null,
          content: emptyDraft,
        }
        drafts.set(key, draft)
        pushAll('draft')
        return draft
      }
      case 'draft.discard': {
        drafts.delete((args as { key: string }).key)
        pushAll('draft', 'drafts.open')
        return null
      }
      case 'call.control': {
        const control = args as { action: string; callId: string }
        if (control.action === 'answer') move(control.callId, { phase: 'talking', answeredAt: now() })
        if (control.action === 'hold') move(control.callId, { phase: 'held' })
        if (control.action === 'resume') move(control.callId, { phase: 'talking' })
        if (control.action === 'transfer') {
          const { toExtension } = args as { toExtension: string }
          const to = colleagues.find(({ extension }) => extension === toExtension)
          move(control.callId, {
            phase: 'ended',
            endedAt: now(),
            outcome: 'transferred',
            givenTo: { extension: toExtension, userId: to?.userId ?? null, state: 'ringing', why: null },
          })
        }
        if (control.action === 'hangup') move(control.callId, { phase: 'ended', endedAt: now(), outcome: 'completed' })
        return null
      }
      case 'missed.dismiss': {
        missed = missed.filter(({ call }) => call.callId !== (args as { callId: string }).callId)
        pushAll('calls.missed')
        return null
      }
      case 'agent.setState': {
        agent = { ...agent, ...(args as Partial<AgentState>), since: now(), revision: agent.revision + 1 }
        pushAll('agent.state')
        return null
      }
      case 'desk.pick': {
        const { callId, customerId } = args as { callId: string; customerId: DeskCall['customerId'] }
        change(callId, (desk) => ({ ...desk, customerId }))
        return null
      }
      case 'desk.reject': {
        change((args as { callId: string }).callId, (desk) => ({
          ...desk,
          customerId: null,
          match: { kind: 'none', suggestions: [] },
        }))
        return null
      }
      case 'desk.wrapUp': {
        const { key } = args as { key: string }
        calls = calls.filter((d) => d.call.callId !== key)
        drafts.delete(key)
        pushAll('desk.calls')
        pushAll('draft')
        return { interactionId: nextId(), finishedTaskId: null }
      }
      case 'sync.dismiss': {
        conflicts = conflicts.filter(({ commandId }) => commandId !== (args as { commandId: string }).commandId)
        pushAll('customer.conflicts')
        return null
      }
      case 'desk.capture':
        return { customerId: customers.chen.id }
      case 'session.signIn':
        session = {
          ...session,
          identity: {
            userId: userId(1),
            login: 'wang.min',
            displayName: 'Wang Min',
            role: 'agent',
            team: 'support',
            extension: '2001',
            scopes: ['org'],
          },
        }
        pushAll('session')
        return null
      default:
        return null
    }
  }

  const respond = async (
    verb: Asked['verb'],
    name: string,
    args: unknown,
    value: () => unknown,
  ): Promise<Result<never>> => {
    asked.push({ verb, name, args })
    await Promise.resolve()
    if (connection === 'gone') return refuse('CORE_GONE')
    const refusal = failures.get(name)
    return refusal ? { ok: false, error: refusal } : (ok(value()) as Result<never>)
  }

  return {
    asked,
    watch<Q extends QueryName>(query: Q, args: QueryArgs<Q>, listener: (result: Result<QueryResult<Q>>) => void) {
      const watch: OpenWatch = { query, args, listener }
      watches.add(watch)
      queueMicrotask(() => {
        if (watches.has(watch)) push(watch)
      })
      return () => watches.delete(watch)
    },
    act: (name, args) => respond('act', name, args, () => act(name, args as never)),
    run: (name, args) =>
      respond('run', name, args, () => {
        doCommand(name, args as never)
        return { commandId: nextId() }
      }),
    on(event, listener) {
      if (event === 'erased') {
        erasedListeners.add(listener as (erased: { customerId: CustomerId }) => void)
        return () => erasedListeners.delete(listener as (erased: { customerId: CustomerId }) => void)
      }
      if (event !== 'pop') return () => {}
      popListeners.add(listener as (pop: Pop) => void)
      return () => popListeners.delete(listener as (pop: Pop) => void)
    },
    connection: () => connection,
    onConnection(listener) {
      connectionListeners.add(listener)
      return () => connectionListeners.delete(listener)
    },
    ring(caller, fields) {
      const desk = deskCall(caller, now(), fields)
      drafts.set(desk.draft.key, desk.draft)
      const record = desk.customerId ? (records.get(desk.customerId) ?? null) : null
      for (const listener of popListeners) listener({ desk, record })
      setCall(desk)
      return desk
    },
    setCall,
    miss(caller, at) {
      const desk = deskCall(caller, at, { callId: `missed-${caller}` as DeskCall['call']['callId'] })
      missed = [
        {
          ...desk,
          call: {
            ...desk.call,
            phase: 'ended',
            endedAt: at,
            offeredAt: at,
            outcome: 'missed',
            missed: { interactionId: nextId() },
          },
        },
        ...missed,
      ]
      pushAll('calls.missed')
    },
    endCall: (callId) => move(callId, { phase: 'ended', endedAt: now(), outcome: 'completed' }),
    erase(customerId) {
      records.delete(customerId)
      for (const [key, draft] of drafts) if (draft.customerId === customerId) drafts.delete(key)
      for (const listener of erasedListeners) listener({ customerId })
      pushAll('customer.record', 'drafts.open')
    },
    setComplaintStep(number, step, department) {
      for (const [key, record] of records)
        records.set(key, {
          ...record,
          complaints: record.complaints.map((c) =>
            c.number === number ? { ...c, step, department, ownerUserId: heldAt(step, c) } : c,
          ),
        })
      pushAll('customer.record')
    },
    changeCustomer(customerId, fields) {
      const record = records.get(customerId)
      if (record) records.set(customerId, { ...record, customer: { ...record.customer, ...fields } })
      pushAll('customer.record')
    },
    setConflicts(found) {
      conflicts = found
      pushAll('customer.conflicts')
    },
    setColleagueStates(told) {
      states = told
      pushAll('colleagues.states')
    },
    setApprovals(waiting, unseen = []) {
      approvals = [...waiting]
      decided = [...unseen]
      pushAll('approvals.waiting', 'approvals.decided', 'work.counts', 'price.memory')
    },
    setRevisions(rows) {
      revisions = [...rows]
    },
    setRecord(record) {
      records.set(record.customer.id, record)
      pushAll('customer.record')
    },
    setSync(fields) {
      sync = { ...sync, ...fields }
      pushAll('sync.state', 'sync.unsent')
    },
    addNamesakes(count, displayName) {
      namesakes = Array.from({ length: count }, (_, n) => ({
        ...customers.chen,
        id: nextId() as CustomerId,
        displayName: `${displayName} ${n + 1}`,
        nativeName: null,
      }))
    },
    setSession(fields) {
      session = { ...session, ...fields }
      pushAll('session')
    },
    setConnection(state) {
      connection = state
      for (const listener of connectionListeners) listener()
    },
    failWith(name, refusal) {
      if (refusal) failures.set(name, refusal)
      else failures.delete(name)
    },
  }
}
