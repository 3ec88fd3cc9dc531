import type { CommandArgs, CommandName } from '../../protocol/commands.ts'
import type { CommandContext, Effect, RowRef, Rows } from './define.ts'
import { commandDefinitions } from './registry.ts'
import { lineRefusal, withTrimmedLines } from './typed-lines.ts'

/** The rows that a command with these arguments needs. */
export function rowsReadBy<C extends CommandName>(name: C, args: CommandArgs<C>): readonly RowRef[] {
  return commandDefinitions[name].reads(args)
}

/** The further rows that a command needs, once those of `rowsReadBy` were read. */
export function rowsAlsoReadBy<C extends CommandName>(name: C, args: CommandArgs<C>, rows: Rows): readonly RowRef[] {
  return commandDefinitions[name].alsoReads?.(rows, args) ?? []
}

/**
 * Runs a command's rule over the rows that were read for it. Pure: the same rows, arguments and context give the same
 * effect.
 */
export function runCommand<C extends CommandName>(
  name: C,
  args: CommandArgs<C>,
  rows: Rows,
  context: CommandContext,
): Effect {
  return lineRefusal(name, args) ?? commandDefinitions[name].effect(rows, withTrimmedLines(name, args), context)
}
