import { v7 as uuid } from 'uuid'
import type { User } from '../../protocol/entities.ts'
import { UserId } from '../../protocol/scalars.ts'
import { hashToken, newToken } from '../../server/auth/tokens.ts'
import { bulkLoad, bulkLoadTable } from '../../server/db/bulk-load.ts'
import type { Pool } from '../../server/db/connect.ts'

/** An agent who is signed in at a workstation, with what the workstation's handshake needs. */
export interface Person {
  readonly userId: UserId
  readonly deviceId: string
  readonly deviceToken: string
  readonly sessionToken: string
  readonly sessionId: string
  readonly sealKey: string
}

const A_DAY = 24 * 60 * 60_000

/**
 * Adds agents, each with a device and an open session, written into the database as a sign-in would leave them: two
 * thousand real sign-ins would derive two thousand passwords, which takes minutes and is not what is measured.
 */
export async function addPeople(pool: Pool, count: number): Promise<Person[]> {
  const now = Date.now()
  const people = Array.from({ length: count }, (): Person => ({
    userId: UserId.parse(uuid()),
    deviceId: uuid(),
    deviceToken: newToken(),
    sessionToken: newToken(),
    sessionId: uuid(),
    sealKey: newToken(),
  }))
  const users = people.map(({ userId }, i): User => ({
    id: userId,
    login: `crowd${i}`,
    displayName: `Agent ${i}`,
    nativeName: null,
    role: 'agent',
    team: `team${i % 40}`,
    extension: String(10_000 + i),
    active: true,
    version: 1,
    scope: 'org',
  }))
  await bulkLoad(pool, 'user', users)
  await bulkLoadTable(
    pool,
    'device',
    ['id', 'token_hash', 'label', 'registered_by', 'registered_at'],
    people.map((one) => [one.deviceId, hashToken(one.deviceToken), 'bench', one.userId, now]),
  )
  await bulkLoadTable(
    pool,
    'device_user',
    ['device_id', 'user_id'],
    people.map((one) => [one.deviceId, one.userId]),
  )
  await bulkLoadTable(
    pool,
    'session',
    ['id', 'token_hash', 'seal_key', 'user_id', 'device_id', 'created_at', 'expires_at'],
    people.map((one) => [
      one.sessionId,
      hashToken(one.sessionToken),
      one.sealKey,
      one.userId,
      one.deviceId,
      now,
      now + A_DAY,
    ]),
  )
  return people
}
