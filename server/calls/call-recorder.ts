import type { CallEvent } from '../../protocol/calls.ts'
import type { UserId } from '../../protocol/scalars.ts'

/** A finished call for the statistics, recorded once whatever legs it had. It holds no number of the caller. */
export interface CallRecord {
  readonly callId: string
  readonly direction: CallEvent['direction']
  readonly queue: string | null
  readonly line: string | null
  /** The agent who answered it first. */
  readonly userId: UserId | null
  readonly offeredAt: number
  readonly answeredAt: number | null
  readonly endedAt: number
  readonly waitMs: number
  readonly talkMs: number
  readonly holdMs: number
  /** The wrap-up time of all agents who wrapped the call up before it ended; null: none has yet. */
  readonly wrapMs: number | null
  readonly outcome: NonNullable<CallEvent['outcome']>
}

interface Running extends Omit<CallRecord, 'endedAt' | 'waitMs' | 'talkMs' | 'outcome'> {
  readonly heldSince: number | null
  readonly heardAt: number
}

/** A call without an event for this long counts as lost: its end was not reported. */
const LOST_AFTER_MS = 24 * 60 * 60_000

export interface CallRecorder {
  /** Takes an event in. Gives the record when the call itself (and not just one of its legs) ends. */
  hear(event: CallEvent, userId: UserId | null): CallRecord | null
  goesOn(callId: string): boolean
  /** One of the agents who had this running call has wrapped it up. */
  wrappedUp(callId: string, wrapMs: number): void
}

/** Collects each call's times from its events. */
export function createCallRecorder(): CallRecorder {
  /** In the order of their last events, the most recent last. */
  const running = new Map<string, Running>()

  function keep(callId: string, call: Running): void {
    running.delete(callId)
    running.set(callId, call)
    const [first] = running
    if (first && call.heardAt - first[1].heardAt > LOST_AFTER_MS) running.delete(first[0])
  }

  return {
    hear: (event, userId) => {
      const before = running.get(event.callId) ?? {
        callId: event.callId,
        direction: event.direction,
        queue: event.queue,
        line: event.line,
        userId: null,
        offeredAt: event.at,
        answeredAt: null,
        holdMs: 0,
        wrapMs: null,
        heldSince: null,
        heardAt: event.at,
      }
      if (event.type === 'ended' && event.extension === null) {
        running.delete(event.callId)
        return finished(before, event)
      }
      keep(event.callId, { ...after(before, event, userId), heardAt: event.at })
      return null
    },
    goesOn: (callId) => running.has(callId),
    wrappedUp: (callId, wrapMs) => {
      const call = running.get(callId)
      if (call) running.set(callId, { ...call, wrapMs: (call.wrapMs ?? 0) + wrapMs })
    },
  }
}

function after(before: Running, event: CallEvent, userId: UserId | null): Running {
  const holdMs = before.heldSince === null ? before.holdMs : before.holdMs + event.at - before.heldSince
  switch (event.type) {
    case 'answered':
      return {
        ...before,
        answeredAt: before.answeredAt ?? event.at,
        userId: before.userId ?? userId,
        holdMs,
        heldSince: null,
      }
    case 'held':
      return { ...before, heldSince: before.heldSince ?? event.at }
    case 'resumed':
      return { ...before, holdMs, heldSince: null }
    default:
      return before
  }
}

function finished(before: Running, event: CallEvent): CallRecord {
  const { heldSince, heardAt: _, ...times } = before
  const holdMs = before.holdMs + (heldSince === null ? 0 : event.at - heldSince)
  const onCallMs = before.answeredAt === null ? 0 : event.at - before.answeredAt
  return {
    ...times,
    holdMs,
    endedAt: event.at,
    waitMs: (before.answeredAt ?? event.at) - before.offeredAt,
    talkMs: Math.max(0, onCallMs - holdMs),
    outcome: event.outcome ?? 'unknown',
  }
}
