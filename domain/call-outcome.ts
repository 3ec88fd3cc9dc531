import type { AgentCall } from '../protocol/calls.ts'
import type { Outcome } from '../protocol/entities/interaction.ts'

/**
 * The outcome of a contact, where the telephone system knows it: the call was dialled and nobody answered, or it was
 * transferred and has not come back.
 */
export function outcomeOfCall({
  direction,
  phase,
  answeredAt,
  outcome,
  givenTo,
}: Pick<AgentCall, 'direction' | 'phase' | 'answeredAt' | 'outcome' | 'givenTo'>): Outcome | null {
  if (direction === 'out' && phase === 'ended' && answeredAt === null) return 'noAnswer'
  return outcome === 'transferred' && (givenTo?.state ?? 'ringing') !== 'gone' ? 'forwarded' : null
}
