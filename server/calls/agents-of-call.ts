import type { Queryable } from '../db/connect.ts'

/** What the telephone system reported about a call. */
export interface KnownCall {
  /** The users at whose telephones it was, whoever answered it. */
  readonly agents: readonly string[]
  /** When it was first reported at the telephone of a user, by the server's clock. */
  readonly firstAt: number
}

/** Null where the telephone system never reported such a call. */
export async function agentsOfCall(db: Queryable, callId: string): Promise<KnownCall | null> {
  const {
    rows: [found],
  } = await db.query<{ agents: string[]; firstAt: number | null }>({
    name: 'call.agents',
    text: `select coalesce(array_agg(user_id::text), '{}') as agents, min(first_at) as "firstAt" from call_agent where call_id = $1`,
    values: [callId],
  })
  return found && found.firstAt !== null ? { agents: found.agents, firstAt: found.firstAt } : null
}
