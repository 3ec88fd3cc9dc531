import type { DeskCall } from '../../protocol/workstation.ts'

/** Somebody is spoken to on it, is held, or is being called. */
export const isOnCall = ({ call }: DeskCall): boolean => call.phase === 'talking' || call.phase === 'held' || call.phase === 'dialing'

/** The call that the agent is on: who is spoken to comes before who is held. */
export const callSpokenOn = (calls: readonly DeskCall[]): DeskCall | undefined =>
  calls.find(({ call }) => call.phase === 'talking') ?? calls.find(isOnCall)
