import { agentStateAfter, newDuty, type AgentDuty, type AgentEvent } from '../../domain/agent-state.ts'
import { dialString } from '../../domain/numbers/dial-string.ts'
import type { AgentCall, AgentState, CallControl, CallEvent } from '../../protocol/calls.ts'
import { callRefused, ok, refuse, type Result } from '../../protocol/errors.ts'
import type { CallId, UserId } from '../../protocol/scalars.ts'
import type { Clock } from '../clock.ts'
import type { Connector } from '../telephony/connector.ts'
import type { AgentDirectory } from './agent-directory.ts'
import type { CallDesk, DeskNews } from './call-desk.ts'
import { createCallRecorder } from './call-recorder.ts'
import type { DeskStore } from './desk-store.ts'
import { foldCall, type FoldedCall } from './fold-call.ts'

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
/** An answered call that nobody wraps up is forgotten the next day; its draft is at the workstation. */
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
    }
    return result
  }

  /** The server and no workstation ends a state that ends by itself. */
  function setTimer(agent: Agent): void {
    agent.stopTimer()
    const { until } = agent.duty.state
    agent.stopTimer = until === null ? () => undefined : clock.after(Math.max(0, until - clock.now()), () => { happen(agent, { kind: 'timeUp' }) })
  }

  function tellWhoIsReady(): void {
    const ready = [...agents.values()].filter((agent) => agent.duty.state.state === 'READY' && agent.desks > 0)
      .toSorted((a, b) => a.duty.state.since - b.duty.state.since)
    connector.readyChanged(ready.flatMap((agent) => directory.extensionOf(agent.duty.state.userId) ?? []))
  }

  function heard(event: CallEvent): void {
    if (!options.isHeld()) return
    if (event.type === 'provider-up' || event.type === 'provider-down') return
    const userId = event.extension === null ? null : whoSitsAt(event.extension, event.callId)
    const finished = record.hear(event, userId)
    if (finished) {
      store.logCall(finished)
      for (const { doneWith } of agents.values()) for (const callId of doneWith) if (sameCall(callId, event.callId)) doneWith.delete(callId)
      for (const key of handedOver.keys()) if (key.startsWith(`${event.callId} `)) handedOver.delete(key)
    }
    if (userId !== null) fold(agentOf(userId), userId, event)
  }

  /** Of several users of one telephone the one who has the call, else the one who is there. */
  function whoSitsAt(extension: string, callId: CallId): UserId | null {
    const users = directory.usersAt(extension)
    const isOn = (userId: UserId) => [...(agents.get(userId)?.calls.values() ?? [])].some(({ call }) => call.phase !== 'ended' && sameCall(call.callId, callId))
    return users.find(isOn) ?? users.find((userId) => (agents.get(userId)?.desks ?? 0) > 0) ?? users[0] ?? null
  }

  function fold(agent: Agent, userId: UserId, event: CallEvent): void {
    const callId = ownCallId(agent, event)
    const known = agent.calls.get(callId) ?? null
    const before = known?.live.has(RESTORED) ? { ...known, live: new Set<string>() } : known
    const context = event.transferredFrom === null ? null : handedOver.get(`${event.callId} ${event.transferredFrom}`) ?? null
    const after = foldCall(before, event, { userId, callId, handedOver: context, firstRevision })
    if (after === null || after === known) return
    agent.calls.set(callId, after)
    if (after.call === known?.call) return
    // The agent first: the database hears of it behind.
    publish({ kind: 'call', call: after.call })
    store.saveCall(after.call)
    stateAfterCall(agent, before?.call ?? null, after.call)
    if (after.call.phase === 'ended') forgetLater(agent, after.call)
  }

  /** A call that comes back to somebody who had ended it (a transfer there and back) is another call for them: `ended` is final, and so is done. */
  function ownCallId(agent: Agent, event: CallEvent): CallId {
    for (let turn = 1; ; turn += 1) {
      const callId = (turn === 1 ? event.callId : `${event.callId}#${turn}`) as CallId
      if (agent.doneWith.has(callId)) continue
      const known = agent.calls.get(callId)
      if (!known || known.call.phase !== 'ended' || known.over.has(event.legId)) return callId
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

  function forgetLater(agent: Agent, call: AgentCall): void {
    const stop = clock.after(call.answeredAt === null ? FORGET_AFTER_MS : FORGET_ANSWERED_AFTER_MS, () => {
      forgetting.delete(stop)
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
    const callId = wish.callId.split('#')[0] as CallId
    if (wish.action === 'transfer') keepHandedOver(`${callId} ${extension}`, userId, wish)
    return connector.control(extension, { ...wish, callId })
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
      const wholeCallId = callId.split('#')[0] as CallId
      if (record.goesOn(wholeCallId)) agent.doneWith.add(callId)
      if (folded.call.endedAt !== null) logWrapUp(wholeCallId, clock.now() - folded.call.endedAt)
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
    if (call.phase === 'ended') forgetLater(agent, call)
  }

  /** Calls of before a restart that the telephone system did not name again are over, nobody knows how. */
  function endWhatIsGone(calls: readonly AgentCall[]): void {
    for (const call of calls) {
      const agent = agentOf(call.userId)
      const now = agent.calls.get(call.callId)
      if (!now || now.call.phase === 'ended' || !now.live.has(RESTORED)) continue
      const over: AgentCall = { ...now.call, revision: now.call.revision + 1, phase: 'ended', endedAt: clock.now(), talkMs: null, outcome: 'unknown' }
      agent.calls.set(call.callId, { call: over, live: new Set(), over: new Set() })
      store.saveCall(over)
      forgetLater(agent, over)
      stateAfterCall(agent, now.call, over)
    }
  }
}
