import { createHmac } from 'node:crypto'
import { sealedText, type SaidByCommand } from '../../protocol/sealed-text.ts'
import type { CommandSeal } from '../../protocol/wire.ts'

/** The key that seals the commands of a sign-in (`protocol/wire.ts`); it is never stored with a command. */
export interface SealingKey {
  readonly sessionId: string
  /** 256 bits in base64url. */
  readonly sealKey: string
}

/** The proof that a command was made in this sign-in. */
export const sealOf = ({ sessionId, sealKey }: SealingKey, command: SaidByCommand): CommandSeal => ({
  sessionId,
  mac: createHmac('sha256', Buffer.from(sealKey, 'base64url')).update(sealedText(sessionId, command)).digest('hex'),
})
