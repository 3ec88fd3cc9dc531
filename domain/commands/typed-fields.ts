import type { CommandName } from '../../protocol/commands.ts'

/** How a user types a value: one line, longer text, money (minor units), a count, or a time (an instant). */
export type TypedKind = 'line' | 'text' | 'amount' | 'count' | 'instant'

/** One value of a command that a user typed. `path` leads to it in the arguments; its steps are joined by dots. */
export interface TypedField {
  readonly path: string
  readonly kind: TypedKind
  readonly value: string | number | null
}

/**
 * The values that a user may change in a command that was refused or parked; `*` stands for every line of a list. All
 * other values say what the command is about.
 */
const typed: { readonly [C in CommandName]: Readonly<Record<string, TypedKind>> } = {
  'interaction.wrapUp': { note: 'text', 'followUp.dueAt': 'instant' },
  'interaction.revise': { note: 'text' },
  'interaction.add': { text: 'text' },
  'customer.capture': {
    displayName: 'line',
    nativeName: 'line',
    newOrganisation: 'line',
    city: 'line',
    'phone.raw': 'line',
  },
  'customer.change': {
    'now.displayName': 'line',
    'now.nativeName': 'line',
    'now.city': 'line',
    'now.birthday': 'line',
    'now.remark': 'text',
  },
  'contactPoint.add': { 'phone.raw': 'line' },
  'number.pick': {},
  'quote.issue': { 'lines.*.quantity': 'count', 'lines.*.unitPriceMinor': 'amount', 'lines.*.reason': 'line' },
  'quote.answer': { reason: 'line' },
  'quote.decide': { reason: 'line' },
  'quote.seen': {},
  'quote.takeBack': {},
  'complaint.log': { subject: 'line', description: 'text' },
  'complaint.advance': { comment: 'text' },
  'complaint.takeBack': {},
  'preference.set': { value: 'line' },
  'preference.confirm': {},
  'preference.retire': {},
  'preference.takeBack': {},
  'task.add': { title: 'line', detail: 'text', dueAt: 'instant' },
  'task.claim': {},
  'task.assign': {},
  'task.postpone': { dueAt: 'instant' },
  'task.done': {},
  'task.drop': { reason: 'line' },
  'task.takeBack': {},
}

const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The values of a command that a user may change, in the order in which the form asked for them. */
export const typedFields = (name: CommandName, args: unknown): TypedField[] =>
  Object.entries(typed[name]).flatMap(([pattern, kind]) =>
    found(args, pattern.split('.'), []).map(({ path, value }) => ({ path, kind, value })),
  )

function found(
  at: unknown,
  [step, ...rest]: readonly string[],
  walked: readonly string[],
): { path: string; value: string | number | null }[] {
  if (step === undefined)
    return at === null || typeof at === 'string' || typeof at === 'number'
      ? [{ path: walked.join('.'), value: at }]
      : []
  if (!isBranch(at)) return []
  const keys = step === '*' ? Object.keys(at) : Object.hasOwn(at, step) ? [step] : []
  return keys.flatMap((key) => found(at[key], rest, [...walked, key]))
}

/** The arguments with other values at some of their `typedFields`; null where a path leads to none of them. */
export function withTyped(
  name: CommandName,
  args: unknown,
  values: Readonly<Record<string, string | number | null>>,
): unknown {
  const known = new Set(typedFields(name, args).map(({ path }) => path))
  const changed: unknown = structuredClone(args)
  for (const [path, value] of Object.entries(values)) {
    if (!known.has(path)) return null
    const steps = path.split('.')
    const last = steps.pop()!
    const branch = steps.reduce((at, step) => at[step] as Record<string, unknown>, changed as Record<string, unknown>)
    branch[last] = value
  }
  return changed
}
