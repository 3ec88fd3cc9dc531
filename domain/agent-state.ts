import type { AfterWork, AgentState, AgentStateName, NotReadyReason } from '../protocol/calls.ts'
import { ok, refuse, type Result } from '../protocol/errors.ts'
import type { UserId } from '../protocol/scalars.ts'

type Reason = NonNullable<AgentState['reason']>

/**
 * An agent's state together with the state that follows the wrap-up. The latter is remembered even while the present
 * state does not show it.
 */
export interface AgentDuty {
  readonly state: AgentState
  readonly next: AfterWork
}

/** An event that concerns an agent. `remaining` is the most active of the agent's calls that go on. */
export type AgentEvent =
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'wished'; readonly state: AgentStateName; readonly reason: Reason | null }
  | { readonly kind: 'callOffered' }
  | { readonly kind: 'callAnswered' }
  | { readonly kind: 'callHeld' }
  | { readonly kind: 'callResumed' }
  | {
      readonly kind: 'callEnded'
      readonly answered: boolean
      readonly missed: boolean
      readonly remaining: 'talking' | 'held' | 'ringing' | null
    }
  | { readonly kind: 'wrappedUp' }
  | { readonly kind: 'timeUp' }
  /** All workstations of the agent have been gone for the grace period. */
  | { readonly kind: 'deskGone' }
  /** The workstations have been gone so long that the agent counts as away. */
  | { readonly kind: 'deskAway' }

export interface AgentRules {
  /** The wrap-up ends automatically after this time. */
  readonly wrapUpMs: number
}

export const newDuty = (userId: UserId, at: number, revision = 0): AgentDuty => ({
  state: { userId, revision, state: 'LOGGED_OUT', reason: null, since: at, until: null, next: null },
  next: { state: 'READY' },
})

/**
 * The agent states of PRODUCT.md. A user's wish can be refused; what the telephone system and the server report always
 * holds. Where nothing changes, the same duty object is returned.
 */
export function agentStateAfter(duty: AgentDuty, event: AgentEvent, at: number, rules: AgentRules): Result<AgentDuty> {
  const now = duty.state.state
  switch (event.kind) {
    case 'signedIn':
      return ok(now === 'LOGGED_OUT' ? to(duty, at, 'NOT_READY', 'signedIn') : duty)
    case 'wished':
      return wished(duty, event.state, event.reason, at, rules)
    case 'callOffered':
      return ok(now === 'READY' ? to(duty, at, 'RESERVED') : duty)
    case 'callAnswered':
      return ok(isOnCall(now) ? to(duty, at, 'TALKING') : to({ ...duty, next: afterTalk(duty) }, at, 'TALKING'))
    case 'callHeld':
      return ok(now === 'HOLD' ? duty : to(duty, at, 'HOLD'))
    case 'callResumed':
      return ok(now === 'TALKING' ? duty : to(duty, at, 'TALKING'))
    case 'callEnded':
      return ok(afterCall(duty, event, at, rules))
    case 'wrappedUp':
    case 'timeUp':
      return ok(now === 'WORK' || now === 'WORK_READY' ? leaveWork(duty, at) : duty)
    case 'deskGone':
      return ok(now === 'READY' || now === 'RESERVED' ? to(duty, at, 'NOT_READY', 'technical') : duty)
    case 'deskAway':
      return ok(now === 'NOT_READY' ? to(duty, at, 'LOGGED_OUT') : duty)
    default:
      return event satisfies never
  }
}

const isOnCall = (state: AgentStateName) => state === 'TALKING' || state === 'HOLD'
const isWrapUp = (state: AgentStateName) => state === 'WORK' || state === 'WORK_READY'

/** An agent who was ready when the call came is ready again after it; an agent who was not ready stays so. */
function afterTalk({ state, next }: AgentDuty): AfterWork {
  switch (state.state) {
    case 'NOT_READY':
    case 'LOGGED_OUT':
      return { state: 'NOT_READY', reason: state.reason ?? 'signedIn' }
    case 'WORK':
    case 'WORK_READY':
      return next
    case 'READY':
    case 'RESERVED':
    case 'TALKING':
    case 'HOLD':
      return { state: 'READY' }
    default:
      return state.state satisfies never
  }
}

