import { z } from 'zod'
import { Party } from '../../protocol/calls.ts'
import { E164, ShortText } from '../../protocol/scalars.ts'

/** A call that a simulated caller is going to make. */
export const PlannedCall = z.strictObject({
  /** The time after the call before it, in ms at speed 1. */
  afterMs: z.int().min(0),
  /** The caller as a telephone line would report it. `raw` may be unusable, shared or unknown, as the plan wants it. */
  from: Party,
  /** Our number that is called. */
  line: E164.nullable(),
  queue: ShortText.nullable(),
  /** How long the caller waits before they give up. */
  patienceMs: z.int().min(0),
  /** How long the caller talks after the answer; null: until the agent hangs up. */
  serviceMs: z.int().min(0).nullable(),
  /** What the voice menu collected from the caller. */
  collected: z.string().max(64).nullable(),
  /** The name that the plan's author gave this case. It is never sent anywhere. */
  name: z.string().max(120),
})
export type PlannedCall = z.infer<typeof PlannedCall>

export type CallPlan = Iterable<PlannedCall> | AsyncIterable<PlannedCall>
