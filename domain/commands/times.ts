import { refused, unusable, type CommandContext, type Effect } from './define.ts'

const A_MINUTE = 60_000
const A_YEAR = 366 * 24 * 60 * A_MINUTE

/** No task may be due later than this. */
const DUE_WITHIN_YEARS = 5
/** No price may be valid for longer than this. */
const VALID_FOR_YEARS = 2

/** Why a task cannot be due at this time; null: it can. */
export function dueRefusal(dueAt: number, by: CommandContext): Effect | null {
  if (dueAt < by.at - A_MINUTE) return refused('DUE_IN_THE_PAST')
  return dueAt > by.at + DUE_WITHIN_YEARS * A_YEAR ? refused('DUE_TOO_FAR', { years: DUE_WITHIN_YEARS }) : null
}

/** Why a price cannot be valid until this time; null: it can. */
export function validUntilRefusal(validUntil: number, by: CommandContext): Effect | null {
  if (validUntil < by.at) return unusable('validUntil', 'inThePast')
  return validUntil > by.at + VALID_FOR_YEARS * A_YEAR ? unusable('validUntil', 'tooFarAhead') : null
}
