import { agentStateAfter, newDuty, type AgentDuty, type AgentEvent } from '../../domain/agent-state.ts'
import { dialString } from '../../domain/numbers/dial-string.ts'
import type { AgentCall, AgentState, CallControl, CallEvent, GivenTo } from '../../protocol/calls.ts'
import { callRefused, ok, refuse, type Result } from '../../protocol/errors.ts'
import type { CallId, UserId } from '../../protocol/scalars.ts'
import type { Clock } from '../clock.ts'
import type { Connector } from '../telephony/connector.ts'
import {
  heldEvent,
  liveliest,
  mayBeOffered,
  ownCallId,
  sameCall,
  untakenTransfer,
  wholeCall,
  type Agent,
} from './agent.ts'
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
  /** An agent whose telephone rang this long without an answer counts as having missed the call. */
  readonly missedAfterMs: number
  /** How long an agent's workstations may be gone before the agent is no longer offered calls. */
  readonly graceMs: number
  /**
   * How long after that the agent is logged out, from a break too: nobody is on a break for ever while their
   * workstation is off.
   */
  readonly awayMs: number
  /** Makes a UUIDv7. */
  readonly newId: () => string
  readonly onError: (error: Error) => void
}

/** What a node gets, and must respect, when it takes the telephones. */
export interface CenterTerms {
  /** Higher than every revision that the earlier holder told a workstation. */
  readonly firstRevision: number
  readonly publish: (news: DeskNews) => void
  /** False: another node has the telephones by now, so events here must be ignored. */
  readonly isHeld: () => boolean
  readonly isErased: (customerId: string) => boolean
}

/** The calls and states of all agents, on the node that has the telephones. */
export interface CallCenter extends Pick<CallDesk, 'control' | 'setState' | 'wrapUpDone'> {
  /** A workstation of this user connected or disconnected, at any node. */
  connected(userId: UserId): void
  disconnected(userId: UserId): void
  /** What the server tells a workstation that connects. */
  currentOf(userId: UserId): { readonly calls: readonly AgentCall[]; readonly state: AgentState | null }
  /** Removes notes that were handed over with calls if they name one of these erased customers. */
  forgetCustomers(customerIds: readonly string[]): void
  start(): Promise<void>
  stop(): Promise<void>
}

/** More revisions than an agent can use while one node has the telephones and cannot write to the database. */
export const REVISIONS_A_TERM = 1000
/** A call that nobody has to wrap up is kept this long after its end, for workstations that were away. */
const FORGET_AFTER_MS = 10 * 60_000
/**
 * An answered call that nobody wraps up is dropped after a day (its draft is on the workstation), and so is a missed
 * call that nobody looked at.
 */
const FORGET_ANSWERED_AFTER_MS = 24 * 60 * 60_000
/** How long a call is kept after its end. */
const keptMs = ({ answeredAt, missed }: AgentCall): number =>
  answeredAt === null && !missed ? FORGET_AFTER_MS : FORGET_ANSWERED_AFTER_MS
/** Stands for the legs of a call that was restored after a restart, until the telephone system reports them. */
const RESTORED = 'restored'

