import type { AgentCall } from '../../protocol/calls.ts'
import { UserId, type CallId } from '../../protocol/scalars.ts'
import type { DeepLink } from './deep-link.ts'

const NOBODY = UserId.parse('00000000-0000-4000-8000-000000000000')

/** A call that only this desk knows of. It counts as talking, because nobody will tell when it ends. */
export function localCall(link: DeepLink, callId: CallId, userId: UserId | null, now: number): AgentCall {
  return {
    callId, revision: 0, userId: userId ?? NOBODY, direction: 'in', phase: 'talking',
    party: { kind: 'number', raw: link.number, name: null }, line: null, queue: null, waitMs: null, collected: null, forwardedBy: null,
    offeredAt: now, answeredAt: now, endedAt: null, talkMs: null, outcome: null, handedOver: null,
  }
}
