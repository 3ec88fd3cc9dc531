import type { AgentState } from '../../protocol/calls.ts'

/** The center's last word on the agent at this desk. */
export interface AgentStatus {
  current(): AgentState | null
  /** An older word on the same agent changes nothing. */
  take(state: AgentState): void
  /** Nobody works here any more. */
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
