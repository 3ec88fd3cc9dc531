import { z } from 'zod'
import { CallId, ClockInstant, CustomerId, E164, Id, LongText, ShortText, UserId } from './scalars.ts'

/** The person at the other end of the call. A withheld caller has a kind of its own, which holds no number at all. */
export const Party = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), raw: z.string().max(128), name: ShortText.nullable() }),
  z.strictObject({ kind: z.literal('withheld') }),
  z.strictObject({ kind: z.literal('internal'), extension: z.string().max(16), name: ShortText.nullable() }),
])
export type Party = z.infer<typeof Party>

export const CallEventType = z.enum([
  'offered',
  'ringing',
  'dialing',
  'remote-ringing',
  'agent-ready',
  'answered',
  'held',
  'resumed',
  'party-changed',
  'transferred',
  'queue-connected',
  'queue-complete',
  'ended',
  'provider-up',
  'provider-down',
])

export const CallOutcome = z.enum([
  'completed',
  'missed',
  'no-answer',
  'answered-elsewhere',
  'rejected',
  'busy',
  'transferred',
  'failed',
  'unknown',
])

/**
 * What a connector reports about one leg of a call, in the usual terms of telephony. `seq` is the connector's own
 * counter.
 */
export const CallEvent = z.strictObject({
  provider: z.string().max(40),
  seq: z.int().min(0),
  at: ClockInstant,
  type: CallEventType,
  callId: CallId,
  legId: z.string().min(1).max(128),
  /** The extension that the leg rings; null for an event that concerns no agent. */
  extension: z.string().max(16).nullable(),
  direction: z.enum(['in', 'out', 'internal']),
  from: Party.nullable(),
  to: Party.nullable(),
  forwardedBy: E164.nullable(),
  queue: ShortText.nullable(),
  /** Our own number that the caller dialled. It names the line, and the line says how `from` is written. */
  line: E164.nullable(),
  waitMs: z.int().min(0).nullable(),
  talkMs: z.int().min(0).nullable(),
  /** What the voice menu collected (account, order or room key). */
  collected: z.string().max(64).nullable(),
  /** For a transfer: the extension that gave the call away. */
  transferredFrom: z.string().max(16).nullable(),
  outcome: CallOutcome.nullable(),
  /** The connector took this event from a resync after a reconnect; it did not see it happen. */
  synthetic: z.boolean(),
})
export type CallEvent = z.infer<typeof CallEvent>

export const CallPhase = z.enum(['ringing', 'dialing', 'talking', 'held', 'ended'])
export type CallPhase = z.infer<typeof CallPhase>

/** Why a call that was transferred came back to the agent who gave it away. */
export const BackReason = z.enum(['notAnswered', 'refused', 'busy', 'away'])
export type BackReason = z.infer<typeof BackReason>

/**
 * The agent to whom a call was transferred. `ringing`: the other agent has not answered yet. `back`: the other agent
 * did not answer, and the caller rings again at the agent who gave the call away; `why` is the reason. `gone`: the
 * caller hung up first.
 */
export const GivenTo = z.strictObject({
  extension: z.string().max(16),
  userId: UserId.nullable(),
  state: z.enum(['ringing', 'answered', 'back', 'gone']),
  why: BackReason.nullable(),
})
export type GivenTo = z.infer<typeof GivenTo>

/**
 * One agent's view of one call. The server computes it from the call events and always sends it whole. The highest
 * `revision` wins, so a message may arrive twice or out of order. `ended` is final, except for a call that the agent
 * transferred and that came back.
 */
export const AgentCall = z.strictObject({
  callId: CallId,
  revision: z.int().min(0),
  userId: UserId,
  direction: z.enum(['in', 'out', 'internal']),
  phase: CallPhase,
  /** When the phase began. */
  phaseAt: ClockInstant.nullable().default(null),
  party: Party,
  line: E164.nullable(),
  queue: ShortText.nullable(),
  waitMs: z.int().min(0).nullable(),
  collected: z.string().max(64).nullable(),
  forwardedBy: E164.nullable(),
  offeredAt: ClockInstant,
  answeredAt: ClockInstant.nullable(),
  endedAt: ClockInstant.nullable(),
  talkMs: z.int().min(0).nullable(),
  outcome: CallOutcome.nullable(),
  /**
   * Context that goes along with a transferred call: who had the call, which customer they had open, and what they
   * wrote.
   */
  handedOver: z.strictObject({ fromUserId: UserId, customerId: CustomerId.nullable(), note: LongText }).nullable(),
  givenTo: GivenTo.nullable().default(null),
  /**
   * Set when the call rang at this agent and nobody answered it, so that the agent learns who called. `interactionId`
   * is the entry that the server wrote into the customer's timeline; null where a colleague had the call and keeps it.
   */
  missed: z.strictObject({ interactionId: Id.nullable() }).nullable().default(null),
})
export type AgentCall = z.infer<typeof AgentCall>

/**
 * The states that PRODUCT.md defines. A user may log out only from NOT_READY; the server may move an agent from any
 * state to any other.
 */
export const AgentStateName = z.enum([
  'LOGGED_OUT',
  'NOT_READY',
  'READY',
  'RESERVED',
  'TALKING',
  'HOLD',
  'WORK',
  'WORK_READY',
])
export type AgentStateName = z.infer<typeof AgentStateName>

export const NotReadyReason = z.enum([
  'break',
  'lunch',
  'training',
  'meeting',
  'backOffice',
  'technical',
  'signedIn',
  'missedCall',
])
export type NotReadyReason = z.infer<typeof NotReadyReason>

/** The state that the agent goes into after the call or the wrap-up. */
export const AfterWork = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('READY') }),
  z.strictObject({ state: z.literal('NOT_READY'), reason: NotReadyReason }),
])
export type AfterWork = z.infer<typeof AfterWork>

/**
 * An agent's state, as the server decides it. `revision` rises, and the highest one wins. `until` is when a timer on
 * the server ends the state. `next` is the state that follows while a call or a wrap-up goes on.
 */
export const AgentState = z.strictObject({
  userId: UserId,
  revision: z.int().min(0),
  state: AgentStateName,
  reason: NotReadyReason.nullable(),
  since: ClockInstant,
  until: ClockInstant.nullable(),
  next: AfterWork.nullable().default(null),
})
export type AgentState = z.infer<typeof AgentState>

/** What a workstation may ask of the telephone system. The action happens at once or is refused; it is never queued. */
export const CallControl = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('answer'), callId: CallId }),
  z.strictObject({ action: z.literal('hold'), callId: CallId }),
  z.strictObject({ action: z.literal('resume'), callId: CallId }),
  z.strictObject({ action: z.literal('hangup'), callId: CallId }),
  z.strictObject({
    action: z.literal('transfer'),
    callId: CallId,
    toExtension: z.string().regex(/^\d{2,8}$/),
    customerId: CustomerId.nullable(),
    note: LongText,
  }),
  z.strictObject({ action: z.literal('dial'), number: z.string().min(1).max(40) }),
])
export type CallControl = z.infer<typeof CallControl>
