import { canonicalJson } from './canonical-json.ts'
import type { CommandEnvelope } from './wire.ts'

/** What a command says, without its place in a journal: that changes when the journal is numbered anew. */
export type SaidByCommand = Pick<CommandEnvelope, 'commandId' | 'name' | 'version' | 'args' | 'userId' | 'at'>

/** The text under a `CommandSeal`: which sign-in, and everything that a command says. */
export const sealedText = (sessionId: string, { commandId, name, version, args, userId, at }: SaidByCommand): string =>
  canonicalJson([sessionId, commandId, name, version, args, userId, at])
