import { CallId } from '../protocol/scalars.ts'

const PREFIX = 'local-'

/** The id of a call that only one desk knows of, from a link or the command line. */
export const localCallId = (id: string): CallId => CallId.parse(PREFIX + id)

/** Whether the telephone system knows nothing of a call: its times are those of a desk's clock. */
export const isLocalCall = (callId: CallId): boolean => callId.startsWith(PREFIX)
