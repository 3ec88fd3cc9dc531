import { createHmac, timingSafeEqual } from 'node:crypto'
import { sealedText } from '../../protocol/sealed-text.ts'
import type { CommandEnvelope, CommandOutcome } from '../../protocol/wire.ts'
import type { Journal, SealingSession, StoredResult } from './command-store.ts'

/**
 * How long after its end a sign-in still counts as open, because the clocks of workstations and nodes always differ a
 * little.
 */
const CLOCKS_APART_MS = 5 * 60_000

/** Whether this seal was made with this session's key over the contents of the command. */
export function sealFits(envelope: CommandEnvelope, sealKey: string): boolean {
  const { seal } = envelope
  const key = Buffer.from(sealKey, 'base64url')
  // A key of the wrong length, such as an empty one, is not a secret and proves nothing.
  if (!seal || key.length !== 32) return false
  const mac = createHmac('sha256', key).update(sealedText(seal.sessionId, envelope)).digest()
  return timingSafeEqual(mac, Buffer.from(seal.mac, 'hex'))
}

/** What a seal proves. `live`: its sign-in is still open, so its user's role counts. */
export type Sealed =
  | { readonly by: 'user'; readonly live: boolean; readonly signedInAt: number }
  | { readonly by: 'nobody'; readonly outcome: CommandOutcome }

const parked = (code: 'SEAL_UNKNOWN' | 'SEAL_BROKEN' | 'SIGN_IN_OVER'): CommandOutcome => ({
  kind: 'parked',
  error: { code, params: {} },
})

/** The outcome of a command that only a role allows and whose sign-in was over when it arrived. */
export const parkedAsOver = parked('SIGN_IN_OVER')

/**
 * Decides who made a command: the user of a sign-in at this very device, before that sign-in was ended. A sign-in that
 * has expired still counts, because an offline workstation cannot know of it and its user goes on working. A sign-in
 * that was ended proves nothing that was done later.
 */
export function checkSeal(
  envelope: CommandEnvelope,
  { deviceId }: Pick<Journal, 'deviceId'>,
  session: SealingSession | null,
  now: number,
): Sealed {
  if (!envelope.seal || !session) return { by: 'nobody', outcome: parked('SEAL_UNKNOWN') }
  const isTheirs = session.userId === envelope.userId.toLowerCase() && session.deviceId === deviceId.toLowerCase()
  const isLate = session.endedAt !== null && envelope.at > session.endedAt + CLOCKS_APART_MS
  if (!isTheirs || isLate || !session.fits(envelope)) return { by: 'nobody', outcome: parked('SEAL_BROKEN') }
  return { by: 'user', signedInAt: session.createdAt, live: session.endedAt === null && session.expiresAt > now }
}

const waitsForSeal: ReadonlySet<string> = new Set(['SEAL_UNKNOWN', 'SEAL_BROKEN', 'SIGN_IN_OVER'])

/**
 * Whether a command was parked only because of its seal. The workstation may send it again under the same id with a
 * better seal.
 */
export const isParkedForSeal = ({ outcome }: Pick<StoredResult, 'outcome'>): boolean =>
  outcome.kind === 'parked' && waitsForSeal.has(outcome.error.code)
