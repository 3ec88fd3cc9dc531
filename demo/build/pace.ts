import type { Random } from '../random.ts'

const A_DAY = 86_400_000
/** So much of the work of a calm center is done later than it was due, and by so much at most. */
const LATE_SHARE = 0.25
const LATEST_DAYS = 3

/** When something that is due is done by people who mostly keep their word: rather towards its time than at once, now and then too late. */
export const doneAfter = (from: number, dueAt: number, random: Random): number =>
  Math.round(random.chance(LATE_SHARE) ? dueAt + random.next() * LATEST_DAYS * A_DAY : from + Math.sqrt(random.next()) * (dueAt - from))
