import type { Random } from '../random.ts'

const A_DAY = 86_400_000
/** The share of the work of a calm call center that is done late, and how late it is at most. */
const LATE_SHARE = 0.25
const LATEST_DAYS = 3

/**
 * When a task is done by people who mostly keep their word: rather shortly before it is due than at once, and sometimes
 * too late.
 */
export const doneAfter = (from: number, dueAt: number, random: Random): number =>
  Math.round(
    random.chance(LATE_SHARE)
      ? dueAt + random.next() * LATEST_DAYS * A_DAY
      : from + Math.sqrt(random.next()) * (dueAt - from),
  )
