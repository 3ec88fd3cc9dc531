import type { AgentCall, AgentState, CallControl } from '../../protocol/calls.ts'
import type { Result } from '../../protocol/errors.ts'
import type { RequestName, requests } from '../../protocol/wire.ts'
import type { CallId, UserId } from '../../protocol/scalars.ts'
import type { z } from 'zod'

export type StateWish = z.infer<(typeof requests)['setAgentState' & RequestName]['args']>

/** What a workstation needs of calls and agent states, wherever in the center they are kept. */
export interface CallDesk {
  control(userId: UserId, control: CallControl): Promise<Result<null>>
  setState(userId: UserId, wish: StateWish): Promise<Result<AgentState>>
  /** The agent is done with an ended call. */
  wrapUpDone(userId: UserId, callId: CallId): Promise<Result<null>>
  /** A signed-in workstation of this user came or went. Who comes is told their calls and state as news, from wherever they are kept. */
  connected(userId: UserId): void
  disconnected(userId: UserId): void
}

/** What the calls tell the workstations. */
export type DeskNews =
  | { readonly kind: 'call'; readonly call: AgentCall }
  | { readonly kind: 'agentState'; readonly state: AgentState }
