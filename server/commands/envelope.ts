import { createHash } from 'node:crypto'
import { canonicalJson } from '../../protocol/canonical-json.ts'
import { commands, type CommandArgs, type CommandName } from '../../protocol/commands.ts'
import { ok, refuse, type Refusal, type Result } from '../../protocol/errors.ts'
import type { CommandEnvelope } from '../../protocol/wire.ts'
import { storable } from '../db/storable.ts'

export type CheckedCommand = { [C in CommandName]: { readonly name: C; readonly args: CommandArgs<C> } }[CommandName]

/** The hash an envelope must carry: over what it says, so that a damaged journal is noticed. */
export function envelopeHash(envelope: Omit<CommandEnvelope, 'hash'>): string {
  const { seq, commandId, name, version, args, userId, at } = envelope
  return createHash('sha256').update(canonicalJson([seq, commandId, name, version, args, userId, at])).digest('hex')
}

/** The command in an envelope, with arguments that fit its schema. */
export function checkEnvelope(envelope: CommandEnvelope): Result<CheckedCommand> {
  if (envelopeHash(envelope) !== envelope.hash) return refuse('BAD_ARGUMENT', { field: 'hash', problem: 'the command was damaged on its way' })
  if (!Object.hasOwn(commands, envelope.name)) return refuse('UNKNOWN_NAME', { name: envelope.name })
  const name = envelope.name as CommandName
  if (envelope.version !== commands[name].version) return refuse('UNKNOWN_NAME', { name: `${name} ${envelope.version}` })
  const parsed = commands[name].args.safeParse(storable(envelope.args))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refuse('BAD_ARGUMENT', { field: issue?.path.join('.') || name, problem: issue?.message ?? 'it does not fit' })
  }
  return ok({ name, args: parsed.data } as CheckedCommand)
}

const FIVE_MINUTES = 5 * 60_000
const THIRTY_DAYS = 30 * 24 * 60 * 60_000

/** When a command counts as done: as its envelope says, or now where that machine's clock was off. */
export function commandTime(at: number, now: number): { at: number; remark: Refusal | null } {
  if (at <= now + FIVE_MINUTES && at >= now - THIRTY_DAYS) return { at, remark: null }
  return { at: now, remark: { code: 'BAD_ARGUMENT', params: { field: 'at', problem: 'the clock of that machine was off, so the time of arrival was used' } } }
}