/** Keeps every agent's calls and state, from the events of the telephone system and the requests of the agents. */
export function createCallCenter(options: CallCenterOptions): CallCenter {
  const { connector, clock, directory, store, publish, firstRevision } = options
  const agents = new Map<UserId, Agent>()
  const record = createCallRecorder()
  /** The functions that stop the timers of `forgetLater`. */
  const forgetting = new Set<() => void>()
  /** What an agent wrote when they transferred a call. It is kept until the call rings at the colleague. */
  const handedOver = new Map<string, AgentCall['handedOver']>()
  const transfers = createOpenTransfers(whoSitsAt)

  function agentOf(userId: UserId): Agent {
    const known = agents.get(userId)
    if (known) return known
    const agent: Agent = {
      duty: newDuty(userId, clock.now(), firstRevision),
      calls: new Map(),
      doneWith: new Set(),
      desks: 0,
      stopTimer: () => undefined,
      stopGrace: () => undefined,
    }
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

  /** Whether it rings because of a transfer, at the colleague or back at the agent who made the transfer. */
  const isTransferred = ({ callId }: AgentCall): boolean => transfers.find(wholeCall(callId)) !== null

  /** Stops the ringing at this agent's telephone. The telephone system then looks for somebody else. */
  function giveBackRinging(agent: Agent, which: (call: AgentCall) => boolean): void {
    const { userId } = agent.duty.state
    const extension = directory.extensionOf(userId)
    if (extension === null) return
    for (const { call } of agent.calls.values()) {
      if (call.phase !== 'ringing' || !which(call)) continue
      const callId = wholeCall(call.callId)
      if (isTransferred(call)) transfers.away(callId)
      // Do this after the present event has been handled. A refusal means that the ringing has stopped already, which
      // is just as good.
      Promise.resolve()
        .then(() => connector.control(extension, { action: 'hangup', callId }))
        .catch(options.onError)
    }
  }
  /** Nobody is at this telephone to take the transferred calls, so they return to the agents who transferred them. */
  const giveBackTransfers = (agent: Agent): void => giveBackRinging(agent, isTransferred)

  /** A state with a time limit is ended here on the server, never on a workstation. */
  function setTimer(agent: Agent): void {
    agent.stopTimer()
    const { until } = agent.duty.state
    agent.stopTimer =
      until === null
        ? () => undefined
        : clock.after(Math.max(0, until - clock.now()), () => {
            happen(agent, { kind: 'timeUp' })
          })
  }

  function tellWhoIsReady(): void {
    const extensionsOf = (states: readonly AgentState['state'][]) =>
      [...agents.values()]
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
      store.logCall(
        finished,
        interactionId === null
          ? null
          : { interactionId, caller: event.from ?? partyOf(event.callId), collected: event.collected },
      )
      if (interactionId !== null) sayMissed(event.callId, interactionId)
      for (const { doneWith } of agents.values())
        for (const callId of doneWith) if (sameCall(callId, event.callId)) doneWith.delete(callId)
      for (const key of handedOver.keys()) if (key.startsWith(`${event.callId} `)) handedOver.delete(key)
    }
    if (userId !== null) fold(agentOf(userId), userId, event, given?.sender === userId ? given.givenTo : null)
  }

  /** Changes a call of this agent without an event at their own telephone. */
  function change(agent: Agent, folded: FoldedCall, fields: Partial<AgentCall>): void {
    const call: AgentCall = { ...folded.call, ...fields, revision: folded.call.revision + 1 }
    agent.calls.set(call.callId, { ...folded, call })
    publish({ kind: 'call', call })
    store.saveCall(call)
  }

  /** Shows the agent who transferred a call what becomes of it. When it comes back, its ringing shows that. */
  function showGivenTo(callId: CallId, sender: UserId, givenTo: GivenTo): void {
    const agent = agentOf(sender)
    const theirs = [...agent.calls.values()].findLast(({ call }) => sameCall(call.callId, callId))
    if (!theirs || givenTo.state === 'back' || JSON.stringify(theirs.call.givenTo) === JSON.stringify(givenTo)) return
    change(agent, theirs, { givenTo })
  }

  const partyOf = (callId: CallId) =>
    [...agents.values()].flatMap(({ calls }) => [...calls.values()]).find(({ call }) => sameCall(call.callId, callId))
      ?.call.party ?? null

  /** Tells every agent at whom a call rang that it ended without an answer. */
  function sayMissed(callId: CallId, interactionId: string): void {
    for (const agent of agents.values()) {
      for (const folded of agent.calls.values()) {
        if (!sameCall(folded.call.callId, callId)) continue
        const { call } = folded
        // The telephone system may report the end of the ringing and the end of the call in either order.
        const over: Partial<AgentCall> =
          call.phase === 'ended'
            ? {}
            : { phase: 'ended', phaseAt: clock.now(), endedAt: clock.now(), talkMs: 0, outcome: 'missed' }
        change(
          agent,
          { ...folded, live: new Set(), over: new Set([...folded.over, ...folded.live]) },
          { ...over, missed: { interactionId } },
        )
        if (call.phase !== 'ended') stateAfterCall(agent, call, { ...call, ...over })
        forgetLater(agent, { ...call, missed: { interactionId } })
      }
    }
  }

  /** If several users share a telephone: the one who is on this call, else the one whose workstation is connected. */
  function whoSitsAt(extension: string, callId: CallId): UserId | null {
    const users = directory.usersAt(extension)
    const isOn = (userId: UserId) =>
      [...(agents.get(userId)?.calls.values() ?? [])].some(
        ({ call }) => call.phase !== 'ended' && sameCall(call.callId, callId),
      )
    return users.find(isOn) ?? users.find((userId) => (agents.get(userId)?.desks ?? 0) > 0) ?? users[0] ?? null
  }

  function fold(agent: Agent, userId: UserId, event: CallEvent, givenTo: GivenTo | null): void {
    const back = givenTo?.state === 'back' ? givenTo : null
    const callId = ownCallId(agent, event, back !== null)
    const known = agent.calls.get(callId) ?? null
    const before = known?.live.has(RESTORED) ? { ...known, live: new Set<string>() } : known
    const context =
      event.transferredFrom === null ? null : (handedOver.get(`${event.callId} ${event.transferredFrom}`) ?? null)
    const after = foldCall(before, event, { userId, callId, handedOver: context, firstRevision, back })
    if (after === null || after === known) return
    const folded = untakenTransfer(after, before, event)
      ? { ...after, call: { ...after.call, missed: { interactionId: null } } }
      : after
    agent.calls.set(callId, folded)
    if (folded.call === known?.call) return
    // Tell the agent first; the write to the database follows.
    publish({ kind: 'call', call: folded.call })
    store.saveCall(folded.call)
    stateAfterCall(agent, before?.call ?? null, folded.call)
    if (folded.call.phase === 'ended') forgetLater(agent, folded.call)
    if (folded.call.phase === 'ringing' && agent.desks === 0) giveBackTransfers(agent)
  }

  function stateAfterCall(agent: Agent, before: AgentCall | null, after: AgentCall): void {
    if (after.phase === before?.phase) return
    switch (after.phase) {
      case 'ringing':
        happen(agent, { kind: 'callOffered' })
        break
      case 'dialing':
      case 'talking':
        happen(agent, before?.phase === 'held' ? { kind: 'callResumed' } : { kind: 'callAnswered' })
        break
      case 'held':
        happen(agent, heldEvent(agent))
        break
      case 'ended': {
        const answered = after.answeredAt !== null || after.direction === 'out'
        const rangMs = (after.endedAt ?? clock.now()) - after.offeredAt
        const missed =
          after.outcome === 'no-answer' ||
          after.outcome === 'rejected' ||
          (after.outcome === 'missed' && rangMs >= options.missedAfterMs)
        happen(agent, { kind: 'callEnded', answered, missed, remaining: liveliest(agent) })
        break
      }
      default:
        after.phase satisfies never
    }
  }

  function forgetLater(agent: Agent, ended: AgentCall): void {
    const { callId } = ended
    const ms = keptMs(ended)
    const endedAt = agent.calls.get(callId)?.call.endedAt
    const stop = clock.after(ms, () => {
      forgetting.delete(stop)
      const call = agent.calls.get(callId)?.call
      // The call has begun again, or is kept longer because it was missed.
      if (
        !call ||
        call.endedAt === null ||
        call.endedAt !== endedAt ||
        (call.missed !== null && ms < FORGET_ANSWERED_AFTER_MS)
      )
        return
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

  /** Whether this is one of our telephones at which nobody works now, so that nobody would take the call. */
  function isDeserted(extension: string): boolean {
    const users = directory.usersAt(extension)
    return (
      users.length > 0 &&
      users.every((userId) => {
        const agent = agents.get(userId)
        return !agent || agent.desks === 0 || agent.duty.state.state === 'LOGGED_OUT'
      })
    )
  }

  /** An agent may wrap up a call that they transferred while it still goes on. */
  function logWrapUp(callId: string, wrapMs: number): void {
    if (record.goesOn(callId)) record.wrappedUp(callId, wrapMs)
    else store.logWrapUp(callId, wrapMs)
  }

  function keepHandedOver(
    key: string,
    fromUserId: UserId,
    { customerId, note }: CallControl & { action: 'transfer' },
  ): void {
    // If the customer was erased meanwhile, what was written about them is not kept.
    if (customerId !== null && options.isErased(customerId)) handedOver.delete(key)
    else handedOver.set(key, { fromUserId, customerId, note })
  }

  return {
    control,
    forgetCustomers: (customerIds) => {
      const names = (context: AgentCall['handedOver'] | undefined) =>
        context?.customerId != null && customerIds.includes(context.customerId)
      for (const [key, context] of handedOver) if (names(context)) handedOver.delete(key)
      for (const agent of agents.values()) {
        for (const folded of agent.calls.values())
          if (names(folded.call.handedOver)) change(agent, folded, { handedOver: null })
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
      if (folded.call.endedAt !== null && folded.call.answeredAt !== null)
        logWrapUp(wholeCallId, clock.now() - folded.call.endedAt)
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
      for (const agent of agents.values()) {
        agent.stopTimer()
        agent.stopGrace()
      }
      for (const stop of forgetting) stop()
      await connector.stop()
      await store.idle()
    },
  }

  /**
   * None of the agent's workstations is connected. Their call may go on meanwhile, so this is checked again and again
   * until one connects.
   */
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
    agent.calls.set(call.callId, {
      call: shown,
      live: new Set(call.phase === 'ended' ? [] : [RESTORED]),
      over: new Set(),
    })
    if (call.phase === 'ended') forgetLater(agent, call)
  }

  /** Calls from before a restart that the telephone system did not report again are over, with an unknown outcome. */
  function endWhatIsGone(calls: readonly AgentCall[]): void {
    for (const call of calls) {
      const agent = agentOf(call.userId)
      const now = agent.calls.get(call.callId)
      if (!now || now.call.phase === 'ended' || !now.live.has(RESTORED)) continue
      const over: AgentCall = {
        ...now.call,
        revision: now.call.revision + 1,
        phase: 'ended',
        phaseAt: clock.now(),
        endedAt: clock.now(),
        talkMs: null,
        outcome: 'unknown',
      }
      agent.calls.set(call.callId, { call: over, live: new Set(), over: new Set() })
      store.saveCall(over)
      forgetLater(agent, over)
      stateAfterCall(agent, now.call, over)
    }
  }
}
