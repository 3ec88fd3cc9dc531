import { ok, refuse, type Result } from '../../protocol/errors.ts'
import type { User } from '../../protocol/entities.ts'
import type { Pool } from '../db/connect.ts'
import { passwordFits } from './passwords.ts'
import { attemptKey, forgetFailures, noteFailure, pauseMs } from './sign-in-attempts.ts'
import { createTurns } from './turns.ts'
import { userByLogin } from './users.ts'

/** Who it is that gives this name and password from an address. Says the same of a wrong name and a wrong password. */
export type CheckPassword = (login: string, password: string, address: string) => Promise<Result<User>>

/** Deriving a password takes a tenth of a second of a thread; the other threads of the process read files and names. */
const PASSWORDS_AT_ONCE = 2
const WAITING_FROM_AN_ADDRESS = 64
/** Tries of one name from one address are taken one after the other: a burst gets no more guesses than a person. */
const WAITING_FOR_A_NAME = 8
const BUSY = refuse('CENTER_BUSY', { seconds: 5 })

/** One a node: every way to sign in shares its pauses and its turns. */
export function createPasswordCheck(pool: Pool, now: () => number): CheckPassword {
  const passwords = createTurns({ atOnce: PASSWORDS_AT_ONCE, waitingInGroup: WAITING_FROM_AN_ADDRESS })
  const busy = new Map<string, number>()
  const lines = new Map<string, Promise<unknown>>()

  async function attempt(login: string, password: string, key: string, address: string): Promise<Result<User>> {
    const pause = await pauseMs(pool, key, now())
    if (pause > 0) return refuse('SIGN_IN_PAUSED', { seconds: Math.ceil(pause / 1000) })
    const found = await userByLogin(pool, login)
    const checked = passwords.run(address, () => passwordFits(password, found.passwordHash))
    if (!checked) return BUSY
    const { user } = found
    if (!(await checked) || !user?.active) {
      await noteFailure(pool, key, now())
      return refuse('SIGN_IN_REFUSED')
    }
    await forgetFailures(pool, key)
    return ok(user)
  }

  return async (login, password, address) => {
    const key = attemptKey(login, address)
    const ahead = busy.get(key) ?? 0
    if (ahead > WAITING_FOR_A_NAME) return refuse('SIGN_IN_PAUSED', { seconds: 1 })
    busy.set(key, ahead + 1)
    const mine = (lines.get(key) ?? Promise.resolve()).then(() => attempt(login, password, key, address))
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
