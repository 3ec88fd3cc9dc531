import type { Pool, Queryable } from '../db/connect.ts'
import { inTransaction } from '../db/transaction.ts'
import { hashToken, newToken } from './tokens.ts'

/**
 * Bars a device that was lost: its sign-ins end, and the server takes nothing more from it, whoever uses it. A node
 * that it is connected to, or that it downloads a file from, drops it at its next check (`watch-sessions.ts`). False:
 * the device does not exist or is barred already.
 */
export function revokeDevice(pool: Pool, deviceId: string, now: number): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    // Update the device first, in the same order as a sign-in does. A sign-in that is under way is then waited for, and
    // its session ends with the others.
    const { rowCount } = await client.query('update device set revoked_at = $2 where id = $1 and revoked_at is null', [
      deviceId,
      now,
    ])
    await client.query('update session set ended_at = $2 where device_id = $1 and ended_at is null', [deviceId, now])
    return rowCount === 1
  })
}

/**
 * Lets a device that was found again register anew when a user signs in. It gets a new token, because the old one may
 * have been copied. False: it is not barred.
 */
export async function readmitDevice(db: Queryable, deviceId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'update device set revoked_at = null, token_hash = $2 where id = $1 and revoked_at is not null',
    [deviceId, hashToken(newToken())],
  )
  return rowCount === 1
}

/** Which of these devices are barred. */
export async function revokedAmong(db: Queryable, deviceIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    'select id from device where revoked_at is not null and id = any($1::uuid[])',
    [deviceIds],
  )
  return new Set(rows.map(({ id }) => id))
}

/** What an operator sees of a device to tell it from others. */
export interface KnownDevice {
  readonly id: string
  readonly label: string
  /** The names of the users who have signed in at it. */
  readonly users: readonly string[]
  /** When it last contacted the server, as far as the server knows. */
  readonly seenAt: number
  /** How many commands it last reported as unsent; null: it never reported. */
  readonly unsent: number | null
  readonly revokedAt: number | null
}

/** All devices, the most recently seen first. */
export async function knownDevices(db: Queryable): Promise<KnownDevice[]> {
  const { rows } = await db.query<KnownDevice>(
    `select d.id, d.label, d.revoked_at as "revokedAt", s.unsent,
       coalesce((select json_agg(u.display_name order by u.display_name) from device_user du join app_user u on u.id = du.user_id where du.device_id = d.id), '[]') as users,
       greatest(d.registered_at, s.seen_at, (select max(created_at) from session where device_id = d.id), (select max(i.seen_at) from device_incarnation i where i.device_id = d.id)) as "seenAt"
     from device d left join device_state s on s.device_id = d.id order by "seenAt" desc, d.id`,
  )
  return rows
}
