import { setTimeout as pause } from 'node:timers/promises'
import { refuse, type Result } from '../../protocol/errors.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { AgentState } from '../../protocol/calls.ts'
import { REVISIONS_A_TERM, type CallCenter, type CenterTerms } from './call-center.ts'
import type { CallDesk, DeskNews } from './call-desk.ts'
import { createDeskRegister, type DeskRegister } from './desk-register.ts'
import { createNodeLine } from './node-line.ts'
import type { DeskWish, NodeMessage } from './node-message.ts'
import { createOpenQuestions } from './open-questions.ts'
import { createTelephoneLease, type Holding } from './telephone-lease.ts'

/** The calls of the whole server, at whichever node they are kept (docs/adr/0013). */
export interface SharedDesk extends CallDesk {
  /** These customers were erased: no note that names them is shown any more. */
  forgetCustomers(customerIds: readonly string[]): void
  /** Whether this node has the telephones. */
  hasTelephones(): boolean
  /**
   * Resolves when this node has the telephones or knows which node has them. It never waits long, because a node also
   * works without them.
   */
  start(): Promise<void>
  /** Gives the telephones back after everything that happened has been written. */
  stop(): Promise<void>
}

export interface SharedDeskOptions {
  readonly connectionString: string
  /** The node's machine and port, for operators. */
  readonly nodeName: () => string
  readonly createCenter: (terms: CenterTerms) => CallCenter
  /** Sends news to the workstations that are connected to this node. */
  readonly publish: (news: DeskNews) => void
  readonly onError: (error: Error) => void
}

interface Held {
  readonly id: string
  readonly center: CallCenter
  readonly register: DeskRegister
  /** False while it still learns which calls are going on. */
  ready: boolean
  started: Promise<void>
}

/** A node that was silent for this long counts as having no workstations. */
const NODE_LEASE_MS = 6000
/** The node that has the telephones answers a starting node at once, so this is long enough to wait. */
const KNOWS_WITHIN_MS = 300
/** A node that cannot start the telephones within this time leaves them to another node. */
const START_WITHIN_MS = 10_000
/**
 * A request without an answer by then is refused. The node with the telephones ignores a request that it receives
 * later.
 */
const ANSWER_WITHIN_MS = 3000

/**
 * One node has the telephones and folds their calls. The others pass on the requests of their agents and receive what
 * to show. `telephone-lease.ts` decides which node has them; this module carries the requests and the news.
 */
