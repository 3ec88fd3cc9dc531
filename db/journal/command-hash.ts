import { createHash } from 'node:crypto'
import { canonicalJson } from '../../protocol/canonical-json.ts'
import type { CommandEnvelope } from '../../protocol/wire.ts'

/** The checksum of a command on its way to the server (`protocol/wire.ts`): SHA-256 in hex. */
export function commandHash(command: Omit<CommandEnvelope, 'hash' | 'seal'>): string {
  const { seq, commandId, name, version, args, userId, at } = command
  return createHash('sha256')
    .update(canonicalJson([seq, commandId, name, version, args, userId, at]))
    .digest('hex')
}
