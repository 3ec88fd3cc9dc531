import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { AgentState } from '../../protocol/calls.ts'
import { emptyDraft } from '../../protocol/draft.ts'
import { ok, refuse, type Result } from '../../protocol/errors.ts'
import { CustomerId, type CallId } from '../../protocol/scalars.ts'
import type { ActionArgs, ActionName, ActionResult } from '../../protocol/workstation.ts'
import { captureArgs } from '../calls/capture.ts'
import type { Desk } from '../calls/desk.ts'
import { wrapUpArgs } from '../calls/wrap-up.ts'
import type { ServerLink } from '../link/server-link.ts'
import type { Sync } from '../link/sync.ts'
import type { CommandDesk } from './command-desk.ts'
import { notSignedIn, type SessionService } from './session.ts'
import type { Topic } from './topics.ts'

export type Actions = { readonly [A in ActionName]: (args: ActionArgs<A>) => Promise<Result<ActionResult<A>>> }

export interface ActionsOptions {
  readonly session: SessionService
  readonly link: ServerLink
  readonly sync: Sync
  readonly desk: Desk
  readonly writer: Remote<WriterCalls>
  readonly commandDesk: CommandDesk
  readonly now: () => number
  readonly newId: () => string
  readonly agentState: () => AgentState | null
  readonly takeAgentState: (state: AgentState) => void
  readonly touch: (topics: readonly Topic[]) => void
  /** Tells the center, now or when it is reached, that a call was wrapped up. */
  readonly tellWrappedUp: (callId: CallId) => void
  readonly onSignedIn: () => Promise<void>
  readonly onSignedOut: () => void
  readonly onUnsentChanged: () => Promise<void>
}

const mayLeave = (state: AgentState | null) => !state || state.state === 'NOT_READY' || state.state === 'LOGGED_OUT'

/** What screens ask of this desk, or at once of the center. */
export function createActions(options: ActionsOptions): Actions {
  const { session, link, sync, desk, writer, commandDesk, now, newId, touch } = options

  async function pick(callId: CallId, customerId: CustomerId, verdict: 'them' | 'notThem', learn: boolean): Promise<Result<null>> {
    const call = desk.find(callId)
    if (!call) return refuse('CALL_UNKNOWN')
    const e164 = call.number?.e164
    if (learn && e164) {
      const learnt = await commandDesk.run('number.pick', { pickId: newId(), e164, customerId, verdict })
      if (!learnt.ok) return learnt
    }
    if (verdict === 'them') await desk.look(callId, { customerId })
    else await desk.look(callId, { customerId: call.customerId === customerId ? null : call.customerId })
    return ok(null)
  }

  return {
    'session.signIn': async ({ login, password }) => {
      const result = await session.signIn(login, password)
      if (result.ok) await options.onSignedIn()
      return result
    },
    'session.signOut': async () => {
      if (!session.identity()) return notSignedIn()
      const state = options.agentState()
      if (link.isOnline() && !mayLeave(state)) return refuse('STATE_NOT_POSSIBLE', { from: state?.state ?? '', to: 'LOGGED_OUT' })
      if (link.isOnline() && state?.state === 'NOT_READY') await link.request('setAgentState', { state: 'LOGGED_OUT', reason: null })
      await session.signOut()
      options.onSignedOut()
      return ok(null)
    },
    'call.control': (control) => link.request('callControl', control),
    'agent.setState': async (wish) => {
      const result = await link.request('setAgentState', wish)
      if (!result.ok) return result
      options.takeAgentState(result.value)
      return ok(null)
    },
    'draft.save': async ({ key, content }) => {
      const savedAt = now()
      const { saved, diskFull } = await writer.saveDraft(key, content, savedAt)
      if (!saved) return refuse('ROW_UNKNOWN')
      if (diskFull) await options.onUnsentChanged()
      const draft = await writer.draft(key)
      if (draft) desk.noteDraft(draft)
      touch([`draft:${key}`])
      return ok({ savedAt })
    },
    'draft.open': async ({ customerId }) => ok(await writer.openDraft({
      key: `customer:${customerId}`, interactionId: newId(), callId: null, customerId, openedAt: now(), savedAt: null, content: emptyDraft,
    })),
    'draft.discard': async ({ key }) => {
      if (desk.calls().some((call) => call.draft.key === key)) return refuse('CALL_ACTION_REFUSED', { reason: 'the draft of a call stays until it is wrapped up' })
      await writer.discardDraft(key)
      touch([`draft:${key}`])
      return ok(null)
    },
    'desk.pick': ({ callId, customerId, once }) => pick(callId, customerId, 'them', !once),
    'desk.reject': ({ callId, customerId }) => pick(callId, customerId, 'notThem', true),
    'desk.wrapUp': async ({ key }) => {
      const identity = session.identity()
      if (!identity) return notSignedIn()
      const draft = await writer.draft(key)
      if (!draft) return refuse('CALL_UNKNOWN')
      const call = draft.callId ? desk.find(draft.callId) : null
      if (call && call.call.phase !== 'ended' && !call.local && link.isOnline()) {
        return refuse('CALL_ACTION_REFUSED', { reason: 'the call has not ended yet' })
      }
      const args = wrapUpArgs(draft, call, identity.userId, newId(), now())
      if (!args.ok) return args
      const callId = call?.call.callId
      const done = await commandDesk.run('interaction.wrapUp', args.value, callId ? { removeDeskCall: callId } : { discardDraft: key })
      if (!done.ok) return done
      if (callId) {
        desk.remove(callId)
        if (!call.local) options.tellWrappedUp(callId)
      }
      touch([`draft:${key}`])
      return ok({ interactionId: args.value.interactionId })
    },
    'desk.capture': async ({ callId }) => {
      const call = desk.find(callId)
      if (!call) return refuse('CALL_UNKNOWN')
      const customerId = CustomerId.parse(newId())
      const args = captureArgs(call, { customerId, contactPointId: newId() }, session.place().country)
      if (!args.ok) return args
      const captured = await commandDesk.run('customer.capture', args.value)
      if (!captured.ok) return captured
      await desk.look(callId, { customerId })
      return ok({ customerId })
    },
    'sync.retry': async ({ commandId }) => {
      const touched = await writer.retry(commandId, newId(), Math.round(now() + session.clockOffsetMs()))
      if (!touched) return refuse('ROW_UNKNOWN')
      await options.onUnsentChanged()
      sync.sendSoon()
      return ok(null)
    },
    'sync.drop': async ({ commandId }) => {
      if (!(await writer.drop(commandId))) return refuse('ROW_UNKNOWN')
      await options.onUnsentChanged()
      return ok(null)
    },
    'sync.now': async () => {
      if (link.isOnline()) sync.sendSoon()
      else link.reconnect()
      return ok(null)
    },
  }
}
