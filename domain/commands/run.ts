import type { CommandArgs, CommandName } from '../../protocol/commands.ts'
import type { CommandContext, Effect, RowRef, Rows } from './define.ts'
import { commandDefinitions } from './registry.ts'
import { lineRefusal, withTrimmedLines } from './typed-lines.ts'

/** The rows that a command must be given, for its arguments. */
export function rowsReadBy<C extends CommandName>(name: C, args: CommandArgs<C>): readonly RowRef[] {
  return commandDefinitions[name].reads(args)
}

/** The rows that a command must be given besides, once those of `rowsReadBy` are there. */
export function rowsAlsoReadBy<C extends CommandName>(name: C, args: CommandArgs<C>, rows: Rows): readonly RowRef[] {
  return commandDefinitions[name].alsoReads?.(rows, args) ?? []
}

/** Runs a command's rule over rows that were read for it. Pure: the same rows, arguments and context give the same effect. */
export function runCommand<C extends CommandName>(name: C, args: CommandArgs<C>, rows: Rows, context: CommandContext): Effect {
  return lineRefusal(name, args) ?? commandDefinitions[name].effect(rows, withTrimmedLines(name, args), context)
}
