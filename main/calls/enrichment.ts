import type { Touched } from '../../db/apply/touched.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import type { ServerLink } from '../link/server-link.ts'
import { inBackground, type Log } from '../log.ts'
import type { Desk } from './desk.ts'

export interface EnrichmentOptions {
  readonly link: ServerLink
  readonly writer: Remote<WriterCalls>
  readonly log: Log
  readonly desk: () => Desk
  readonly onTouched: (touched: readonly Touched[]) => void
}

/**
 * Asks the server about a caller whom the cache does not hold. When the reply arrives, the same call is shown once
 * more; nobody waits for it.
 */
export function createEnrichment({ link, writer, log, desk, onTouched }: EnrichmentOptions): {
  ask(missed: DeskCall): void
} {
  async function ask({ call, number }: DeskCall): Promise<void> {
    if (!number || (number.e164 === null && number.nationalKey === null)) return
    const reply = await link.request('lookup', {
      callId: call.callId,
      e164: number.e164,
      nationalKey: number.nationalKey,
    })
    if (!reply.ok || reply.value.changes.length === 0) return
    onTouched([await writer.applyRows(reply.value.changes)])
    await desk().look(call.callId, { enriched: true })
  }
  return { ask: (missed) => inBackground(log, ask(missed), 'enrich call') }
}
