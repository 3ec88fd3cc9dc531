import { ok, refuse, type Result } from '../../protocol/errors.ts'
import type { User } from '../../protocol/entities.ts'
import type { Pool } from '../db/connect.ts'
import { addressGroup } from '../http/trusted-proxies.ts'
import { knowsUser } from './devices.ts'
import { passwordFits } from './passwords.ts'
import { attemptsOf, forgetFailures, noteFailure, pauseMs, type Attempt } from './sign-in-attempts.ts'
import { createTurns } from './turns.ts'
import { userByLogin } from './users.ts'

/** Where a name and a password come from: an address, and the device that the client claims to be. */
export interface SignInFrom {
  readonly address: string
  readonly device: { readonly deviceId: string; readonly deviceToken: string | null } | null
}

/** Finds the user with this name and password. A wrong name and a wrong password get the same refusal. */
export type CheckPassword = (login: string, password: string, from: SignInFrom) => Promise<Result<User>>

/**
 * Checking a password keeps a thread busy for a tenth of a second. This leaves the other threads of the process free
 * for files and host names.
 */
const PASSWORDS_AT_ONCE = 2
const WAITING_IN_A_GROUP = 64
/**
 * Tries of one name from one place wait in a line and are checked one after another, so a burst gets no more guesses
 * than a person who types.
 */
const WAITING_FOR_A_NAME = 8
const BUSY = refuse('CENTER_BUSY', { seconds: 5 })

/**
 * Each node makes one of these, and every way to sign in uses it: they share the pauses (kept in the database, for all
 * nodes) and the turns.
 */
export function createPasswordCheck(pool: Pool, now: () => number): CheckPassword {
  const passwords = createTurns({ atOnce: PASSWORDS_AT_ONCE, waitingInGroup: WAITING_IN_A_GROUP })
  const busy = new Map<string, number>()
  const lines = new Map<string, Promise<unknown>>()

  async function attempt(
    login: string,
    password: string,
    attempts: readonly Attempt[],
    group: string,
  ): Promise<Result<User>> {
    const paused = async () => {
      const pause = await pauseMs(pool, attempts, now())
      return pause > 0 ? refuse('SIGN_IN_PAUSED', { seconds: Math.ceil(pause / 1000) }) : null
    }
    const first = await paused()
    if (first) return first
    // Check the pause again when the turn comes: while this try waited, failures under other names from the same
    // address may have caused a pause.
    return passwords.run(group, async () => (await paused()) ?? compared()) ?? BUSY

    async function compared(): Promise<Result<User>> {
      const { user, passwordHash } = await userByLogin(pool, login)
      if (!(await passwordFits(password, passwordHash)) || !user?.active) {
        await noteFailure(pool, attempts, now())
        return refuse('SIGN_IN_REFUSED')
      }
      await forgetFailures(pool, attempts)
      return ok(user)
    }
  }

  return async (login, password, { address, device }) => {
    const knownDevice = device && (await knowsUser(pool, device, login)) ? device.deviceId : null
    const from = addressGroup(address)
    const attempts = attemptsOf(login, { address: from, knownDevice })
    const [{ key }] = attempts as [Attempt]
    const ahead = busy.get(key) ?? 0
    if (ahead > WAITING_FOR_A_NAME) return refuse('SIGN_IN_PAUSED', { seconds: 1 })
    busy.set(key, ahead + 1)
    const mine = (lines.get(key) ?? Promise.resolve()).then(() =>
      attempt(login, password, attempts, knownDevice ?? from),
    )
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
