import { v7 as uuid } from 'uuid'
import type { CommandInput } from '../protocol/commands.ts'
import type { CustomerId } from '../protocol/scalars.ts'

const NOTE = 'Asked where the order is. Read out the tracking number; she calls again on Tuesday. '.repeat(4)

/** The command that agents send most often: a contact with its note. */
export function wrapUp(customerId: CustomerId): CommandInput<'interaction.wrapUp'> {
  const now = Date.now()
  return {
    interactionId: uuid(),
    customerId,
    channel: 'phone',
    direction: 'in',
    callId: null,
    startedAt: now - 90_000,
    endedAt: now,
    queue: 'support',
    waitMs: 8000,
    talkMs: 82_000,
    note: NOTE,
    matter: 'order',
    outcome: 'answered',
    nextStep: 'none',
    followUp: null,
  }
}
