import type { UserId } from '../../protocol/scalars.ts'
import type { ServerLink } from '../link/server-link.ts'
import { inBackground, type Log } from '../log.ts'
import type { AgentStatus } from '../services/agent-status.ts'

/** When less than this is left of the wrap-up, an agent who is typing would not finish in time. */
const NEAR_END_MS = 45_000

export interface KeepWrapUpOptions {
  readonly link: Pick<ServerLink, 'request'>
  readonly agentStatus: Pick<AgentStatus, 'current' | 'take'>
  /** The server's time. */
  readonly now: () => number
  readonly userId: () => UserId | null
  readonly log: Log
}

/**
 * Returns a function to call when the agent types. Near the end of the wrap-up it asks the server to extend it, so that
 * a wrap-up does not end while the agent types.
 */
export function createKeepWrapUp({ link, agentStatus, now, userId, log }: KeepWrapUpOptions): () => void {
  let asking = false

  async function extend(): Promise<void> {
    const state = agentStatus.current()
    if (asking || state?.userId !== userId()) return
    if (state?.state !== 'WORK' && state?.state !== 'WORK_READY') return
    if (state.until === null || state.until - now() > NEAR_END_MS) return
    asking = true
    const reply = await link.request('setAgentState', { state: state.state, reason: null })
    asking = false
    if (reply.ok) agentStatus.take(reply.value)
  }
  return () => inBackground(log, extend(), 'extend the wrap-up')
}
