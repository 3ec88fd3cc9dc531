import { canonicalJson } from './canonical-json.ts'
import type { CommandEnvelope } from './wire.ts'

/**
 * The contents of a command without its place in the journal, because the place changes when the journal is renumbered.
 */
export type SaidByCommand = Pick<CommandEnvelope, 'commandId' | 'name' | 'version' | 'args' | 'userId' | 'at'>

/** The text that a `CommandSeal` proves: the sign-in and everything that the command says. */
export const sealedText = (sessionId: string, { commandId, name, version, args, userId, at }: SaidByCommand): string =>
  canonicalJson([sessionId, commandId, name, version, args, userId, at])
