import type { CommandArgs } from '../../protocol/commands.ts'
import type { CustomerId, UserId } from '../../protocol/scalars.ts'
import type { FieldConflict } from '../../protocol/workstation.ts'
import type { ReadableDb } from '../handles.ts'
import { changesMetMeanwhile } from '../journal/commands.ts'

/**
 * The user's changes of a customer that came after a colleague's change of the same field: the server kept the
 * colleague's value, and the user's value is still here.
 */
export const fieldConflicts = (journal: ReadableDb, userId: UserId, customerId: CustomerId): FieldConflict[] =>
  changesMetMeanwhile(journal, userId).flatMap(({ commandId, args, outcome, at }): FieldConflict[] => {
    const change = args as CommandArgs<'customer.change'>
    if (change.customerId !== customerId || outcome?.kind !== 'altered') return []
    const field = String(outcome.remark.params['field'])
    const mine = Object.hasOwn(change.now, field) ? change.now[field as keyof typeof change.now] : undefined
    return mine === undefined ? [] : [{ commandId, field, mine, at }]
  })