export function createSharedDesk({
  connectionString,
  nodeName,
  createCenter,
  publish,
  onError,
}: SharedDeskOptions): SharedDesk {
  /** How many workstations each user has at this node. */
  const here = new Map<UserId, number>()
  const erased = new Set<string>()
  const questions = createOpenQuestions<AgentState | null>(ANSWER_WITHIN_MS)
  let held: Held | null = null
  let holder: { readonly node: string; readonly holding: string } | null = null
  /**
   * Settles when the earlier holding has stopped. The one telephone system can report to only one holding at a time.
   */
  let ending: Promise<void> = Promise.resolve()
  let stopping = false
  const knows = Promise.withResolvers<void>()

  const line = createNodeLine({
    connectionString,
    onHeard: heard,
    onError,
    onOpened: () => {
      line.say({ kind: 'hello' })
      lease.opened()
    },
    onBroken: () => {
      lease.broken()
      forgetHolder()
    },
    onBeat: (askedAt) => {
      lease.beat(askedAt)
      if (holder) line.say({ kind: 'alive', holding: holder.holding })
      held?.register.letGo()
    },
  })
  const lease = createTelephoneLease({ line, nodeName, onTaken: take, onResumed: resume, onLost: lose, onError })

  function take(holding: Holding): void {
    if (stopping) return
    const isHeld = () => held === mine && lease.isHeld()
    const center = createCenter({
      firstRevision: holding.term * REVISIONS_A_TERM,
      isErased: (customerId) => erased.has(customerId),
      isHeld,
      publish: (news) => {
        if (!isHeld()) return
        // Tell workstations at this node first; the other nodes hear of it afterwards.
        publish(news)
        if (register.isElsewhere(line.nodeId, userOf(news))) line.say({ kind: 'news', to: null, news })
      },
    })
    const register = createDeskRegister({
      own: line.nodeId,
      leaseMs: NODE_LEASE_MS,
      now: () => performance.now(),
      onCame: center.connected,
      onLeft: center.disconnected,
    })
    const mine: Held = { id: holding.id, center, register, ready: false, started: Promise.resolve() }
    held = mine
    forgetHolder()
    mine.started = begin(mine)
  }

  async function begin(mine: Held): Promise<void> {
    const failed = (error: Error) => {
      onError(error)
      if (held !== mine) return
      lease.giveUp()
      lose()
    }
    const late = setTimeout(() => {
      failed(new Error('the telephones did not start in time'))
    }, START_WITHIN_MS)
    try {
      await ending
      if (held === mine) await mine.center.start()
    } catch (error) {
      failed(error as Error)
    } finally {
      clearTimeout(late)
    }
    if (held !== mine) return
    mine.ready = true
    mine.register.tell(line.nodeId, here)
    for (const userId of here.keys()) tellCurrent(mine, line.nodeId, userId)
    announce(null)
  }

  /** The line was broken and messages were lost, so all nodes report again. */
  function resume(): void {
    held?.register.renewAll()
    announce(null)
  }

  function lose(): void {
    if (!held) return
    const { center, started } = held
    held = null
    ending = started.then(() => center.stop()).catch(onError)
  }

  /** The holding of this node, if it may act at this moment. */
  const mayAct = (): Held | null => (held?.ready && lease.isHeld() ? held : null)

  function announce(to: string | null): void {
    if (held?.ready) line.say({ kind: 'holder', holding: held.id, to })
  }

  /** Tells a user's workstations at a node their state and calls. They ignore what they know already. */
  function tellCurrent({ center }: Held, node: string, userId: UserId): void {
    const { calls, state } = center.currentOf(userId)
    const news: DeskNews[] = [
      ...(state ? [{ kind: 'agentState' as const, state }] : []),
      ...calls.map((call) => ({ kind: 'call' as const, call })),
    ]
    for (const one of news) {
      if (node === line.nodeId) publish(one)
      else line.say({ kind: 'news', to: node, news: one })
    }
  }

  function heard(from: string, message: NodeMessage): void {
    switch (message.kind) {
      case 'hello':
        announce(from)
        break
      case 'holder':
        if (holder?.holding !== message.holding) forgetHolder()
        holder = { node: from, holding: message.holding }
        knows.resolve()
        line.say({ kind: 'desks', holding: message.holding, desks: [...here] })
        break
      case 'free':
        if (holder?.holding === message.holding) forgetHolder()
        lease.free()
        break
      case 'desks':
      case 'came':
      case 'left':
      case 'alive':
        desksHeard(from, message)
        break
      case 'ask':
        void askedFrom(from, message)
        break
      case 'answer':
        questions.answered(message.id, message.result)
        break
      case 'news':
        if (from === holder?.node) publish(withoutErased(message.news))
        break
      default:
        message satisfies never
    }
  }

  function desksHeard(from: string, message: NodeMessage & { kind: 'desks' | 'came' | 'left' | 'alive' }): void {
    if (!held?.ready) return
    const { register } = held
    const isKnown = message.holding === held.id && (message.kind === 'desks' || register.renew(from))
    // The node has not heard of us, or we have removed it: it must report everything.
    if (!isKnown) {
      announce(from)
      return
    }
    switch (message.kind) {
      case 'desks':
        register.tell(from, message.desks)
        for (const [userId] of message.desks) tellCurrent(held, from, userId)
        break
      case 'came':
        register.came(from, message.userId)
        tellCurrent(held, from, message.userId)
        break
      case 'left':
        register.left(from, message.userId)
        break
      case 'alive':
        break
      default:
        message satisfies never
    }
  }

  async function askedFrom(
    from: string,
    { holding, id, at, userId, wish }: NodeMessage & { kind: 'ask' },
  ): Promise<void> {
    const acting = mayAct()
    // The asking node has given up by now, and its agent was told that the request was not done.
    if (line.databaseNow() - at > ANSWER_WITHIN_MS) return
    let result: Result<AgentState | null>
    try {
      result = acting?.id === holding ? await fulfil(acting.center, userId, wish) : refuse('CENTER_NOT_REACHED')
    } catch (error) {
      onError(error as Error)
      result = refuse('INTERNAL', { reference: id })
    }
    line.say({ kind: 'answer', to: from, id, result })
  }

  function ask(userId: UserId, wish: DeskWish): Promise<Result<AgentState | null>> {
    if (held) {
      const acting = mayAct()
      return acting ? fulfil(acting.center, userId, wish) : Promise.resolve(refuse('CENTER_NOT_REACHED'))
    }
    if (!holder) return Promise.resolve(refuse('CENTER_NOT_REACHED'))
    const { node, holding } = holder
    return questions.ask((id) => {
      line.say({ kind: 'ask', to: node, holding, id, at: line.databaseNow(), userId, wish })
    })
  }

  /** The node that had the telephones will not answer any more. */
  function forgetHolder(): void {
    holder = null
    questions.refuseAll()
  }

  /** The node with the telephones may learn of an erasure a moment later than this one. */
  const withoutErased = (news: DeskNews): DeskNews =>
    news.kind === 'call' && news.call.handedOver?.customerId != null && erased.has(news.call.handedOver.customerId)
      ? { kind: 'call', call: { ...news.call, handedOver: null } }
      : news

  return {
    control: async (userId, control) => nothing(await ask(userId, { kind: 'control', control })),
    setState: async (userId, wish) => state(await ask(userId, { kind: 'state', wish })),
    wrapUpDone: async (userId, callId) => nothing(await ask(userId, { kind: 'wrapUpDone', callId })),
    connected: (userId) => {
      here.set(userId, (here.get(userId) ?? 0) + 1)
      if (held?.ready) {
        held.register.came(line.nodeId, userId)
        tellCurrent(held, line.nodeId, userId)
      } else if (holder) line.say({ kind: 'came', holding: holder.holding, userId })
    },
    disconnected: (userId) => {
      const left = (here.get(userId) ?? 0) - 1
      if (left > 0) here.set(userId, left)
      else here.delete(userId)
      if (held?.ready) held.register.left(line.nodeId, userId)
      else if (holder) line.say({ kind: 'left', holding: holder.holding, userId })
    },
    forgetCustomers: (customerIds) => {
      for (const customerId of customerIds) erased.add(customerId)
      held?.center.forgetCustomers(customerIds)
    },
    hasTelephones: () => mayAct() !== null,
    start: async () => {
      await line.start()
      await lease.settled()
      await held?.started
      if (!held && !holder) await Promise.race([knows.promise, pause(KNOWS_WITHIN_MS, undefined, { ref: false })])
    },
    stop: async () => {
      if (stopping) return
      stopping = true
      const last = held
      lose()
      await ending
      if (holder) line.say({ kind: 'desks', holding: holder.holding, desks: [] })
      await lease.release().catch(onError)
      if (last) line.say({ kind: 'free', holding: last.id })
      await line.stop()
    },
  }
}

function fulfil(center: CallCenter, userId: UserId, wish: DeskWish): Promise<Result<AgentState | null>> {
  switch (wish.kind) {
    case 'control':
      return center.control(userId, wish.control)
    case 'state':
      return center.setState(userId, wish.wish)
    case 'wrapUpDone':
      return center.wrapUpDone(userId, wish.callId)
    default:
      return wish satisfies never
  }
}

const userOf = (news: DeskNews): UserId => (news.kind === 'call' ? news.call.userId : news.state.userId)

const nothing = (result: Result<AgentState | null>): Result<null> => (result.ok ? { ok: true, value: null } : result)

const state = (result: Result<AgentState | null>): Result<AgentState> =>
  !result.ok ? result : result.value === null ? refuse('CENTER_NOT_REACHED') : { ok: true, value: result.value }
