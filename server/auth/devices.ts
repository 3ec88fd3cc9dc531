import type { Queryable } from '../db/connect.ts'
import { hashToken, newToken } from './tokens.ts'

/** Whether this device holds the token it was given. */
export async function deviceFits(db: Queryable, deviceId: string, token: string): Promise<boolean> {
  const { rows } = await db.query('select 1 from device where id = $1 and token_hash = $2', [deviceId, hashToken(token)])
  return rows.length === 1
}

/**
 * The token of a device that signs in: the one it has, or a new one for a device that has none. A device that lost
 * its token gets a new one, because somebody who may sign in stands before it.
 */
export async function registerDevice(
  db: Queryable, device: { deviceId: string; deviceToken: string | null; label: string }, userId: string, now: number,
): Promise<string> {
  const known = device.deviceToken !== null && (await deviceFits(db, device.deviceId, device.deviceToken))
  const token = known && device.deviceToken !== null ? device.deviceToken : newToken()
  await db.query(
    `insert into device (id, token_hash, label, registered_by, registered_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set token_hash = $2, label = $3`,
    [device.deviceId, hashToken(token), device.label, userId, now],
  )
  await db.query('insert into device_user (device_id, user_id) values ($1, $2) on conflict do nothing', [device.deviceId, userId])
  return token
}

/** Whether this user has ever signed in at this device: only then its journal may speak for them. */
export async function hasSignedInAt(db: Queryable, deviceId: string, userId: string): Promise<boolean> {
  const { rows } = await db.query('select 1 from device_user where device_id = $1 and user_id = $2', [deviceId, userId])
  return rows.length === 1
}
