import type { CommandOutcome } from '../protocol/wire.ts'

const erased = { code: 'CUSTOMER_ERASED', params: {} } as const

/**
 * The outcome of a command about a customer who was erased: its kind and the row versions stay, and everything it says
 * about the customer is removed.
 */
export function withoutTexts(outcome: CommandOutcome): CommandOutcome {
  switch (outcome.kind) {
    case 'applied':
      return outcome
    case 'altered':
      return { ...outcome, remark: erased }
    case 'refused':
    case 'parked':
    case 'retryLater':
      return { ...outcome, error: erased }
    default:
      return outcome satisfies never
  }
}
