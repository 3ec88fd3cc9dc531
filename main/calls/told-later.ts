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

/** The center is there and no node of it has the telephones: another one has them within seconds. */
const TELL_AGAIN_MS = 5_000

/** Calls that were wrapped up here and of which the center does not know yet; kept over a restart, so that none comes back. */
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
    // A call that the center no longer knows is as good as told.
    if (!reply.ok && reply.error.code !== 'CALL_UNKNOWN') {
      // Where there is no link the next welcome tells all of them.
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
    stop: () => { cancel() },
  }
}
