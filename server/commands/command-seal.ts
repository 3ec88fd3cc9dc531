import { createHmac, timingSafeEqual } from 'node:crypto'
import { sealedText } from '../../protocol/sealed-text.ts'
import type { CommandEnvelope, CommandOutcome } from '../../protocol/wire.ts'
import type { Journal, SealingSession, StoredResult } from './command-store.ts'

/** A sign-in counts as ended only so long after its end: the clocks of workstations and nodes are never quite together. */
const CLOCKS_APART_MS = 5 * 60_000

/** Whether this seal was made with this session's key over what the command says. */
export function sealFits(envelope: CommandEnvelope, sealKey: string): boolean {
  const { seal } = envelope
  const key = Buffer.from(sealKey, 'base64url')
  // An empty key is nobody's secret.
  if (!seal || key.length !== 32) return false
  const mac = createHmac('sha256', key).update(sealedText(seal.sessionId, envelope)).digest()
  return timingSafeEqual(mac, Buffer.from(seal.mac, 'hex'))
}

/** What a seal proves. `live`: its sign-in still stands, and lends its user's role. */
export type Sealed = { readonly by: 'user'; readonly live: boolean; readonly signedInAt: number } | { readonly by: 'nobody'; readonly outcome: CommandOutcome }

const parked = (code: 'SEAL_UNKNOWN' | 'SEAL_BROKEN' | 'SIGN_IN_OVER'): CommandOutcome => ({ kind: 'parked', error: { code, params: {} } })

/** What becomes of a command that only a role allows, and whose sign-in was over when it came. */
export const parkedAsOver = parked('SIGN_IN_OVER')

/**
 * Who made a command: the user of a sign-in at this very device, before it ended. A sign-in that has run out still seals:
 * a workstation that is offline knows nothing of it, and its user goes on working. One that was ended seals nothing later.
 */
export function checkSeal(envelope: CommandEnvelope, { deviceId }: Pick<Journal, 'deviceId'>, session: SealingSession | null, now: number): Sealed {
  if (!envelope.seal || !session) return { by: 'nobody', outcome: parked('SEAL_UNKNOWN') }
  const isTheirs = session.userId === envelope.userId.toLowerCase() && session.deviceId === deviceId.toLowerCase()
  const isLate = session.endedAt !== null && envelope.at > session.endedAt + CLOCKS_APART_MS
  if (!isTheirs || isLate || !session.fits(envelope)) return { by: 'nobody', outcome: parked('SEAL_BROKEN') }
  return { by: 'user', signedInAt: session.createdAt, live: session.endedAt === null && session.expiresAt > now }
}

const waitsForSeal: ReadonlySet<string> = new Set(['SEAL_UNKNOWN', 'SEAL_BROKEN', 'SIGN_IN_OVER'])

/** Whether a command had no effect only because of its seal: it may come again under its id with a better one. */
export const isParkedForSeal = ({ outcome }: Pick<StoredResult, 'outcome'>): boolean => outcome.kind === 'parked' && waitsForSeal.has(outcome.error.code)
