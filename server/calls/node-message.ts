import { z } from 'zod'
import { AgentCall, AgentState, CallControl } from '../../protocol/calls.ts'
import { resultOf } from '../../protocol/errors.ts'
import { CallId, UserId } from '../../protocol/scalars.ts'
import { requests } from '../../protocol/wire.ts'

/** A request of an agent to the node that has the telephones. */
export const DeskWish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('control'), control: CallControl }),
  z.strictObject({ kind: z.literal('state'), wish: requests.setAgentState.args }),
  z.strictObject({ kind: z.literal('wrapUpDone'), callId: CallId }),
])
export type DeskWish = z.infer<typeof DeskWish>

const News = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), call: AgentCall }),
  z.strictObject({ kind: z.literal('agentState'), state: AgentState }),
])

const NodeId = z.uuid()
/** The id of one node's time with the telephones. A message for another time is ignored. */
const Holding = z.uuid()

/** The messages between nodes about calls. `to` names the one node that a message is for; null: all of them. */
export const NodeMessage = z.discriminatedUnion('kind', [
  /** The sender listens from now on. */
  z.strictObject({ kind: z.literal('hello') }),
  /** The sender has the telephones. */
  z.strictObject({ kind: z.literal('holder'), holding: Holding, to: NodeId.nullable() }),
  /** The sender had the telephones and has given them back. */
  z.strictObject({ kind: z.literal('free'), holding: Holding }),
  /** All users with workstations at the sender, and how many each has. */
  z.strictObject({ kind: z.literal('desks'), holding: Holding, desks: z.array(z.tuple([UserId, z.int().min(1)])) }),
  z.strictObject({ kind: z.literal('came'), holding: Holding, userId: UserId }),
  z.strictObject({ kind: z.literal('left'), holding: Holding, userId: UserId }),
  /** The sender's last report of its workstations is still true. */
  z.strictObject({ kind: z.literal('alive'), holding: Holding }),
  /** `at` is a time of the database's clock. */
  z.strictObject({
    kind: z.literal('ask'),
    to: NodeId,
    holding: Holding,
    id: z.uuid(),
    at: z.number(),
    userId: UserId,
    wish: DeskWish,
  }),
  z.strictObject({ kind: z.literal('answer'), to: NodeId, id: z.uuid(), result: resultOf(AgentState.nullable()) }),
  z.strictObject({ kind: z.literal('news'), to: NodeId.nullable(), news: News }),
])
export type NodeMessage = z.infer<typeof NodeMessage>

export const NodeMessages = z.strictObject({ from: NodeId, messages: z.array(NodeMessage) })
