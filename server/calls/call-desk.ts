import type { AgentCall, AgentState, CallControl } from '../../protocol/calls.ts'
import type { Result } from '../../protocol/errors.ts'
import type { RequestName, requests } from '../../protocol/wire.ts'
import type { CallId, UserId } from '../../protocol/scalars.ts'
import type { z } from 'zod'

export type StateWish = z.infer<(typeof requests)['setAgentState' & RequestName]['args']>

/** What workstations need of calls and agent states, at whichever node these are kept. */
export interface CallDesk {
  control(userId: UserId, control: CallControl): Promise<Result<null>>
  setState(userId: UserId, wish: StateWish): Promise<Result<AgentState>>
  /** The agent has wrapped up an ended call. */
  wrapUpDone(userId: UserId, callId: CallId): Promise<Result<null>>
  /**
   * A signed-in workstation of this user connected or disconnected. A user who connects gets their calls and state as
   * news, from whichever node keeps them.
   */
  connected(userId: UserId): void
  disconnected(userId: UserId): void
}

/** News about calls and agent states for the workstations. */
export type DeskNews =
  | { readonly kind: 'call'; readonly call: AgentCall }
  | { readonly kind: 'agentState'; readonly state: AgentState }
