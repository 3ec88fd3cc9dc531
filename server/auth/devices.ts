import { may } from '../../domain/permissions.ts'
import type { User } from '../../protocol/entities.ts'
import type { Queryable } from '../db/connect.ts'
import { hashToken, newToken } from './tokens.ts'

/**
 * Whether this device holds its token and may connect. Only a client that holds the token learns that its device is
 * barred.
 */
export async function deviceStanding(
  db: Queryable,
  deviceId: string,
  token: string,
): Promise<'fits' | 'revoked' | 'unknown'> {
  const {
    rows: [device],
  } = await db.query<{ revoked: boolean }>(
    'select revoked_at is not null as revoked from device where id = $1 and token_hash = $2',
    [deviceId, hashToken(token)],
  )
  if (!device) return 'unknown'
  return device.revoked ? 'revoked' : 'fits'
}

/** Whether a device that signs in is barred. The row is locked, so the answer stays true until the transaction ends. */
export async function holdIfRevoked(db: Queryable, deviceId: string): Promise<boolean> {
  const {
    rows: [device],
  } = await db.query<{ revoked: boolean }>(
    'select revoked_at is not null as revoked from device where id = $1 for update',
    [deviceId],
  )
  return device?.revoked ?? false
}

/**
 * Gives the token of a device that signs in: its present one where it shows it, else a new one. A device that is known
 * here but does not show its token gets a new one only if its user has signed in at it before, or has the permission
 * `device.renewToken`. Anybody else may be at another machine that only claims this device's id, and would act for the
 * users of the real one; they get null.
 */
export async function registerDevice(
  db: Queryable,
  device: { deviceId: string; deviceToken: string | null; label: string },
  user: Pick<User, 'id' | 'role'>,
  now: number,
): Promise<string | null> {
  const {
    rows: [known],
  } = await db.query<{ tokenHash: string }>('select token_hash as "tokenHash" from device where id = $1 for update', [
    device.deviceId,
  ])
  const holdsIt =
    known !== undefined && device.deviceToken !== null && known.tokenHash === hashToken(device.deviceToken)
  if (known && !holdsIt && !may(user.role, 'device.renewToken') && !(await hasSignedInAt(db, device.deviceId, user.id)))
    return null
  const token = holdsIt && device.deviceToken !== null ? device.deviceToken : newToken()
  await db.query(
    `insert into device (id, token_hash, label, registered_by, registered_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set token_hash = $2, label = $3`,
    [device.deviceId, hashToken(token), device.label, user.id, now],
  )
  await db.query('insert into device_user (device_id, user_id) values ($1, $2) on conflict do nothing', [
    device.deviceId,
    user.id,
  ])
  return token
}

/** Whether this user has ever signed in at this device. */
async function hasSignedInAt(db: Queryable, deviceId: string, userId: string): Promise<boolean> {
  const { rows } = await db.query({
    name: 'device.user',
    text: 'select 1 from device_user where device_id = $1 and user_id = $2',
    values: [deviceId, userId],
  })
  return rows.length === 1
}

/** Whether this device shows its right token, is not barred, and the user of this name has signed in at it before. */
export async function knowsUser(
  db: Queryable,
  device: { readonly deviceId: string; readonly deviceToken: string | null },
  login: string,
): Promise<boolean> {
  if (device.deviceToken === null) return false
  const { rows } = await db.query({
    name: 'device.knows-user',
    text: `select 1 from device d join device_user du on du.device_id = d.id join app_user u on u.id = du.user_id
           where d.id = $1 and d.token_hash = $2 and d.revoked_at is null and lower(u.login) = lower($3)`,
    values: [device.deviceId, hashToken(device.deviceToken), login],
  })
  return rows.length > 0
}
