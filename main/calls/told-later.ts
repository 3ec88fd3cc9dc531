import { z } from 'zod'
import { CallId } from '../../protocol/scalars.ts'
import type { Clock } from '../clock.ts'
import type { ServerLink } from '../link/server-link.ts'
import { inBackground, type Log } from '../log.ts'
import { readRemembered } from '../services/remembered.ts'

export interface ToldLater {
  callIds(): CallId[]
  tell(callId: CallId): void
  tellAll(): void
  stop(): void
}

/**
 * The server can be reached, but none of its nodes holds the telephone connection; another node takes it over within
 * seconds.
 */
const TELL_AGAIN_MS = 5_000

/**
 * Remembers calls that were wrapped up here and that the server does not know of yet. The list outlives a restart, so
 * that none of these calls comes back.
 */
export function createToldLater(options: {
  remembered: string | undefined
  remember(text: string): Promise<unknown>
  link: Pick<ServerLink, 'isOnline' | 'request'>
  clock: Clock
  log: Log
}): ToldLater {
  const waiting = new Set<CallId>(readRemembered(options.remembered, z.array(CallId)))
  const keep = () => options.remember(JSON.stringify([...waiting]))

  let cancel = () => {}

  async function tellOne(callId: CallId): Promise<void> {
    const reply = await options.link.request('wrapUpDone', { callId })
    // The server no longer knows this call, so there is nothing left to tell.
    if (!reply.ok && reply.error.code !== 'CALL_UNKNOWN') {
      // Without a connection there is nothing to schedule: the next welcome tells all of them.
      if (reply.error.code === 'CENTER_NOT_REACHED' && options.link.isOnline()) tellLater()
      return
    }
    waiting.delete(callId)
    await keep()
  }

  function tellLater(): void {
    cancel()
    cancel = options.clock.after(TELL_AGAIN_MS, tellAll)
  }

  function tellAll(): void {
    for (const callId of waiting) inBackground(options.log, tellOne(callId), 'tell wrap-up')
  }

  return {
    callIds: () => [...waiting],
    tell: (callId) => {
      waiting.add(callId)
      inBackground(options.log, Promise.all([keep(), tellOne(callId)]), 'tell wrap-up')
    },
    tellAll,
    stop: () => {
      cancel()
    },
  }
}
