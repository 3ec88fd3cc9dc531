import type { RowUpsert } from '../../domain/commands/define.ts'
import { commands } from '../../protocol/commands.ts'
import type { CommandEnvelope, CommandOutcome } from '../../protocol/wire.ts'
import { idsIn } from '../erasure/erased-ids.ts'
import type { CommandTransaction } from './command-store.ts'

/** What becomes of late work on somebody who was erased. */
export const parkedAsErased: CommandOutcome = { kind: 'parked', error: { code: 'CUSTOMER_ERASED', params: {} } }

/** Sent without its text because that was erased where it was written: no command that there is has no arguments. */
export const isScrubbed = ({ name, args }: CommandEnvelope): boolean => args === null && Object.hasOwn(commands, name)

/** Whether a command names an erased customer or a row of theirs, in arguments that fit or not. */
export const namesErased = (transaction: CommandTransaction, { args }: CommandEnvelope): Promise<boolean> => transaction.erasedAmong(idsIn(args))

/** Whose rows an effect writes. */
export function customersOf(changes: readonly RowUpsert[]): string[] {
  const ids = changes.flatMap(({ entity, row }) => {
    if (entity === 'customer') return [row.id, row.organisationId]
    return 'customerId' in row ? [row.customerId] : []
  })
  return [...new Set(ids.filter((id) => id !== null))]
}
