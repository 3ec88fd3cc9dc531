import { badArgument, ok, refuse, type Refusal, type Result } from '../../protocol/errors.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { Handshake } from '../../protocol/wire.ts'
import { deviceStanding } from '../auth/devices.ts'
import { readSession, type Session } from '../auth/sessions.ts'
import { journalsOf, type JournalPlace } from '../commands/journal-place.ts'
import type { Pool } from '../db/connect.ts'

/**
 * A workstation that may connect. Without a session it may only send its journal, report its state and deal with
 * erasures.
 */
export interface Admitted {
  readonly deviceId: string
  readonly session: Session | null
  /** Why the session token that it sent is no longer valid; null where it sent none or a valid one. */
  readonly signedOut: Refusal | null
  readonly journals: readonly JournalPlace[]
}

/** The server accepts one version only, until a release has to work together with other versions (ADR 17). */
export function protocolRefusal(version: number): Refusal | null {
  if (version > PROTOCOL_VERSION) return { code: 'PROTOCOL_TOO_NEW', params: {} }
  if (version < PROTOCOL_VERSION) return { code: 'PROTOCOL_TOO_OLD', params: {} }
  return null
}

/** Decides whether a handshake is accepted. */
export async function admit(pool: Pool, auth: unknown, now: number): Promise<Result<Admitted>> {
  const parsed = Handshake.safeParse(auth)
  if (!parsed.success) return badArgument('auth', 'noHandshake')
  const { deviceId, deviceToken, sessionToken, protocolVersion } = parsed.data
  const refusal = protocolRefusal(protocolVersion)
  if (refusal) return { ok: false, error: refusal }
  const standing = await deviceStanding(pool, deviceId, deviceToken)
  if (standing === 'revoked') return refuse('DEVICE_REVOKED')
  if (standing === 'unknown') return refuse('NOT_SIGNED_IN')
  const found = sessionToken === null ? null : await readSession(pool, sessionToken, now)
  const session = found?.deviceId === deviceId ? found : null
  const signedOut: Refusal | null =
    sessionToken !== null && session === null ? { code: 'SESSION_EXPIRED', params: {} } : null
  return ok({ deviceId, session, signedOut, journals: await journalsOf(pool, deviceId) })
}
