import type { CallEvent, Party } from '../../../protocol/calls.ts'
import type { CallId } from '../../../protocol/scalars.ts'

/** One telephone on one call. */
export interface Leg {
  readonly legId: string
  readonly extension: string
  phase: 'ringing' | 'dialing' | 'talking' | 'held'
  /** Stops the timer that would end the ringing. */
  stopRinging: () => void
}

/** A call that is going on. */
export interface LiveCall {
  readonly callId: CallId
  readonly direction: 'in' | 'out'
  readonly from: Party | null
  readonly to: Party | null
  readonly line: CallEvent['line']
  readonly queue: string | null
  readonly collected: string | null
  readonly serviceMs: number | null
  readonly arrivedAt: number
  answeredAt: number | null
  /** Since when nobody has talked to the caller, and in `waitedMs` how long they waited before that. */
  waitingSince: number | null
  waitedMs: number
  /** Extensions that did not answer. They are not rung again for this call. */
  readonly tried: Set<string>
  /** Whether it waits in the queue for any agent; false once a transfer names its target. */
  queued: boolean
  transferredFrom: string | null
  /** The extension where the call rings again if nobody takes the transfer. */
  returnsTo: string | null
  legs: Leg[]
  stopPatience: () => void
  stopService: () => void
}

export const isTalking = (leg: Leg): boolean => leg.phase === 'talking' || leg.phase === 'held'
