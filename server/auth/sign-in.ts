import { ok, refuse, type Result } from '../../protocol/errors.ts'
import type { SignInRequest } from '../../protocol/wire.ts'
import type { z } from 'zod'
import type { Pool } from '../db/connect.ts'
import { inTransaction } from '../db/transaction.ts'
import type { CheckPassword } from './check-password.ts'
import { holdIfRevoked, registerDevice } from './devices.ts'
import { openSession, type OpenedSession } from './sessions.ts'
import type { User } from '../../protocol/entities.ts'

export interface SignedIn {
  readonly user: User
  readonly session: OpenedSession
  readonly deviceToken: string
}

/** Answers one sign-in that came from an address. */
export type SignIn = (request: z.infer<typeof SignInRequest>, address: string) => Promise<Result<SignedIn>>

/** Checks name and password, registers the device and opens a session. */
export function createSignIn(pool: Pool, checkPassword: CheckPassword, now: () => number): SignIn {
  return async (request, address) => {
    const checked = await checkPassword(request.login, request.password, { address, device: request.device })
    if (!checked.ok) return checked
    const user = checked.value
    return inTransaction(pool, async (client): Promise<Result<SignedIn>> => {
      if (await holdIfRevoked(client, request.device.deviceId)) return refuse('DEVICE_REVOKED')
      const deviceToken = await registerDevice(client, request.device, user, now())
      if (deviceToken === null) return refuse('NOT_ALLOWED')
      const session = await openSession(client, user.id, request.device.deviceId, now())
      return ok({ user, session, deviceToken })
    })
  }
}
