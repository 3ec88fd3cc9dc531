import { ok, refuse, type Result } from '../../protocol/errors.ts'
import type { SignInRequest } from '../../protocol/wire.ts'
import type { z } from 'zod'
import type { Pool } from '../db/connect.ts'
import { inTransaction } from '../db/transaction.ts'
import { registerDevice } from './devices.ts'
import { passwordFits } from './passwords.ts'
import { openSession } from './sessions.ts'
import { attemptKey, forgetFailures, noteFailure, pauseMs } from './sign-in-attempts.ts'
import { userByLogin } from './users.ts'
import type { User } from '../../protocol/entities.ts'

export interface SignedIn {
  readonly user: User
  readonly sessionToken: string
  readonly expiresAt: number
  readonly deviceToken: string
}

/** Checks who it is, registers the device and opens a session. Says the same of a wrong name and a wrong password. */
export async function signIn(pool: Pool, request: z.infer<typeof SignInRequest>, address: string, now: number): Promise<Result<SignedIn>> {
  const key = attemptKey(request.login, address)
  const pause = await pauseMs(pool, key, now)
  if (pause > 0) return refuse('SIGN_IN_PAUSED', { seconds: Math.ceil(pause / 1000) })
  const found = await userByLogin(pool, request.login)
  const fits = await passwordFits(request.password, found?.passwordHash ?? null)
  if (!found || !fits || !found.user.active) {
    await noteFailure(pool, key, now)
    return refuse('SIGN_IN_REFUSED')
  }
  await forgetFailures(pool, key)
  const opened = await inTransaction(pool, async (client) => {
    const deviceToken = await registerDevice(client, request.device, found.user.id, now)
    const session = await openSession(client, found.user.id, request.device.deviceId, now)
    return { user: found.user, sessionToken: session.token, expiresAt: session.expiresAt, deviceToken }
  })
  return ok(opened)
}
