import type { CommandOutcome, CommandReply } from '../../protocol/wire.ts'

/**
 * An answer to commands as a workstation of this protocol version can read it: version 1 has no CUSTOMER_ERASED, and one
 * that cannot read an answer sends the same commands for ever.
 */
export function readableBy(protocolVersion: number, { outcomes, expected }: CommandReply): CommandReply {
  if (protocolVersion > 1) return { outcomes, expected }
  return { expected, outcomes: outcomes.map(({ seq, outcome }) => ({ seq, outcome: asUnknown(outcome) })) }
}

function asUnknown(outcome: CommandOutcome): CommandOutcome {
  const unknown = { code: 'CUSTOMER_UNKNOWN', params: {} } as const
  if ('error' in outcome && outcome.error.code === 'CUSTOMER_ERASED') return { ...outcome, error: unknown }
  if ('remark' in outcome && outcome.remark.code === 'CUSTOMER_ERASED') return { ...outcome, remark: unknown }
  return outcome
}