function afterCall(
  duty: AgentDuty,
  event: AgentEvent & { kind: 'callEnded' },
  at: number,
  rules: AgentRules,
): AgentDuty {
  const now = duty.state.state
  if (event.answered && isOnCall(now)) {
    if (event.remaining === 'talking') return now === 'TALKING' ? duty : to(duty, at, 'TALKING')
    if (event.remaining === 'held') return now === 'HOLD' ? duty : to(duty, at, 'HOLD')
    return to(duty, at, duty.next.state === 'READY' ? 'WORK_READY' : 'WORK', null, at + rules.wrapUpMs)
  }
  if (now !== 'RESERVED' || event.remaining !== null) return duty
  return event.missed ? to(duty, at, 'NOT_READY', 'missedCall') : to(duty, at, 'READY')
}

const leaveWork = (duty: AgentDuty, at: number): AgentDuty =>
  duty.next.state === 'READY' ? to(duty, at, 'READY') : to(duty, at, 'NOT_READY', duty.next.reason)

function wished(
  duty: AgentDuty,
  wish: AgentStateName,
  reason: Reason | null,
  at: number,
  rules: AgentRules,
): Result<AgentDuty> {
  const now = duty.state.state
  const impossible = () => refuse('STATE_NOT_POSSIBLE', { from: now, to: wish })
  switch (wish) {
    case 'READY':
      if (now === 'NOT_READY' || now === 'WORK' || now === 'WORK_READY')
        return ok({ ...to(duty, at, 'READY'), next: { state: 'READY' } })
      // During a call, the wish sets the state that follows the call.
      if (isOnCall(now)) return ok(followedBy(duty, { state: 'READY' }))
      return now === 'READY' ? ok(duty) : impossible()
    case 'NOT_READY':
      if (reason === null) return refuse('REASON_MISSING')
      if (now === 'READY' || now === 'NOT_READY' || now === 'WORK' || now === 'WORK_READY')
        return ok(to(duty, at, 'NOT_READY', reason))
      return isOnCall(now) ? ok(followedBy(duty, { state: 'NOT_READY', reason })) : impossible()
    case 'LOGGED_OUT':
      if (now === 'LOGGED_OUT') return ok(duty)
      return now === 'NOT_READY' ? ok(to(duty, at, 'LOGGED_OUT')) : impossible()
    case 'WORK':
    case 'WORK_READY': {
      if (now !== 'WORK' && now !== 'WORK_READY') return impossible()
      const next: AfterWork =
        wish === 'WORK_READY' ? { state: 'READY' } : { state: 'NOT_READY', reason: reason ?? 'break' }
      // A second wish for the wrap-up extends it.
      if (now === wish) return ok(extended(duty, (duty.state.until ?? at) + rules.wrapUpMs))
      return ok(to({ ...duty, next }, at, wish, null, duty.state.until ?? at + rules.wrapUpMs))
    }
    case 'RESERVED':
    case 'TALKING':
    case 'HOLD':
      return impossible()
    default:
      return wish satisfies never
  }
}

function to(
  duty: AgentDuty,
  at: number,
  state: AgentStateName,
  reason: NotReadyReason | null = null,
  until: number | null = null,
): AgentDuty {
  const next = isOnCall(state) || isWrapUp(state) ? duty.next : null
  return {
    ...duty,
    state: { userId: duty.state.userId, revision: duty.state.revision + 1, state, reason, since: at, until, next },
  }
}

/**
 * The state goes on, and a different state than before follows it. This is reported at once, so that the agent sees
 * what they have chosen.
 */
const followedBy = (duty: AgentDuty, next: AfterWork): AgentDuty => ({
  next,
  state: { ...duty.state, revision: duty.state.revision + 1, next },
})

const extended = (duty: AgentDuty, until: number): AgentDuty => ({
  ...duty,
  state: { ...duty.state, revision: duty.state.revision + 1, until },
})
