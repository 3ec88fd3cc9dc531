import type { z } from 'zod'
import { Journalled } from '../../protocol/bridge.ts'
import type { CommandName } from '../../protocol/commands.ts'
import { ok, refuse, type Result } from '../../protocol/errors.ts'
import {
  actions,
  events,
  queries,
  type ActionName,
  type ActionResult,
  type EventName,
  type EventPayload,
  type QueryName,
  type QueryResult,
} from '../../protocol/workstation.ts'

const checked = (schema: z.ZodType, result: Result<unknown>, name: string): Result<unknown> => {
  if (!result.ok) return result
  const parsed = schema.safeParse(result.value)
  if (parsed.success) return ok(parsed.data)
  // Log only names and paths, because a value may be a customer's data.
  console.error(`answer of ${name} does not fit the contract at ${parsed.error.issues[0]?.path.join('.') ?? '?'}`)
  return refuse('INTERNAL', { reference: name })
}

/** Checks an answer of the core against the contract; an answer that does not fit becomes a refusal. */
export const checkedQuery = <Q extends QueryName>(name: Q, result: Result<unknown>): Result<QueryResult<Q>> =>
  checked(queries[name].result, result, name) as Result<QueryResult<Q>>

export const checkedAction = <A extends ActionName>(name: A, result: Result<unknown>): Result<ActionResult<A>> =>
  checked(actions[name].result, result, name) as Result<ActionResult<A>>

/** Checks the answer to `run`. */
export const checkedRun = (name: CommandName, result: Result<unknown>): Result<{ commandId: string }> =>
  checked(Journalled, result, name) as Result<{ commandId: string }>

/** Checks an event's payload; null where it does not fit. */
export function checkedEvent<E extends EventName>(name: E, payload: unknown): EventPayload<E> | null {
  const result = checked(events[name], ok(payload), name)
  return result.ok ? (result.value as EventPayload<E>) : null
}
