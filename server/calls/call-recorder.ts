import type { CallEvent } from '../../protocol/calls.ts'
import type { UserId } from '../../protocol/scalars.ts'

/** A finished call for the figures, once whatever legs it had. Holds no number of the caller. */
export interface CallRecord {
  readonly callId: string
  readonly direction: CallEvent['direction']
  readonly queue: string | null
  readonly line: string | null
  /** Who answered it first. */
  readonly userId: UserId | null
  readonly offeredAt: number
  readonly answeredAt: number | null
  readonly endedAt: number
  readonly waitMs: number
  readonly talkMs: number
  readonly holdMs: number
  readonly outcome: NonNullable<CallEvent['outcome']>
}

interface Running extends Omit<CallRecord, 'endedAt' | 'waitMs' | 'talkMs' | 'outcome'> { readonly heldSince: number | null }

/** Collects each call's times from its events; gives the record when the call itself (and not one of its legs) ends. */
export function createCallRecorder() {
  const running = new Map<string, Running>()

  return (event: CallEvent, userId: UserId | null): CallRecord | null => {
    const before = running.get(event.callId) ?? {
      callId: event.callId, direction: event.direction, queue: event.queue, line: event.line, userId: null, offeredAt: event.at, answeredAt: null, holdMs: 0, heldSince: null,
    }
    if (event.type === 'ended' && event.extension === null) {
      running.delete(event.callId)
      return finished(before, event)
    }
    running.set(event.callId, after(before, event, userId))
    return null
  }
}

function after(before: Running, event: CallEvent, userId: UserId | null): Running {
  const holdMs = before.heldSince === null ? before.holdMs : before.holdMs + event.at - before.heldSince
  switch (event.type) {
    case 'answered': return { ...before, answeredAt: before.answeredAt ?? event.at, userId: before.userId ?? userId, holdMs, heldSince: null }
    case 'held': return { ...before, heldSince: before.heldSince ?? event.at }
    case 'resumed': return { ...before, holdMs, heldSince: null }
    default: return before
  }
}

function finished(before: Running, event: CallEvent): CallRecord {
  const { heldSince, ...times } = before
  const holdMs = before.holdMs + (heldSince === null ? 0 : event.at - heldSince)
  const onCallMs = before.answeredAt === null ? 0 : event.at - before.answeredAt
  return {
    ...times, holdMs, endedAt: event.at, waitMs: (before.answeredAt ?? event.at) - before.offeredAt, talkMs: Math.max(0, onCallMs - holdMs),
    outcome: event.outcome ?? 'unknown',
  }
}
