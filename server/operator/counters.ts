import type { CommandOutcome } from '../../protocol/wire.ts'

const events = ['handshakesDone', 'handshakesRefused', 'turnedAway', 'pagesRead', 'pagesShared', 'slowReaders'] as const
export type CountedEvent = (typeof events)[number]

const outcomes = [
  'applied',
  'altered',
  'refused',
  'parked',
  'retryLater',
] as const satisfies readonly CommandOutcome['kind'][]

/** The upper bounds, in seconds, of the classes that commands are counted in by their duration. */
export const DURATION_BOUNDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const

/**
 * What a node has counted since it started. The classes are few and fixed, so this does not grow with users or
 * customers.
 */
export interface Counted {
  readonly events: Readonly<Record<CountedEvent, number>>
  readonly commands: Readonly<Record<CommandOutcome['kind'], number>>
  /** `upTo[i]` commands took no longer than `DURATION_BOUNDS[i]`. */
  readonly durations: { readonly upTo: readonly number[]; readonly count: number; readonly sumSeconds: number }
}

export interface Counters {
  count(event: CountedEvent): void
  command(outcome: CommandOutcome['kind']): void
  /** Counts the time of one command's transaction, committed or not. */
  took(seconds: number): void
  read(): Counted
}

export function createCounters(): Counters {
  const counted = Object.fromEntries(events.map((event) => [event, 0])) as Record<CountedEvent, number>
  const commands = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<CommandOutcome['kind'], number>
  const upTo = DURATION_BOUNDS.map(() => 0)
  let count = 0
  let sumSeconds = 0
  return {
    count: (event) => {
      counted[event] += 1
    },
    command: (outcome) => {
      commands[outcome] += 1
    },
    took: (seconds) => {
      count += 1
      sumSeconds += seconds
      DURATION_BOUNDS.forEach((bound, index) => {
        if (seconds <= bound) upTo[index]! += 1
      })
    },
    read: () => ({
      events: { ...counted },
      commands: { ...commands },
      durations: { upTo: [...upTo], count, sumSeconds },
    }),
  }
}
