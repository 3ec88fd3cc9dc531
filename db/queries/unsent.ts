import type { CommandArgs } from '../../protocol/commands.ts'
import type { CustomerId, UserId } from '../../protocol/scalars.ts'
import type { Row } from '../../protocol/entities.ts'
import type { CommandOutcome } from '../../protocol/wire.ts'
import type { UnsentItem } from '../../protocol/workstation.ts'
import type { ReadableDb } from '../handles.ts'
import { isScrubbed, unsettledCommands, type JournalledCommand } from '../journal/commands.ts'
import { readRow } from '../rows/store.ts'
import { customerBrief, personNames } from './people.ts'

/** The user's commands that the server has not applied: waiting, sent, refused or parked, with their text. */
export function unsentItems(journal: ReadableDb, cache: ReadableDb, userId: UserId): UnsentItem[] {
  return unsettledCommands(journal).flatMap((command): UnsentItem[] => {
    const { state } = command
    if (command.userId !== userId || isScrubbed(command)) return []
    // The server has applied the command and its rows are on their way: the user need not worry about it.
    if (state === 'applied' || state === 'settled' || state === 'dropped') return []
    const args = command.args as Record<string, unknown>
    const task = command.name.startsWith('task.')
      ? readRow(cache, 'task', (args as CommandArgs<'task.claim'>).taskId)
      : null
    const customerId = (args['customerId'] ?? task?.customerId ?? null) as CustomerId | null
    return [
      {
        commandId: command.commandId,
        seq: command.seq,
        name: command.name,
        args,
        customerId,
        currency: currencyOf(cache, command),
        customerName: customerId ? (customerBrief(cache, customerId)?.displayName ?? null) : null,
        about: task?.title ?? null,
        userName: command.userName,
        at: command.at,
        state,
        outcome: withOwner(cache, command.outcome, task?.ownerUserId === userId ? null : task),
      },
    ]
  })
}

/** Adds the colleague's name where a colleague has the task: the rule that refused knows only their id. */
function withOwner(cache: ReadableDb, outcome: CommandOutcome | null, task: Row<'task'> | null): CommandOutcome | null {
  if (
    outcome?.kind !== 'refused' ||
    outcome.error.code !== 'CHANGED_MEANWHILE' ||
    outcome.error.params['field'] !== 'owner'
  )
    return outcome
  const [owner] = personNames(cache, [task?.ownerUserId])
  return owner
    ? { ...outcome, error: { ...outcome.error, params: { ...outcome.error.params, value: owner.displayName } } }
    : outcome
}

/** A quote is in the currency of its products, which all have the same one. */
function currencyOf(cache: ReadableDb, { name, args }: Pick<JournalledCommand, 'name' | 'args'>): string | null {
  if (name !== 'quote.issue') return null
  const [line] = (args as CommandArgs<'quote.issue'>).lines
  return line ? (readRow(cache, 'product', line.productId)?.currency ?? null) : null
}
