import type { BackReason, CallEvent, GivenTo } from '../../protocol/calls.ts'
import type { CallId, UserId } from '../../protocol/scalars.ts'

/** A call that an agent transferred and that nobody has answered since. */
export interface OpenTransfer {
  readonly from: { readonly extension: string; readonly userId: UserId }
  /** Where it rings; null: the telephone system has not reported that yet. */
  readonly to: { readonly extension: string; readonly userId: UserId | null } | null
  readonly state: 'ringing' | 'back'
  readonly why: BackReason | null
}

export interface OpenTransfers {
  /** Notes that an agent is about to transfer a call to this extension. */
  wished(callId: CallId, toExtension: string): void
  find(callId: CallId): OpenTransfer | null
  /**
   * Notes that the user at whom it rings is away. That then is the reason, whatever the telephone system reports for
   * the end of the ringing.
   */
  away(callId: CallId): void
  /**
   * Takes an event in. Gives what the sender's call is to show from now on, where that changes. `userId` is the user at
   * the event's extension.
   */
  hear(event: CallEvent, userId: UserId | null): { readonly sender: UserId; readonly givenTo: GivenTo } | null
}

const reasonOf = (outcome: CallEvent['outcome']): BackReason => {
  switch (outcome) {
    case 'rejected':
      return 'refused'
    case 'busy':
      return 'busy'
    default:
      return 'notAnswered'
  }
}

/** Follows each transfer until somebody answers, also a transfer that was made at the telephone itself. */
export function createOpenTransfers(userAt: (extension: string, callId: CallId) => UserId | null): OpenTransfers {
  const open = new Map<CallId, OpenTransfer>()
  const wishes = new Map<CallId, string>()

  const shown = ({ to, why }: OpenTransfer, state: GivenTo['state']): GivenTo | null =>
    to && { ...to, state, why: state === 'back' ? (why ?? 'notAnswered') : null }
  const told = (transfer: OpenTransfer, state: GivenTo['state']) => {
    const givenTo = shown(transfer, state)
    return givenTo && { sender: transfer.from.userId, givenTo }
  }

  function begin(event: CallEvent, userId: UserId) {
    const extension = wishes.get(event.callId)
    wishes.delete(event.callId)
    const to = extension === undefined ? null : { extension, userId: userAt(extension, event.callId) }
    const transfer: OpenTransfer = {
      from: { extension: event.extension ?? '', userId },
      to,
      state: 'ringing',
      why: null,
    }
    open.set(event.callId, transfer)
    return told(transfer, 'ringing')
  }

  /** Handles an event at a telephone other than the sender's. */
  function atReceiver(transfer: OpenTransfer, event: CallEvent, userId: UserId | null) {
    const here = { extension: event.extension ?? '', userId }
    switch (event.type) {
      case 'offered':
      case 'ringing': {
        if (transfer.to !== null) return null
        const known = { ...transfer, to: here }
        open.set(event.callId, known)
        return told(known, 'ringing')
      }
      // Where the two agents talked first, the caller is put through to a telephone that was answered before.
      case 'answered':
      case 'party-changed':
        open.delete(event.callId)
        return told({ ...transfer, to: here }, 'answered')
      case 'ended':
        open.set(event.callId, { ...transfer, to: transfer.to ?? here, why: transfer.why ?? reasonOf(event.outcome) })
        return null
      default:
        return null
    }
  }

  return {
    wished: (callId, toExtension) => {
      wishes.set(callId, toExtension)
    },
    find: (callId) => open.get(callId) ?? null,
    away: (callId) => {
      const transfer = open.get(callId)
      if (transfer) open.set(callId, { ...transfer, why: 'away' })
    },
    hear: (event, userId) => {
      if (event.type === 'transferred' && userId !== null) return begin(event, userId)
      const transfer = open.get(event.callId)
      if (!transfer) return null
      if (event.type === 'ended' && event.extension === null) {
        open.delete(event.callId)
        return transfer.state === 'ringing' ? told(transfer, 'gone') : null
      }
      if (event.extension !== null && event.extension !== transfer.from.extension)
        return atReceiver(transfer, event, userId)
      switch (event.type) {
        case 'ringing': {
          const back: OpenTransfer = { ...transfer, state: 'back', why: transfer.why ?? 'notAnswered' }
          open.set(event.callId, back)
          return told(back, 'back')
        }
        case 'answered':
          open.delete(event.callId)
          return null
        default:
          return null
      }
    },
  }
}
