import { agentStateAfter, newDuty, type AgentDuty, type AgentEvent } from '../../domain/agent-state.ts'
import { dialString } from '../../domain/numbers/dial-string.ts'
import type { AgentCall, AgentState, CallControl, CallEvent, GivenTo } from '../../protocol/calls.ts'
import { callRefused, ok, refuse, type Result } from '../../protocol/errors.ts'
import type { CallId, UserId } from '../../protocol/scalars.ts'
import type { Clock } from '../clock.ts'
import type { Connector } from '../telephony/connector.ts'
import type { AgentDirectory } from './agent-directory.ts'
import type { CallDesk, DeskNews } from './call-desk.ts'
import { createCallRecorder } from './call-recorder.ts'
import type { DeskStore } from './desk-store.ts'
import { foldCall, type FoldedCall } from './fold-call.ts'
import { createOpenTransfers } from './open-transfers.ts'

export interface CallCenterOptions extends CenterTerms {
  readonly connector: Connector
  readonly clock: Clock
  readonly directory: AgentDirectory
  readonly store: DeskStore
  readonly wrapUpMs: number
  /** An agent whose telephone rang this long without an answer is not at the desk. */
  readonly missedAfterMs: number
  /** How long a workstation may be gone before its agent is no longer offered calls. */
  readonly graceMs: number
  /** How long after that its agent is logged out, from a pause too: nobody is on a break for ever whose machine is off. */
  readonly awayMs: number
  /** UUIDv7. */
  readonly newId: () => string
  readonly onError: (error: Error) => void
}

/** What the node that is to have the telephones has to keep to. */
export interface CenterTerms {
  /** Above every revision that was told by whoever had them before. */
  readonly firstRevision: number
  readonly publish: (news: DeskNews) => void
  /** False: what the telephone system says is for another node by now. */
  readonly isHeld: () => boolean
  readonly isErased: (customerId: string) => boolean
}

/** The calls and states of all agents, at the node that has the telephones. */
export interface CallCenter extends Pick<CallDesk, 'control' | 'setState' | 'wrapUpDone'> {
  /** A workstation of this user came or went, at any node. */
  connected(userId: UserId): void
  disconnected(userId: UserId): void
  /** What a workstation that connects has to know. */
  currentOf(userId: UserId): { readonly calls: readonly AgentCall[]; readonly state: AgentState | null }
  /** Forgets what was handed over with calls about customers who are gone. */
  forgetCustomers(customerIds: readonly string[]): void
  start(): Promise<void>
  stop(): Promise<void>
}

interface Agent {
  duty: AgentDuty
  readonly calls: Map<CallId, FoldedCall>
  /** Calls that they are done with and that go on elsewhere. */
  readonly doneWith: Set<CallId>
  desks: number
  stopTimer: () => void
  stopGrace: () => void
}

/** More than anybody changes while one node has the telephones and the database does not hear of it. */
export const REVISIONS_A_TERM = 1000
/** Calls nobody has to wrap up are told of this long after their end, for workstations that were away. */
const FORGET_AFTER_MS = 10 * 60_000
/** An answered call that nobody wraps up is forgotten the next day (its draft is at the workstation), and so is a missed one that nobody looked at. */
const FORGET_ANSWERED_AFTER_MS = 24 * 60 * 60_000
/** Stands for the legs of a call from before a restart, until the telephone system names them. */
const RESTORED = 'restored'

/** A call has a number behind its id where it came back to somebody. */
const sameCall = (callId: CallId, of: CallId): boolean => callId === of || callId.startsWith(`${of}#`)

