import type { CommandOutcome } from '../protocol/wire.ts'

const erased = { code: 'CUSTOMER_ERASED', params: {} } as const

/** What became of a command about a customer who was erased: its kind and the versions it gave stay, what it says of the customer does not. */
export function withoutTexts(outcome: CommandOutcome): CommandOutcome {
  switch (outcome.kind) {
    case 'applied': return outcome
    case 'altered': return { ...outcome, remark: erased }
    case 'refused': case 'parked': case 'retryLater': return { ...outcome, error: erased }
    default: return outcome satisfies never
  }
}
