const FIRST_MS = 500
const LONGEST_MS = 30_000

/**
 * How long to wait before attempt number `attempt` (from 0): a random time between zero and a bound that doubles, so
 * that thousands of workstations do not come back at the same moment ("full jitter").
 */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10)))
}

/**
 * How long to wait where the server asked for a wait: never shorter, and up to a fifth longer, at least up to a second
 * longer. When the server turns many workstations away it gives each a different second, so the random part spreads
 * those of one second, and also those that were all given the same wait.
 */
export function askedToWaitMs(seconds: number, random: () => number): number {
  return Math.floor(seconds * 1000 + random() * Math.max(1000, seconds * 200))
}
