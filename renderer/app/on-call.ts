import type { CallId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'

/** Somebody is spoken to on it, is held, or is being called. */
export const isOnCall = ({ call }: DeskCall): boolean => call.phase === 'talking' || call.phase === 'held' || call.phase === 'dialing'

/** The call that the agent is on: who is spoken to comes before who is held. */
export const callSpokenOn = (calls: readonly DeskCall[]): DeskCall | undefined =>
  calls.find(({ call }) => call.phase === 'talking') ?? calls.find(isOnCall)

/** Somebody here has spoken on it or is about to; one that only rings may still be a colleague's. */
export const isTaken = ({ call }: DeskCall): boolean => call.phase !== 'ringing' || call.answeredAt !== null

/** Calls that can be held, transferred and hung up from here: one from a link is on some other telephone. */
export const controlledCalls = (calls: readonly DeskCall[]): readonly DeskCall[] => calls.filter((desk) => isOnCall(desk) && !desk.local)

/** The call that hold, transfer and hang up are about, or why there is none. */
export type CallTarget =
  | { readonly desk: DeskCall }
  | { readonly desk: null; readonly why: 'noCall' | 'ended' | 'ringing' | 'otherTelephone' | 'several' }

/**
 * What a key of the call acts on: always the call whose tab is on the screen (`shown`). Where no call is on the screen
 * (a customer opened by hand, another place) it is the only call that goes on; of two, neither.
 */
export function callTarget(calls: readonly DeskCall[], shown: CallId | null): CallTarget {
  const controlled = controlledCalls(calls)
  const open = calls.find(({ call }) => call.callId === shown)
  if (open) {
    if (controlled.includes(open)) return { desk: open }
    if (open.call.phase === 'ringing') return { desk: null, why: 'ringing' }
    return { desk: null, why: open.call.phase === 'ended' ? 'ended' : 'otherTelephone' }
  }
  const [only, ...others] = controlled
  if (!only) return { desk: null, why: 'noCall' }
  return others.length === 0 ? { desk: only } : { desk: null, why: 'several' }
}

/** The call that the answer key takes: one that rings, and of two the one on the screen. */
export function callToAnswer(calls: readonly DeskCall[], shown: CallId | null): DeskCall | undefined {
  const ringing = calls.filter(({ call }) => call.phase === 'ringing')
  return ringing.find(({ call }) => call.callId === shown) ?? ringing[0]
}
