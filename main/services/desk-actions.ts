import { dialString } from '../../domain/numbers/dial-string.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import { callRefused, ok, refuse, type Result } from '../../protocol/errors.ts'
import type { CallId, CustomerId } from '../../protocol/scalars.ts'
import { captureArgs } from '../calls/capture.ts'
import type { Desk } from '../calls/desk.ts'
import { createTurns } from '../calls/turns.ts'
import { wrapUpArgs } from '../calls/wrap-up.ts'
import type { ServerLink } from '../link/server-link.ts'
import type { ActionAnswers } from './action-answers.ts'
import type { CommandDesk } from './command-desk.ts'
import { notSignedIn, type SessionService } from './session.ts'
import type { Topic } from './topics.ts'

export interface DeskActionsOptions {
  readonly session: SessionService
  readonly link: ServerLink
  readonly desk: Desk
  readonly writer: Remote<WriterCalls>
  readonly commandDesk: CommandDesk
  readonly newId: () => string
  readonly touch: (topics: readonly Topic[]) => void
  /** Tells the server, now or when it is reached again, that a call was wrapped up. */
  readonly tellWrappedUp: (callId: CallId) => void
}

/** Actions that decide which customer a call is with, and when the call is done. */
export function deskActions({
  session,
  link,
  desk,
  writer,
  commandDesk,
  newId,
  touch,
  tellWrappedUp,
}: DeskActionsOptions) {
  // Someone may press twice, or in two windows: the second press waits and finds what the first has done.
  const inTurn = createTurns<string>()
  /** The customer that each draft created last: a second press returns it instead of creating another. */
  const made = new Map<string, CustomerId>()

  async function pick(
    callId: CallId,
    customerId: CustomerId,
    verdict: 'them' | 'notThem',
    learn: boolean,
  ): Promise<Result<null>> {
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
    'desk.pick': ({ callId, customerId, once }) => pick(callId, customerId, 'them', !once),
    'call.dial': async ({ number: written, customerId, taskId }) => {
      const number = dialString(written, session.place().country)
      if (!number.ok) return number
      // Set this before dialling: the telephone system may report the call before it answers the request.
      desk.expectDialled({ number: number.value, customerId, taskId })
      const dialled = await link.request('callControl', { action: 'dial', number: number.value })
      if (!dialled.ok) desk.expectDialled(null)
      return dialled
    },
    'desk.reject': ({ callId, customerId }) => pick(callId, customerId, 'notThem', true),
    'desk.wrapUp': ({ key, leaveForms = false }) =>
      inTurn(key, async () => {
        const identity = session.identity()
        if (!identity) return notSignedIn()
        const draft = await writer.draft(identity.userId, key)
        if (!draft) return refuse('CALL_UNKNOWN')
        const call = draft.callId ? desk.find(draft.callId) : null
        if (call && call.call.phase !== 'ended' && !call.local && link.isOnline()) {
          return callRefused('callGoesOn')
        }
        const args = wrapUpArgs(draft, call, identity.userId, session.siteNow(), leaveForms)
        if (!args.ok) return args
        const callId = call?.call.callId
        const done = await commandDesk.run(
          'interaction.wrapUp',
          args.value,
          callId ? { removeDeskCall: callId } : { discardDraft: key },
        )
        if (!done.ok) return done
        if (callId) {
          desk.remove(callId)
          if (!call.local) tellWrappedUp(callId)
        }
        touch([`draft:${key}`, 'drafts'])
        return ok({ interactionId: args.value.interactionId, finishedTaskId: args.value.finishesTaskId ?? null })
      }),
    'missed.dismiss': async ({ callId }) => {
      if (!desk.dismiss(callId)) return refuse('CALL_UNKNOWN')
      // Otherwise the server would report the missed call again when this workstation comes back.
      tellWrappedUp(callId)
      return ok(null)
    },
    'desk.capture': ({ key }) =>
      inTurn(key, async () => {
        const identity = session.identity()
        if (!identity) return notSignedIn()
        const draft = await writer.draft(identity.userId, key)
        const call = draft?.callId ? desk.find(draft.callId) : null
        if (!draft || (draft.callId !== null && !call)) return refuse('CALL_UNKNOWN')
        const before = made.get(key)
        if (before !== undefined && draft.content.capture === null) return ok({ customerId: before })
        const args = captureArgs(draft, call, session.place().country)
        if (!args.ok) return args
        const { customerId } = args.value
        const captured = await commandDesk.run('customer.capture', args.value)
        if (!captured.ok) return captured
        made.set(key, customerId)
        // The form is done: the next customer from this draft gets a new id.
        const content = { ...draft.content, capture: null, noneOfThem: false }
        if (await writer.saveDraft(identity.userId, key, content, session.siteNow())) {
          const saved = await writer.draft(identity.userId, key)
          if (saved) desk.noteDraft(saved)
        }
        if (draft.callId) await desk.look(draft.callId, { customerId })
        touch([`draft:${key}`, 'drafts'])
        return ok({ customerId })
      }),
  } satisfies Partial<ActionAnswers>
}
