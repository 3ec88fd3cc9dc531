import { may } from './permissions.ts'
import type { Role } from '../protocol/entities/user.ts'
import type { UserId } from '../protocol/scalars.ts'

/**
 * How long an act that ended something can be taken back: a user notices a slip within minutes, and later others have
 * built on it.
 */
export const TAKE_BACK_MS = 10 * 60_000

/** Whether an act of `doneBy` at `doneAt` (instants in ms) can still be taken back by `who` at `now`. */
export function mayTakeBack(
  { doneBy, doneAt }: { readonly doneBy: UserId | null; readonly doneAt: number | null },
  who: { readonly userId: UserId; readonly role: Role },
  now: number,
): boolean {
  if (doneAt === null || now - doneAt > TAKE_BACK_MS) return false
  return doneBy === who.userId || may(who.role, 'end.takeBackOthers')
}
