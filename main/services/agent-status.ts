import type { AgentState } from '../../protocol/calls.ts'

/** The last state that the server told of the agent at this workstation. */
export interface AgentStatus {
  current(): AgentState | null
  /** A state with an older revision of the same agent changes nothing. */
  take(state: AgentState): void
  /** Call this when the user has signed out. */
  clear(): void
}

export function createAgentStatus(onChanged: () => void): AgentStatus {
  let current: AgentState | null = null
  return {
    current: () => current,
    take: (state) => {
      if (current?.userId === state.userId && current.revision >= state.revision) return
      current = state
      onChanged()
    },
    clear: () => {
      current = null
      onChanged()
    },
  }
}
