import { z } from 'zod'
import { AgentCall, AgentState, CallControl } from '../../protocol/calls.ts'
import { resultOf } from '../../protocol/errors.ts'
import { CallId, UserId } from '../../protocol/scalars.ts'
import { requests } from '../../protocol/wire.ts'

/** What an agent asks of the telephones. */
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
/** One node's time with the telephones: what is meant for another time is passed over. */
const Holding = z.uuid()

/** What the nodes say to each other about calls. `to` names the one node it is for; null: all of them. */
export const NodeMessage = z.discriminatedUnion('kind', [
  /** A node hears from now on. */
  z.strictObject({ kind: z.literal('hello') }),
  /** This node has the telephones. */
  z.strictObject({ kind: z.literal('holder'), holding: Holding, to: NodeId.nullable() }),
  /** This node had them and has given them back. */
  z.strictObject({ kind: z.literal('free'), holding: Holding }),
  /** Whose workstations are connected to this node, and how many of each: all of them. */
  z.strictObject({ kind: z.literal('desks'), holding: Holding, desks: z.array(z.tuple([UserId, z.int().min(1)])) }),
  z.strictObject({ kind: z.literal('came'), holding: Holding, userId: UserId }),
  z.strictObject({ kind: z.literal('left'), holding: Holding, userId: UserId }),
  /** What this node said of its desks still holds. */
  z.strictObject({ kind: z.literal('alive'), holding: Holding }),
  /** `at` by the database's clock. */
  z.strictObject({ kind: z.literal('ask'), to: NodeId, holding: Holding, id: z.uuid(), at: z.number(), userId: UserId, wish: DeskWish }),
  z.strictObject({ kind: z.literal('answer'), to: NodeId, id: z.uuid(), result: resultOf(AgentState.nullable()) }),
  z.strictObject({ kind: z.literal('news'), to: NodeId.nullable(), news: News }),
])
export type NodeMessage = z.infer<typeof NodeMessage>

export const NodeMessages = z.strictObject({ from: NodeId, messages: z.array(NodeMessage) })
