const FIRST_MS = 500
const LONGEST_MS = 30_000

/**
 * How long to wait before try number `attempt` (from 0): anything between nothing and a bound that doubles, so that
 * thousands of workstations do not come back in step ("full jitter").
 */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10)))
}
