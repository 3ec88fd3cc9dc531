import type { Refusal } from '../../protocol/errors.ts'
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

/** Why a workstation of this protocol version is not let in, as it can read it: version 1 has no DEVICE_REVOKED. */
export function refusalReadableBy(protocolVersion: number, refusal: Refusal): Refusal {
  return protocolVersion > 1 || refusal.code !== 'DEVICE_REVOKED' ? refusal : { code: 'NOT_ALLOWED', params: {} }
}
