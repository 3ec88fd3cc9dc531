import type { AgentState } from '../../../protocol/calls.ts'
import type { QueryResult } from '../../../protocol/workstation.ts'

export type Colleague = QueryResult<'colleagues'>[number]

/** How likely a colleague can take a call, the best first. */
export const nearness = ['free', 'afterCall', 'onCall', 'away', 'notKnown', 'signedOut'] as const
export type Nearness = (typeof nearness)[number]

/**
 * The state that the server tells of a colleague: null where they were never signed in, undefined where it tells no
 * states at all.
 */
export type ToldState = AgentState | null | undefined

export function nearnessOf(state: ToldState): Nearness {
  if (state === undefined) return 'notKnown'
  if (state === null) return 'signedOut'
  switch (state.state) {
    case 'READY':
      return 'free'
    case 'WORK':
    case 'WORK_READY':
      return 'afterCall'
    case 'RESERVED':
    case 'TALKING':
    case 'HOLD':
      return 'onCall'
    case 'NOT_READY':
      return 'away'
    case 'LOGGED_OUT':
      return 'signedOut'
    default:
      return state.state satisfies never
  }
}

/** Sorts colleagues: free ones first, and among them the one who has been free longest; the others by name. */
export function byNearness(
  colleagues: readonly Colleague[],
  stateOf: (colleague: Colleague) => ToldState,
): Colleague[] {
  const rank = (colleague: Colleague) => nearness.indexOf(nearnessOf(stateOf(colleague)))
  const waiting = (colleague: Colleague) => (rank(colleague) === 0 ? (stateOf(colleague)?.since ?? 0) : 0)
  return colleagues.toSorted(
    (a, b) => rank(a) - rank(b) || waiting(a) - waiting(b) || a.displayName.localeCompare(b.displayName),
  )
}
