import type { RowUpsert } from '../../domain/commands/define.ts'
import { commands } from '../../protocol/commands.ts'
import type { CommandEnvelope, CommandOutcome } from '../../protocol/wire.ts'
import { idsIn } from '../erasure/erased-ids.ts'
import type { CommandTransaction } from './command-store.ts'

/** The outcome of a late command about a customer who was erased. */
export const parkedAsErased: CommandOutcome = { kind: 'parked', error: { code: 'CUSTOMER_ERASED', params: {} } }

/**
 * Whether a workstation sent this command without its arguments because an erasure removed them from its journal. No
 * known command has null arguments otherwise.
 */
export const isScrubbed = ({ name, args }: CommandEnvelope): boolean => args === null && Object.hasOwn(commands, name)

/** Whether a command names an erased customer or one of their rows, even in arguments that do not fit its schema. */
export const namesErased = (transaction: CommandTransaction, { args }: CommandEnvelope): Promise<boolean> =>
  transaction.erasedAmong(idsIn(args))

/** The customers whose rows an effect writes. */
export function customersOf(changes: readonly RowUpsert[]): string[] {
  const ids = changes.flatMap(({ entity, row }) => {
    if (entity === 'customer') return [row.id, row.organisationId]
    return 'customerId' in row ? [row.customerId] : []
  })
  return [...new Set(ids.filter((id) => id !== null))]
}
