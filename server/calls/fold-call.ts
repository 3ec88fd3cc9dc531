import { readParty } from '../../domain/numbers/read-party.ts'
import type { AgentCall, CallEvent, Party } from '../../protocol/calls.ts'
import type { CallId, UserId } from '../../protocol/scalars.ts'

/** An agent's view of a call, with the legs that it is made of. */
export interface FoldedCall {
  readonly call: AgentCall
  readonly live: ReadonlySet<string>
  readonly over: ReadonlySet<string>
}

export interface FoldTerms {
  readonly userId: UserId
  readonly callId: CallId
  readonly handedOver: AgentCall['handedOver']
  readonly firstRevision: number
  /** Set where a call that this agent transferred rings at them again because nobody took it. */
  readonly back?: AgentCall['givenTo']
}

/**
 * Folds an event of an agent's leg into their view of the call. Idempotent: repeated events change nothing. Several
 * legs of one call make one call. An ended leg stays ended, and later events of it are dropped (the same fold is
 * returned). An ended call begins again only where it comes `back`. Revisions rise from `firstRevision`.
 */
export function foldCall(before: FoldedCall | null, event: CallEvent, as: FoldTerms): FoldedCall | null {
  if (before?.over.has(event.legId)) return before
  const back = as.back ?? null
  if (before?.call.phase === 'ended')
    return back !== null && event.type === 'ringing' ? begunAgain(before, event, back) : before
  if (event.type === 'ended') return before ? ended(before, event) : null
  const phase = phaseOf(event)
  if (phase === null && event.type !== 'party-changed') return before
  const live = new Set(before?.live).add(event.legId)
  const call: AgentCall = before
    ? {
        ...before.call,
        phase: calmest(before, phase ?? before.call.phase),
        answeredAt: before.call.answeredAt ?? answeredAt(event),
        party: partyOf(event) ?? before.call.party,
      }
    : {
        callId: as.callId,
        revision: as.firstRevision,
        userId: as.userId,
        direction: event.direction,
        phase: phase ?? 'ringing',
        phaseAt: event.at,
        party: partyOf(event) ?? { kind: 'withheld' },
        line: event.line,
        queue: event.queue,
        waitMs: event.waitMs,
        collected: event.collected,
        forwardedBy: event.forwardedBy,
        offeredAt: event.at,
        answeredAt: answeredAt(event),
        endedAt: null,
        talkMs: null,
        outcome: null,
        handedOver: as.handedOver,
        givenTo: back,
        missed: null,
      }
  return next(
    before,
    call.phase === before?.call.phase ? call : { ...call, phaseAt: event.at },
    live,
    before?.over ?? new Set(),
  )
}

/**
 * The call rings again at the agent who transferred it. It is the same call, with all the time that the caller has
 * waited.
 */
function begunAgain({ call, over }: FoldedCall, event: CallEvent, back: NonNullable<AgentCall['givenTo']>): FoldedCall {
  return {
    call: {
      ...call,
      revision: call.revision + 1,
      phase: 'ringing',
      phaseAt: event.at,
      waitMs: event.waitMs ?? call.waitMs,
      endedAt: null,
      talkMs: null,
      outcome: null,
      givenTo: back,
    },
    live: new Set([event.legId]),
    over,
  }
}

function ended(before: FoldedCall, event: CallEvent): FoldedCall {
  const live = new Set(before.live)
  live.delete(event.legId)
  const over = new Set(before.over).add(event.legId)
  // Another telephone of the same agent still has the call.
  if (live.size > 0) return { call: before.call, live, over }
  const { call } = before
  const talkMs = event.talkMs ?? (call.answeredAt === null ? 0 : Math.max(0, event.at - call.answeredAt))
  return next(
    before,
    { ...call, phase: 'ended', phaseAt: event.at, endedAt: event.at, talkMs, outcome: event.outcome ?? 'unknown' },
    live,
    over,
  )
}

function next(
  before: FoldedCall | null,
  call: AgentCall,
  live: ReadonlySet<string>,
  over: ReadonlySet<string>,
): FoldedCall {
  if (before && JSON.stringify(before.call) === JSON.stringify(call)) return { call: before.call, live, over }
  return { call: { ...call, revision: call.revision + 1 }, live, over }
}

function phaseOf(event: CallEvent): AgentCall['phase'] | null {
  switch (event.type) {
    case 'offered':
    case 'ringing':
      return 'ringing'
    case 'dialing':
    case 'remote-ringing':
      return 'dialing'
    case 'answered':
    case 'resumed':
      return 'talking'
    case 'held':
      return 'held'
    case 'ended':
      return 'ended'
    case 'agent-ready':
    case 'party-changed':
    case 'transferred':
    case 'queue-connected':
    case 'queue-complete':
    case 'provider-up':
    case 'provider-down':
      return null
    default:
      return event.type satisfies never
  }
}

/** A ringing event that arrives twice, or for a second telephone, does not make an answered call ring again. */
const calmest = ({ call }: FoldedCall, phase: AgentCall['phase']): AgentCall['phase'] =>
  call.answeredAt !== null && (phase === 'ringing' || phase === 'dialing') ? call.phase : phase

const answeredAt = (event: CallEvent) =>
  event.type === 'answered' || event.type === 'held' || event.type === 'resumed' ? event.at : null

const partyOf = ({ direction, to, from }: CallEvent): Party | null => {
  const party = direction === 'out' ? to : from
  return party && readParty(party)
}
