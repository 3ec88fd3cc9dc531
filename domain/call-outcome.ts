import type { AgentCall } from '../protocol/calls.ts'
import type { Outcome } from '../protocol/entities/interaction.ts'

/** The outcome of a contact, where the telephone system knows it: the call was transferred and has not come back. */
export const outcomeOfCall = ({ outcome, givenTo }: Pick<AgentCall, 'outcome' | 'givenTo'>): Outcome | null =>
  outcome === 'transferred' && (givenTo?.state ?? 'ringing') !== 'gone' ? 'forwarded' : null
