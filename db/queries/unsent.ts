import type { CommandArgs } from '../../protocol/commands.ts'
import type { CustomerId, UserId } from '../../protocol/scalars.ts'
import type { UnsentItem } from '../../protocol/workstation.ts'
import type { ReadableDb } from '../handles.ts'
import { isScrubbed, unsettledCommands, type JournalledCommand } from '../journal/commands.ts'
import { readRow } from '../rows/store.ts'
import { customerBrief } from './people.ts'

/** What a user did here that the center has not taken for good: waiting, sent, refused or parked, with its text. */
export function unsentItems(journal: ReadableDb, cache: ReadableDb, userId: UserId): UnsentItem[] {
  return unsettledCommands(journal).flatMap((command): UnsentItem[] => {
    const { state } = command
    if (command.userId !== userId || isScrubbed(command)) return []
    // Applied and on its way back: there is nothing left to worry about.
    if (state === 'applied' || state === 'settled' || state === 'dropped') return []
    const args = command.args as Record<string, unknown>
    const customerId = (args['customerId'] ?? null) as CustomerId | null
    return [{
      commandId: command.commandId, seq: command.seq, name: command.name, args, customerId, currency: currencyOf(cache, command),
      customerName: customerId ? (customerBrief(cache, customerId)?.displayName ?? null) : null,
      userName: command.userName, at: command.at, state, outcome: command.outcome,
    }]
  })
}

/** A quote is in the currency of its products, which is one. */
function currencyOf(cache: ReadableDb, { name, args }: Pick<JournalledCommand, 'name' | 'args'>): string | null {
  if (name !== 'quote.issue') return null
  const [line] = (args as CommandArgs<'quote.issue'>).lines
  return line ? (readRow(cache, 'product', line.productId)?.currency ?? null) : null
}
