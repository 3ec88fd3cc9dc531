import { ok, refuse, type Result } from '../../protocol/errors.ts'
import type { SignInRequest } from '../../protocol/wire.ts'
import type { z } from 'zod'
import type { Pool } from '../db/connect.ts'
import { inTransaction } from '../db/transaction.ts'
import { registerDevice } from './devices.ts'
import { passwordFits } from './passwords.ts'
import { openSession } from './sessions.ts'
import { attemptKey, forgetFailures, noteFailure, pauseMs } from './sign-in-attempts.ts'
import { createTurns } from './turns.ts'
import { userByLogin } from './users.ts'
import type { User } from '../../protocol/entities.ts'

export interface SignedIn {
  readonly user: User
  readonly sessionToken: string
  readonly expiresAt: number
  readonly deviceToken: string
}

/** Answers one sign-in from an address. */
export type SignIn = (request: z.infer<typeof SignInRequest>, address: string) => Promise<Result<SignedIn>>

/** Deriving a password takes a tenth of a second of a thread; the other threads of the process read files and names. */
const PASSWORDS_AT_ONCE = 2
const WAITING_FROM_AN_ADDRESS = 64
/** Tries of one name from one address are taken one after the other: a burst gets no more guesses than a person. */
const WAITING_FOR_A_NAME = 8
const BUSY = refuse('CENTER_BUSY', { seconds: 5 })

/** Checks who it is, registers the device and opens a session. Says the same of a wrong name and a wrong password. */
export function createSignIn(pool: Pool, now: () => number): SignIn {
  const passwords = createTurns({ atOnce: PASSWORDS_AT_ONCE, waitingInGroup: WAITING_FROM_AN_ADDRESS })
  const busy = new Map<string, number>()
  const lines = new Map<string, Promise<unknown>>()

  async function attempt(request: z.infer<typeof SignInRequest>, key: string, address: string): Promise<Result<SignedIn>> {
    const pause = await pauseMs(pool, key, now())
    if (pause > 0) return refuse('SIGN_IN_PAUSED', { seconds: Math.ceil(pause / 1000) })
    const found = await userByLogin(pool, request.login)
    const checked = passwords.run(address, () => passwordFits(request.password, found.passwordHash))
    if (!checked) return BUSY
    const { user } = found
    if (!(await checked) || !user?.active) {
      await noteFailure(pool, key, now())
      return refuse('SIGN_IN_REFUSED')
    }
    await forgetFailures(pool, key)
    return inTransaction(pool, async (client): Promise<Result<SignedIn>> => {
      const deviceToken = await registerDevice(client, request.device, user, now())
      if (deviceToken === null) return refuse('NOT_ALLOWED')
      const session = await openSession(client, user.id, request.device.deviceId, now())
      return ok({ user, sessionToken: session.token, expiresAt: session.expiresAt, deviceToken })
    })
  }

  return async (request, address) => {
    const key = attemptKey(request.login, address)
    const ahead = busy.get(key) ?? 0
    if (ahead > WAITING_FOR_A_NAME) return refuse('SIGN_IN_PAUSED', { seconds: 1 })
    busy.set(key, ahead + 1)
    const mine = (lines.get(key) ?? Promise.resolve()).then(() => attempt(request, key, address))
    const over = mine.catch(() => undefined)
    lines.set(key, over)
    try {
      return await mine
    } finally {
      const left = (busy.get(key) ?? 1) - 1
      if (left > 0) busy.set(key, left)
      else {
        busy.delete(key)
        lines.delete(key)
      }
    }
  }
}
