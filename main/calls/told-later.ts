import { z } from 'zod'
import { CallId } from '../../protocol/scalars.ts'
import type { ServerLink } from '../link/server-link.ts'
import { inBackground, type Log } from '../log.ts'
import { readRemembered } from '../services/remembered.ts'

export interface ToldLater {
  callIds(): CallId[]
  tell(callId: CallId): void
  tellAll(): void
}

/** Calls that were wrapped up here and of which the center does not know yet; kept over a restart, so that none comes back. */
export function createToldLater(options: {
  remembered: string | undefined
  remember(text: string): Promise<unknown>
  link: ServerLink
  log: Log
}): ToldLater {
  const waiting = new Set<CallId>(readRemembered(options.remembered, z.array(CallId)))
  const keep = () => options.remember(JSON.stringify([...waiting]))

  async function tellOne(callId: CallId): Promise<void> {
    const reply = await options.link.request('wrapUpDone', { callId })
    // A call that the center no longer knows is as good as told.
    if (!reply.ok && reply.error.code !== 'CALL_UNKNOWN') return
    waiting.delete(callId)
    await keep()
  }

  return {
    callIds: () => [...waiting],
    tell: (callId) => {
      waiting.add(callId)
      inBackground(options.log, Promise.all([keep(), tellOne(callId)]), 'tell wrap-up')
    },
    tellAll: () => {
      for (const callId of waiting) inBackground(options.log, tellOne(callId), 'tell wrap-up')
    },
  }
}
