import type { AgentDuty, AgentEvent } from '../../domain/agent-state.ts'
import type { CallEvent } from '../../protocol/calls.ts'
import type { CallId } from '../../protocol/scalars.ts'
import type { FoldedCall } from './fold-call.ts'

/** An agent with their calls, on the node that has the telephones. */
export interface Agent {
  duty: AgentDuty
  readonly calls: Map<CallId, FoldedCall>
  /** Calls that the agent has wrapped up and that go on with somebody else. */
  readonly doneWith: Set<CallId>
  desks: number
  stopTimer: () => void
  stopGrace: () => void
}

/** A call that came back to an agent has a number after its id (`ID#2`). */
export const sameCall = (callId: CallId, of: CallId): boolean => callId === of || callId.startsWith(`${of}#`)

/** The id of the whole call, without the number. */
export const wholeCall = (callId: CallId): CallId => callId.split('#')[0] as CallId

/** Whether a call from a queue may ring at this agent now, perhaps during another call. */
export function mayBeOffered({ duty: { state, next } }: Agent): boolean {
  switch (state.state) {
    case 'READY':
    case 'RESERVED':
      return true
    case 'TALKING':
    case 'HOLD':
    case 'WORK':
    case 'WORK_READY':
      return next.state === 'READY'
    case 'NOT_READY':
    case 'LOGGED_OUT':
      return false
    default:
      return state.state satisfies never
  }
}

/** A transferred call stopped ringing at this agent, and they did not take it. */
export const untakenTransfer = ({ call }: FoldedCall, before: FoldedCall | null, event: CallEvent): boolean =>
  call.phase === 'ended' &&
  before?.call.phase === 'ringing' &&
  call.answeredAt === null &&
  event.transferredFrom !== null &&
  event.outcome !== 'answered-elsewhere'

/**
 * The id of a call as this agent sees it. If a call that a colleague answered comes back to an agent whose part had
 * ended, it counts as another call with an id of its own, and so does a call that the agent has wrapped up. A
 * transfer that nobody took continues as the same call (`isBack`).
 */
export function ownCallId(agent: Agent, event: CallEvent, isBack: boolean): CallId {
  for (let turn = 1; ; turn += 1) {
    const callId = (turn === 1 ? event.callId : `${event.callId}#${turn}`) as CallId
    if (agent.doneWith.has(callId)) continue
    const known = agent.calls.get(callId)
    if (!known || isBack || known.call.phase !== 'ended' || known.over.has(event.legId)) return callId
  }
}

/** An agent who puts one call on hold to talk on another is talking. */
export const heldEvent = (agent: Agent): AgentEvent =>
  liveliest(agent) === 'talking' ? { kind: 'callResumed' } : { kind: 'callHeld' }

export function liveliest(agent: Agent): 'talking' | 'held' | 'ringing' | null {
  const phases = [...agent.calls.values()].map(({ call }) => call.phase)
  if (phases.includes('talking') || phases.includes('dialing')) return 'talking'
  if (phases.includes('held')) return 'held'
  return phases.includes('ringing') ? 'ringing' : null
}
