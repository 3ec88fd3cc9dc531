import type { CommandArgs } from '../../protocol/commands.ts'
import type { CustomerId, UserId } from '../../protocol/scalars.ts'
import type { FieldConflict } from '../../protocol/workstation.ts'
import type { ReadableDb } from '../handles.ts'
import { changesMetMeanwhile } from '../journal/commands.ts'

/** What a user changed of a customer and a colleague had changed before: the server kept the colleague's value, and theirs is still here. */
export const fieldConflicts = (journal: ReadableDb, userId: UserId, customerId: CustomerId): FieldConflict[] =>
  changesMetMeanwhile(journal, userId).flatMap(({ commandId, args, outcome, at }): FieldConflict[] => {
    const change = args as CommandArgs<'customer.change'>
    if (change.customerId !== customerId || outcome?.kind !== 'altered') return []
    const field = String(outcome.remark.params['field'])
    const mine = Object.hasOwn(change.now, field) ? change.now[field as keyof typeof change.now] : undefined
    return mine === undefined ? [] : [{ commandId, field, mine, at }]
  })
