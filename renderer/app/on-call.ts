import type { CallId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'

/** Whether the agent is on this call: talking, holding it, or dialling. */
export const isOnCall = ({ call }: DeskCall): boolean =>
  call.phase === 'talking' || call.phase === 'held' || call.phase === 'dialing'

/** The call that the agent is on: a call where they talk comes before a held one. */
export const callSpokenOn = (calls: readonly DeskCall[]): DeskCall | undefined =>
  calls.find(({ call }) => call.phase === 'talking') ?? calls.find(isOnCall)

/** Whether the agent has taken this call or is dialling it; a call that only rings may still go to a colleague. */
export const isTaken = ({ call }: DeskCall): boolean => call.phase !== 'ringing' || call.answeredAt !== null

/** Calls that can be held, transferred and hung up from here; a call from a link is on another telephone. */
export const controlledCalls = (calls: readonly DeskCall[]): readonly DeskCall[] =>
  calls.filter((desk) => isOnCall(desk) && !desk.local)

/** The call that hold, transfer and hang up are about, or why there is none. */
export type CallTarget =
  | { readonly desk: DeskCall }
  | { readonly desk: null; readonly why: 'noCall' | 'ended' | 'ringing' | 'otherTelephone' | 'several' }

/**
 * Which call a call key acts on: always the call whose tab is on the screen (`shown`). Where no call is on the screen
 * (a customer opened by hand, another place) it is the only call that can be controlled; where there are two, neither.
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

/** The call that the answer key takes: the ringing one; of two ringing calls, the one on the screen. */
export function callToAnswer(calls: readonly DeskCall[], shown: CallId | null): DeskCall | undefined {
  const ringing = calls.filter(({ call }) => call.phase === 'ringing')
  return ringing.find(({ call }) => call.callId === shown) ?? ringing[0]
}
