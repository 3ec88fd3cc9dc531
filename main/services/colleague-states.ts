import type { AgentState } from '../../protocol/calls.ts'
import type { Clock } from '../clock.ts'
import type { Center } from '../link/center.ts'

/** The colleagues' states as the server tells them, asked again only while a screen shows them. */
export interface ColleagueStates {
  /** Null: the states are not known now. */
  ask(): Promise<AgentState[] | null>
  stop(): void
}

const AGAIN_AFTER_MS = 2_000

export function createColleagueStates(options: {
  readonly center: Pick<Center, 'agentStates'>
  readonly clock: Pick<Clock, 'after'>
  readonly isOnline: () => boolean
  readonly sessionToken: () => string | null
  /** It is time to ask again: a screen that still watches asks once more; where none watches, the asking ends. */
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
