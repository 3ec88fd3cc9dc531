import { CallId } from '../protocol/scalars.ts'

const PREFIX = 'local-'

/** The id of a call that only one workstation knows of, from a link or the command line. */
export const localCallId = (id: string): CallId => CallId.parse(PREFIX + id)

/** Whether the telephone system knows nothing of a call, so that its times come from a workstation's clock. */
export const isLocalCall = (callId: CallId): boolean => callId.startsWith(PREFIX)
