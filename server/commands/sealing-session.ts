import type { Queryable } from '../db/connect.ts'
import { sealFits } from './command-seal.ts'
import type { SealingSession } from './command-store.ts'

/**
 * A sign-in by its id, for checking the seals that were made in it. It is kept long after its end, because unsent
 * commands may come late.
 */
export async function sealingSession(db: Queryable, sessionId: string): Promise<SealingSession | null> {
  const {
    rows: [found],
  } = await db.query<Omit<SealingSession, 'fits'> & { sealKey: string }>({
    name: 'session.sealing',
    text: `select user_id as "userId", device_id as "deviceId", created_at as "createdAt", expires_at as "expiresAt", ended_at as "endedAt", seal_key as "sealKey" from session where id = $1`,
    values: [sessionId],
  })
  if (!found) return null
  const { sealKey, ...session } = found
  return { ...session, fits: (envelope) => sealFits(envelope, sealKey) }
}
