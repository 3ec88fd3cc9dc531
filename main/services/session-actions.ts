import { dialString } from '../../domain/numbers/dial-string.ts'
import type { AgentState } from '../../protocol/calls.ts'
import { ok, refuse } from '../../protocol/errors.ts'
import type { ServerLink } from '../link/server-link.ts'
import type { ActionAnswers } from './action-answers.ts'
import type { AgentStatus } from './agent-status.ts'
import { notSignedIn, type SessionService } from './session.ts'

export interface SessionActionsOptions {
  readonly session: SessionService
  readonly link: ServerLink
  readonly agentStatus: AgentStatus
  readonly onSignedIn: () => Promise<void>
  readonly onSignedOut: () => Promise<void>
}

const mayLeave = (state: AgentState | null) => !state || state.state === 'NOT_READY' || state.state === 'LOGGED_OUT'

/** Actions about who is signed in, and about the agent's state and calls. */
export const sessionActions = ({ session, link, agentStatus, ...options }: SessionActionsOptions) =>
  ({
    'session.signIn': async ({ login, password }) => {
      const result = await session.signIn(login, password)
      if (result.ok) await options.onSignedIn()
      return result
    },
    'session.signOut': async () => {
      if (!session.identity()) return notSignedIn()
      const state = agentStatus.current()
      if (link.isOnline() && !mayLeave(state))
        return refuse('STATE_NOT_POSSIBLE', { from: state?.state ?? '', to: 'LOGGED_OUT' })
      if (link.isOnline() && state?.state === 'NOT_READY')
        await link.request('setAgentState', { state: 'LOGGED_OUT', reason: null })
      await session.signOut()
      await options.onSignedOut()
      return ok(null)
    },
    'agent.setState': async (wish) => {
      const result = await link.request('setAgentState', wish)
      if (!result.ok) return result
      agentStatus.take(result.value)
      return ok(null)
    },
    'call.control': async (control) => {
      if (control.action !== 'dial') return link.request('callControl', control)
      const number = dialString(control.number, session.place().country)
      return number.ok ? link.request('callControl', { action: 'dial', number: number.value }) : number
    },
  }) satisfies Partial<ActionAnswers>
