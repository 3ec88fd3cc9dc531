import { createHash } from 'node:crypto'
import { argumentUpgrades, upgradedArgs, type ArgumentUpgrades } from '../../domain/commands/upgraded-args.ts'
import { canonicalJson } from '../../protocol/canonical-json.ts'
import { commands, type CommandArgs, type CommandName } from '../../protocol/commands.ts'
import { badArgument, ok, refuse, type Refusal, type Result } from '../../protocol/errors.ts'
import { reasonOf, type ReasonName } from '../../protocol/reasons.ts'
import type { CommandEnvelope } from '../../protocol/wire.ts'
import { storable } from '../db/storable.ts'

export type CheckedCommand = { [C in CommandName]: { readonly name: C; readonly args: CommandArgs<C> } }[CommandName]

/** The hash that an envelope must carry. It covers the contents, so that a damaged journal is noticed. */
export function envelopeHash(envelope: Omit<CommandEnvelope, 'hash' | 'seal'>): string {
  const { seq, commandId, name, version, args, userId, at } = envelope
  return createHash('sha256')
    .update(canonicalJson([seq, commandId, name, version, args, userId, at]))
    .digest('hex')
}

/** The commands that a program knows, and how it upgrades the arguments of older versions. */
export interface KnownCommands {
  readonly commands: typeof commands
  readonly upgrades: ArgumentUpgrades
}

/** The command in an envelope of any version, with arguments that fit the newest schema. */
export function checkEnvelope(
  envelope: CommandEnvelope,
  known: KnownCommands = { commands, upgrades: argumentUpgrades },
): Result<CheckedCommand> {
  if (envelopeHash(envelope) !== envelope.hash) return badArgument('hash', 'damagedOnTheWay')
  if (!Object.hasOwn(commands, envelope.name)) return refuse('UNKNOWN_NAME', { name: envelope.name })
  const name = envelope.name as CommandName
  const args = upgraded(name, envelope, known)
  if (args === undefined) return refuse('UNKNOWN_NAME', { name: `${name} ${envelope.version}` })
  const parsed = known.commands[name].args.safeParse(args)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return badArgument(issue?.path.join('.') || name, reasonOf(issue))
  }
  return ok({ name, args: parsed.data } as CheckedCommand)
}

function upgraded(
  name: CommandName,
  { version, args }: CommandEnvelope,
  { commands: newest, upgrades }: KnownCommands,
): unknown {
  const sent = storable(args) ?? null
  try {
    return upgradedArgs(name, version, sent, { newest, upgrades })
  } catch {
    // These never were valid arguments of that version. The check against the newest schema will say what is wrong.
    return sent
  }
}

const FIVE_MINUTES = 5 * 60_000
const THIRTY_DAYS = 30 * 24 * 60 * 60_000

/**
 * The time at which a command counts as done: the envelope's, or now where the workstation's clock was wrong. Nobody
 * can have done it before the sign-in that sealed it, so an earlier time is not accepted.
 */
export function commandTime(at: number, now: number, signedInAt: number): { at: number; remark: Refusal | null } {
  if (at <= now + FIVE_MINUTES && at >= Math.max(now - THIRTY_DAYS, signedInAt - FIVE_MINUTES))
    return { at, remark: null }
  return {
    at: now,
    remark: { code: 'BAD_ARGUMENT', params: { field: 'at', problem: 'clockOff' satisfies ReasonName } },
  }
}