/** Keeps every agent's calls and state, from what the telephone system says and what the agents wish. */
export function createCallCenter(options: CallCenterOptions): CallCenter {
  const { connector, clock, directory, store, publish, firstRevision } = options
  const agents = new Map<UserId, Agent>()
  const record = createCallRecorder()
  /** What stops the timers of `forgetLater`. */
  const forgetting = new Set<() => void>()
  /** What an agent wrote when giving a call away, until it rings at the other one. */
  const handedOver = new Map<string, AgentCall['handedOver']>()
  const transfers = createOpenTransfers(whoSitsAt)

  function agentOf(userId: UserId): Agent {
    const known = agents.get(userId)
    if (known) return known
    const agent: Agent = { duty: newDuty(userId, clock.now(), firstRevision), calls: new Map(), doneWith: new Set(), desks: 0, stopTimer: () => undefined, stopGrace: () => undefined }
    agents.set(userId, agent)
    noteAbsence(agent)
    return agent
  }

  function happen(agent: Agent, event: AgentEvent): Result<AgentDuty> {
    const result = agentStateAfter(agent.duty, event, clock.now(), { wrapUpMs: options.wrapUpMs })
    if (!result.ok || result.value === agent.duty) return result
    const changed = result.value.state !== agent.duty.state
    agent.duty = result.value
    store.saveDuty(agent.duty)
    if (changed) {
      publish({ kind: 'agentState', state: agent.duty.state })
      setTimer(agent)
      tellWhoIsReady()
      if (!mayBeOffered(agent)) giveBackRinging(agent, (call) => call.queue !== null && !isTransferred(call))
      if (agent.duty.state.state === 'LOGGED_OUT') giveBackTransfers(agent)
    }
    return result
  }

  /** Whether a queue's call may ring at them now or beside what they are at. */
  function mayBeOffered({ duty: { state, next } }: Agent): boolean {
    switch (state.state) {
      case 'READY': case 'RESERVED': return true
      case 'TALKING': case 'HOLD': case 'WORK': case 'WORK_READY': return next.state === 'READY'
      case 'NOT_READY': case 'LOGGED_OUT': return false
      default: return state.state satisfies never
    }
  }

  const wholeCall = (callId: CallId): CallId => callId.split('#')[0] as CallId
  /** It rings because somebody gave the call away, to this agent or back to them. */
  const isTransferred = ({ callId }: AgentCall): boolean => transfers.find(wholeCall(callId)) !== null

  /** Their telephone stops ringing; the telephone system looks for somebody else. */
  function giveBackRinging(agent: Agent, which: (call: AgentCall) => boolean): void {
    const { userId } = agent.duty.state
    const extension = directory.extensionOf(userId)
    if (extension === null) return
    for (const { call } of agent.calls.values()) {
      if (call.phase !== 'ringing' || !which(call)) continue
      const callId = wholeCall(call.callId)
      if (isTransferred(call)) transfers.away(callId)
      // Not inside of the event that is being heard. Refused where it has stopped meanwhile: that is as good.
      Promise.resolve().then(() => connector.control(extension, { action: 'hangup', callId })).catch(options.onError)
    }
  }
  /** Nobody is at this telephone to take over a call: who gave it away has the caller back at once. */
  const giveBackTransfers = (agent: Agent): void => giveBackRinging(agent, isTransferred)

  /** The server and no workstation ends a state that ends by itself. */
  function setTimer(agent: Agent): void {
    agent.stopTimer()
    const { until } = agent.duty.state
    agent.stopTimer = until === null ? () => undefined : clock.after(Math.max(0, until - clock.now()), () => { happen(agent, { kind: 'timeUp' }) })
  }

  function tellWhoIsReady(): void {
    const extensionsOf = (states: readonly AgentState['state'][]) => [...agents.values()]
      .filter((agent) => states.includes(agent.duty.state.state) && agent.desks > 0 && mayBeOffered(agent))
      .toSorted((a, b) => a.duty.state.since - b.duty.state.since)
      .flatMap((agent) => directory.extensionOf(agent.duty.state.userId) ?? [])
    connector.readyChanged(extensionsOf(['READY']), extensionsOf(['TALKING', 'HOLD']))
  }

  function heard(event: CallEvent): void {
    if (!options.isHeld()) return
    if (event.type === 'provider-up' || event.type === 'provider-down') return
    const userId = event.extension === null ? null : whoSitsAt(event.extension, event.callId)
    const finished = record.hear(event, userId)
    const given = transfers.hear(event, userId)
    if (given) showGivenTo(event.callId, given.sender, given.givenTo)
    if (finished) {
      const interactionId = finished.direction === 'in' && finished.answeredAt === null ? options.newId() : null
      store.logCall(finished, interactionId === null ? null : { interactionId, caller: event.from ?? partyOf(event.callId), collected: event.collected })
      if (interactionId !== null) sayMissed(event.callId, interactionId)
      for (const { doneWith } of agents.values()) for (const callId of doneWith) if (sameCall(callId, event.callId)) doneWith.delete(callId)
      for (const key of handedOver.keys()) if (key.startsWith(`${event.callId} `)) handedOver.delete(key)
    }
    if (userId !== null) fold(agentOf(userId), userId, event, given?.sender === userId ? given.givenTo : null)
  }

  /** A call of this agent changes without an event at their own telephone. */
  function change(agent: Agent, folded: FoldedCall, fields: Partial<AgentCall>): void {
    const call: AgentCall = { ...folded.call, ...fields, revision: folded.call.revision + 1 }
    agent.calls.set(call.callId, { ...folded, call })
    publish({ kind: 'call', call })
    store.saveCall(call)
  }

  /** The sender sees what becomes of the call that they gave away. That it comes back is told when it rings. */
  function showGivenTo(callId: CallId, sender: UserId, givenTo: GivenTo): void {
    const agent = agentOf(sender)
    const theirs = [...agent.calls.values()].findLast(({ call }) => sameCall(call.callId, callId))
    if (!theirs || givenTo.state === 'back' || JSON.stringify(theirs.call.givenTo) === JSON.stringify(givenTo)) return
    change(agent, theirs, { givenTo })
  }

  const partyOf = (callId: CallId) => [...agents.values()].flatMap(({ calls }) => [...calls.values()]).find(({ call }) => sameCall(call.callId, callId))?.call.party ?? null

  /** Nobody has answered a call that is over: everybody whom it rang at is told. */
  function sayMissed(callId: CallId, interactionId: string): void {
    for (const agent of agents.values()) {
      for (const folded of agent.calls.values()) {
        if (!sameCall(folded.call.callId, callId)) continue
        const { call } = folded
        // The end of the ringing and the end of the call may be told in either order.
        const over: Partial<AgentCall> = call.phase === 'ended' ? {} : { phase: 'ended', phaseAt: clock.now(), endedAt: clock.now(), talkMs: 0, outcome: 'missed' }
        change(agent, { ...folded, live: new Set(), over: new Set([...folded.over, ...folded.live]) }, { ...over, missed: { interactionId } })
        if (call.phase !== 'ended') stateAfterCall(agent, call, { ...call, ...over })
        forgetLater(agent, call.callId, FORGET_ANSWERED_AFTER_MS)
      }
    }
  }

  /** Of several users of one telephone the one who has the call, else the one who is there. */
  function whoSitsAt(extension: string, callId: CallId): UserId | null {
    const users = directory.usersAt(extension)
    const isOn = (userId: UserId) => [...(agents.get(userId)?.calls.values() ?? [])].some(({ call }) => call.phase !== 'ended' && sameCall(call.callId, callId))
    return users.find(isOn) ?? users.find((userId) => (agents.get(userId)?.desks ?? 0) > 0) ?? users[0] ?? null
  }

  function fold(agent: Agent, userId: UserId, event: CallEvent, givenTo: GivenTo | null): void {
    const back = givenTo?.state === 'back' ? givenTo : null
    const callId = ownCallId(agent, event, back !== null)
    const known = agent.calls.get(callId) ?? null
    const before = known?.live.has(RESTORED) ? { ...known, live: new Set<string>() } : known
    const context = event.transferredFrom === null ? null : handedOver.get(`${event.callId} ${event.transferredFrom}`) ?? null
    const after = foldCall(before, event, { userId, callId, handedOver: context, firstRevision, back })
    if (after === null || after === known) return
    const folded = untakenTransfer(after, before, event) ? { ...after, call: { ...after.call, missed: { interactionId: null } } } : after
    agent.calls.set(callId, folded)
    if (folded.call === known?.call) return
    // The agent first: the database hears of it behind.
    publish({ kind: 'call', call: folded.call })
    store.saveCall(folded.call)
    stateAfterCall(agent, before?.call ?? null, folded.call)
    if (folded.call.phase === 'ended') forgetLater(agent, callId, folded.call.answeredAt === null && folded.call.missed === null ? FORGET_AFTER_MS : FORGET_ANSWERED_AFTER_MS)
    if (folded.call.phase === 'ringing' && agent.desks === 0) giveBackTransfers(agent)
  }

  /** A call that a colleague gave to this agent stopped ringing, and they did not take it. */
  const untakenTransfer = ({ call }: FoldedCall, before: FoldedCall | null, event: CallEvent): boolean =>
    call.phase === 'ended' && before?.call.phase === 'ringing' && call.answeredAt === null && event.transferredFrom !== null && event.outcome !== 'answered-elsewhere'

  /**
   * A call that a colleague had answered and that comes back to somebody who had ended it is another call for them, and so
   * is one that they are done with. One that nobody took goes on as the call it was (`isBack`).
   */
  function ownCallId(agent: Agent, event: CallEvent, isBack: boolean): CallId {
    for (let turn = 1; ; turn += 1) {
      const callId = (turn === 1 ? event.callId : `${event.callId}#${turn}`) as CallId
      if (agent.doneWith.has(callId)) continue
      const known = agent.calls.get(callId)
      if (!known || isBack || known.call.phase !== 'ended' || known.over.has(event.legId)) return callId
    }
  }

  function stateAfterCall(agent: Agent, before: AgentCall | null, after: AgentCall): void {
    if (after.phase === before?.phase) return
    switch (after.phase) {
      case 'ringing': happen(agent, { kind: 'callOffered' }); break
      case 'dialing': case 'talking':
        happen(agent, before?.phase === 'held' ? { kind: 'callResumed' } : { kind: 'callAnswered' })
        break
      case 'held': happen(agent, heldEvent(agent)); break
      case 'ended': {
        const answered = after.answeredAt !== null || after.direction === 'out'
        const rangMs = (after.endedAt ?? clock.now()) - after.offeredAt
        const missed = after.outcome === 'no-answer' || after.outcome === 'rejected' || (after.outcome === 'missed' && rangMs >= options.missedAfterMs)
        happen(agent, { kind: 'callEnded', answered, missed, remaining: liveliest(agent) })
        break
      }
      default: after.phase satisfies never
    }
  }

  /** Putting one call on hold to talk on another is talking. */
  const heldEvent = (agent: Agent): AgentEvent => (liveliest(agent) === 'talking' ? { kind: 'callResumed' } : { kind: 'callHeld' })

  function liveliest(agent: Agent): 'talking' | 'held' | 'ringing' | null {
    const phases = [...agent.calls.values()].map(({ call }) => call.phase)
    if (phases.includes('talking') || phases.includes('dialing')) return 'talking'
    if (phases.includes('held')) return 'held'
    return phases.includes('ringing') ? 'ringing' : null
  }

  function forgetLater(agent: Agent, callId: CallId, ms: number): void {
    const endedAt = agent.calls.get(callId)?.call.endedAt
    const stop = clock.after(ms, () => {
      forgetting.delete(stop)
      const call = agent.calls.get(callId)?.call
      // It goes on again, or stays longer because it was missed.
      if (!call || call.endedAt === null || call.endedAt !== endedAt || (call.missed !== null && ms < FORGET_ANSWERED_AFTER_MS)) return
      forget(agent, call)
    })
    forgetting.add(stop)
  }

  function forget(agent: Agent, call: AgentCall): void {
    agent.calls.delete(call.callId)
    store.dropCall(call)
  }

  async function control(userId: UserId, wish: CallControl): Promise<Result<null>> {
    const extension = directory.extensionOf(userId)
    if (extension === null) return callRefused('noTelephone')
    if (wish.action === 'dial') {
      const { state } = agentOf(userId).duty.state
      if (state === 'LOGGED_OUT' || state === 'RESERVED' || state === 'TALKING') return callRefused('anotherCall')
      const number = dialString(wish.number, null)
      return number.ok ? connector.control(extension, { action: 'dial', number: number.value }) : number
    }
    const theirs = agentOf(userId).calls.get(wish.callId)
    if (!theirs || theirs.call.phase === 'ended') return refuse('CALL_UNKNOWN')
    const callId = wholeCall(wish.callId)
    if (wish.action === 'transfer') {
      if (isDeserted(wish.toExtension)) return callRefused('nobodyThere', { extension: wish.toExtension })
      keepHandedOver(`${callId} ${extension}`, userId, wish)
      transfers.wished(callId, wish.toExtension)
    }
    return connector.control(extension, { ...wish, callId })
  }

  /** A telephone of ours at which nobody works now: nobody would take the call. */
  function isDeserted(extension: string): boolean {
    const users = directory.usersAt(extension)
    return users.length > 0 && users.every((userId) => {
      const agent = agents.get(userId)
      return !agent || agent.desks === 0 || agent.duty.state.state === 'LOGGED_OUT'
    })
  }

  /** A call that was given away may be wrapped up by who had it while it still goes on. */
  function logWrapUp(callId: string, wrapMs: number): void {
    if (record.goesOn(callId)) record.wrappedUp(callId, wrapMs)
    else store.logWrapUp(callId, wrapMs)
  }

  function keepHandedOver(key: string, fromUserId: UserId, { customerId, note }: CallControl & { action: 'transfer' }): void {
    // Written about a customer who was erased meanwhile: it goes with them.
    if (customerId !== null && options.isErased(customerId)) handedOver.delete(key)
    else handedOver.set(key, { fromUserId, customerId, note })
  }

  return {
    control,
    forgetCustomers: (customerIds) => {
      const names = (context: AgentCall['handedOver'] | undefined) => context?.customerId != null && customerIds.includes(context.customerId)
      for (const [key, context] of handedOver) if (names(context)) handedOver.delete(key)
      for (const { calls } of agents.values()) {
        for (const [callId, folded] of calls) {
          if (!names(folded.call.handedOver)) continue
          const call: AgentCall = { ...folded.call, revision: folded.call.revision + 1, handedOver: null }
          calls.set(callId, { ...folded, call })
          store.saveCall(call)
          publish({ kind: 'call', call })
        }
      }
    },
    setState: async (userId, wish) => {
      const result = happen(agentOf(userId), { kind: 'wished', ...wish })
      return result.ok ? ok(result.value.state) : result
    },
    wrapUpDone: async (userId, callId) => {
      const agent = agentOf(userId)
      const folded = agent.calls.get(callId)
      if (!folded) return ok(null)
      if (folded.call.phase !== 'ended') return callRefused('callGoesOn')
      forget(agent, folded.call)
      const wholeCallId = wholeCall(callId)
      if (record.goesOn(wholeCallId)) agent.doneWith.add(callId)
      if (folded.call.endedAt !== null && folded.call.answeredAt !== null) logWrapUp(wholeCallId, clock.now() - folded.call.endedAt)
      const left = [...agent.calls.values()].some(({ call }) => call.phase === 'ended' && call.answeredAt !== null)
      if (!left) happen(agent, { kind: 'wrappedUp' })
      return ok(null)
    },
    connected: (userId) => {
      const agent = agentOf(userId)
      agent.stopGrace()
      agent.desks += 1
      happen(agent, { kind: 'signedIn' })
      tellWhoIsReady()
    },
    disconnected: (userId) => {
      const agent = agentOf(userId)
      agent.desks = Math.max(0, agent.desks - 1)
      if (agent.desks > 0) return
      tellWhoIsReady()
      giveBackTransfers(agent)
      noteAbsence(agent)
    },
    currentOf: (userId) => {
      const agent = agents.get(userId)
      return { calls: agent ? [...agent.calls.values()].map(({ call }) => call) : [], state: agent?.duty.state ?? null }
    },
    start: async () => {
      const { duties, calls } = await store.load(REVISIONS_A_TERM)
      for (const duty of duties) {
        const agent = agentOf(duty.state.userId)
        agent.duty = duty
      }
      for (const call of calls) restore(call)
      await connector.start(heard)
      endWhatIsGone(calls)
      for (const agent of agents.values()) setTimer(agent)
    },
    stop: async () => {
      for (const agent of agents.values()) { agent.stopTimer(); agent.stopGrace() }
      for (const stop of forgetting) stop()
      await connector.stop()
      await store.idle()
    },
  }

  /** No workstation of theirs is here, until one comes. A call may go on meanwhile, and what follows it is looked at again. */
  function noteAbsence(agent: Agent): void {
    const lookAfter = (ms: number, isAway: boolean): void => {
      agent.stopGrace = clock.after(ms, () => {
        happen(agent, { kind: 'deskGone' })
        if (isAway) happen(agent, { kind: 'deskAway' })
        lookAfter(options.awayMs, true)
      })
    }
    lookAfter(options.graceMs, false)
  }

  function restore(call: AgentCall): void {
    const agent = agentOf(call.userId)
    const named = call.handedOver?.customerId
    const shown = named != null && options.isErased(named) ? { ...call, handedOver: null } : call
    agent.calls.set(call.callId, { call: shown, live: new Set(call.phase === 'ended' ? [] : [RESTORED]), over: new Set() })
    if (call.phase === 'ended') forgetLater(agent, call.callId, call.answeredAt === null && !call.missed ? FORGET_AFTER_MS : FORGET_ANSWERED_AFTER_MS)
  }

  /** Calls of before a restart that the telephone system did not name again are over, nobody knows how. */
  function endWhatIsGone(calls: readonly AgentCall[]): void {
    for (const call of calls) {
      const agent = agentOf(call.userId)
      const now = agent.calls.get(call.callId)
      if (!now || now.call.phase === 'ended' || !now.live.has(RESTORED)) continue
      const over: AgentCall = { ...now.call, revision: now.call.revision + 1, phase: 'ended', phaseAt: clock.now(), endedAt: clock.now(), talkMs: null, outcome: 'unknown' }
      agent.calls.set(call.callId, { call: over, live: new Set(), over: new Set() })
      store.saveCall(over)
      forgetLater(agent, over.callId, over.answeredAt === null ? FORGET_AFTER_MS : FORGET_ANSWERED_AFTER_MS)
      stateAfterCall(agent, now.call, over)
    }
  }
}
