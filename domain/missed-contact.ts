import type { Interaction } from '../protocol/entities.ts'

/**
 * Whether an entry says no more than that a call was missed: the server wrote it, and no agent has spoken to the
 * customer or written anything about it.
 */
export const isMissedContact = ({
  callId,
  userId,
  direction,
}: Pick<Interaction, 'callId' | 'userId' | 'direction'>): boolean =>
  callId !== null && userId === null && direction === 'in'
