const FIRST_MS = 500
const LONGEST_MS = 30_000

/**
 * How long to wait before try number `attempt` (from 0): anything between nothing and a bound that doubles, so that
 * thousands of workstations do not come back in step ("full jitter").
 */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10)))
}

/**
 * How long to wait where the center said how long: no shorter, and up to a fifth as long again, at least a second. The center gives each a
 * second of its own where it turns many away, so the jitter has to spread those of one second, and of one wait that was
 * the same for all.
 */
export function askedToWaitMs(seconds: number, random: () => number): number {
  return Math.floor(seconds * 1000 + random() * Math.max(1000, seconds * 200))
}
