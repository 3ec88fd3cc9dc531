import type { AgentCall } from '../protocol/calls.ts'
import type { Outcome } from '../protocol/entities/interaction.ts'

/** How a contact ended, where the telephone system knows it: a call that was transferred and has not come back. */
export const outcomeOfCall = ({ outcome, givenTo }: Pick<AgentCall, 'outcome' | 'givenTo'>): Outcome | null =>
  outcome === 'transferred' && (givenTo?.state ?? 'ringing') !== 'gone' ? 'forwarded' : null
