import type { AgentState } from '../../protocol/calls.ts'
import type { Clock } from '../clock.ts'
import type { Center } from '../link/center.ts'

/** What the colleagues are at, as the center says it, asked again only while somebody looks. */
export interface ColleagueStates {
  /** Null: not known here and now. */
  ask(): Promise<AgentState[] | null>
  stop(): void
}

const AGAIN_AFTER_MS = 2_000

export function createColleagueStates(options: {
  readonly center: Pick<Center, 'agentStates'>
  readonly clock: Pick<Clock, 'after'>
  readonly isOnline: () => boolean
  readonly sessionToken: () => string | null
  /** Time to look again: whoever still watches asks once more, and with nobody watching it ends. */
  readonly onStale: () => void
}): ColleagueStates {
  const { center, clock, isOnline, sessionToken, onStale } = options
  let cancel = () => {}
  return {
    ask: async () => {
      const token = sessionToken()
      const states = token !== null && isOnline() ? await center.agentStates(token) : null
      cancel()
      cancel = clock.after(AGAIN_AFTER_MS, onStale)
      return states
    },
    stop: () => cancel(),
  }
}
