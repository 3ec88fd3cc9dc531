import { z } from 'zod'
import { Party } from '../../protocol/calls.ts'
import { E164, ShortText } from '../../protocol/scalars.ts'

/** A call that somebody outside is going to make. */
export const PlannedCall = z.strictObject({
  /** After the call before it, in ms at speed 1. */
  afterMs: z.int().min(0),
  /** As a trunk would write it; `raw` is rubbish, shared or unknown just as the plan wants it. */
  from: Party,
  /** The number of ours that is called. */
  line: E164.nullable(),
  queue: ShortText.nullable(),
  /** How long the caller waits before giving up. */
  patienceMs: z.int().min(0),
  /** How long the caller talks once answered; null: until the agent hangs up. */
  serviceMs: z.int().min(0).nullable(),
  /** What the voice menu collected. */
  collected: z.string().max(64).nullable(),
  /** What the plan's author calls this case; never sent anywhere. */
  name: z.string().max(120),
})
export type PlannedCall = z.infer<typeof PlannedCall>

export type CallPlan = Iterable<PlannedCall> | AsyncIterable<PlannedCall>
