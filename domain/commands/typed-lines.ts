import type { CommandArgs, CommandName } from '../../protocol/commands.ts'
import { isBlank, lineProblem, trimmed } from '../visible-text.ts'
import { unusable, type Effect } from './define.ts'

/**
 * The short texts of a command that others see and search for. A `must` line may not be blank; a blank `may` line
 * becomes null.
 */
interface Lines {
  readonly must?: readonly string[]
  readonly may?: readonly string[]
  /** Longer texts that must have something visible in them. */
  readonly text?: readonly string[]
}

const lines: { readonly [C in CommandName]?: Lines } = {
  'interaction.add': { text: ['text'] },
  'customer.capture': { must: ['displayName', 'newOrganisation'], may: ['nativeName', 'city'] },
  'customer.change': { must: ['now.displayName'], may: ['now.nativeName', 'now.city'] },
  'quote.decide': { text: ['reason'] },
  'complaint.log': { must: ['subject'] },
  'preference.set': { must: ['key', 'value'] },
  'task.add': { must: ['title'] },
  'task.drop': { text: ['reason'] },
}

type Branch = Record<string, unknown>

/** The object that holds the last step of a path, and that step. */
function placeOf(args: Branch, path: string): { readonly at: Branch; readonly field: string } {
  const steps = path.split('.')
  const field = steps.pop()!
  return { at: steps.reduce<Branch>((branch, step) => branch[step] as Branch, args), field }
}

/** Why a line of these arguments cannot be kept; null: all lines can be. */
export function lineRefusal(name: CommandName, args: CommandArgs<CommandName>): Effect | null {
  const { must = [], may = [], text = [] } = lines[name] ?? {}
  for (const path of [...must, ...may, ...text]) {
    const { at, field } = placeOf(args, path)
    const value = at[field]
    if (typeof value !== 'string') continue
    const problem = text.includes(path) ? (isBlank(value) ? 'blank' : null) : lineProblem(value)
    if (problem !== null && !(problem === 'blank' && may.includes(path))) return unusable(path, problem)
  }
  return null
}

/**
 * The arguments without the invisible characters around their lines; an optional line with nothing visible becomes
 * null.
 */
export function withTrimmedLines<C extends CommandName>(name: C, args: CommandArgs<C>): CommandArgs<C> {
  const { must = [], may = [] } = lines[name] ?? {}
  if (must.length + may.length === 0) return args
  const changed = structuredClone(args)
  for (const path of [...must, ...may]) {
    const { at, field } = placeOf(changed, path)
    const value = at[field]
    if (typeof value === 'string') at[field] = isBlank(value) && may.includes(path) ? null : trimmed(value)
  }
  return changed
}
