import type { FastifyInstance } from 'fastify'
import { ok, refuse } from '../../protocol/errors.ts'
import { AgentStatesReply } from '../../protocol/wire.ts'
import { scopesOf } from '../auth/visible.ts'
import { agentStates } from '../calls/agent-states.ts'
import type { Pool } from '../db/connect.ts'
import { sessionOf } from './bearer.ts'

/**
 * The states of the colleagues, for a user who is signed in. A workstation asks only while its agent looks for a
 * colleague to transfer a call to.
 */
export function addAgentRoutes(app: FastifyInstance, { pool, now }: { pool: Pool; now: () => number }): void {
  app.get('/api/agents', async (request, reply) => {
    const session = await sessionOf(pool, request, now())
    if (!session) return reply.code(401).send(refuse('NOT_SIGNED_IN'))
    return AgentStatesReply.parse(ok(await agentStates(pool, scopesOf(session.user))))
  })
}
