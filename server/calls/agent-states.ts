import type { AgentState } from '../../protocol/calls.ts'
import type { Queryable } from '../db/connect.ts'

/**
 * The states of all active users in these scopes, as written by whichever node had the telephones. A user who never
 * signed in has no state.
 */
export async function agentStates(db: Queryable, scopes: readonly string[]): Promise<AgentState[]> {
  const { rows } = await db.query<{ state: AgentState }>({
    name: 'desk.states',
    text: 'select s.state from agent_state s join app_user u on u.id = s.user_id where u.active and u.scope = any($1) order by s.user_id limit 10000',
    values: [scopes],
  })
  return rows.map((row) => row.state)
}
