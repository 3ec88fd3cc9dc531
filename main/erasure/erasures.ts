import type { Touched } from '../../db/apply/touched.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { Erased } from '../../protocol/wire.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { Clock } from '../clock.ts'
import type { ServerLink } from '../link/server-link.ts'
import type { Sync } from '../link/sync.ts'
import { inBackground, type Log } from '../log.ts'

export interface ErasuresOptions {
  readonly link: Pick<ServerLink, 'isOnline' | 'request'>
  readonly writer: Pick<Remote<WriterCalls>, 'erasurePlace' | 'scrub' | 'cleanFiles' | 'setAside' | 'erasuresConfirmed'>
  readonly sync: Pick<Sync, 'mayStillGet'>
  readonly clock: Clock
  readonly log: Log
  onTouched(touched: readonly Touched[]): void
  /** Nothing of this customer may stay on this workstation: calls, tabs, lists. */
  onErased(customerId: CustomerId): Promise<void>
}

export interface Erasures {
  /** Call this after a welcome from a server with this epoch. */
  begin(epoch: string): void
  /** The server may have erasures that this workstation has not applied yet. */
  look(): void
  /** The cache has moved on: an erasure that waits for that can go on. */
  progressed(): void
}

const TRY_AGAIN_MS = 5000

/**
 * Erases on this workstation the customers whom the server has erased, and sends the receipt when not a byte is left.
 * It asks for the erasures after the last confirmed one; where anything breaks in between, it asks again and does the
 * work again.
 */
export function createErasures(options: ErasuresOptions): Erasures {
  const { link, writer, sync, clock, log } = options
  let epoch: string | null = null
  let running = false
  let again = false
  let waiting = false
  let cancelRetry = () => {}

  function look(): void {
    cancelRetry()
    if (running) again = true
    else inBackground(log, work(), 'erasures')
  }

  async function work(): Promise<void> {
    running = true
    let left: 'nothing' | 'some' = 'some'
    try {
      do {
        again = false
        left = await askAndErase()
      } while (again)
    } finally {
      running = false
      if (left === 'some') cancelRetry = clock.after(TRY_AGAIN_MS, look)
    }
  }

  /** `some`: there is more to erase, and it has to wait. */
  async function askAndErase(): Promise<'nothing' | 'some'> {
    for (;;) {
      const asked = epoch
      if (!link.isOnline() || asked === null) return 'nothing'
      const reply = await link.request('erasures', { epoch: asked, after: await writer.erasurePlace(asked) })
      // An older server does not know this request, so it has no erasures.
      if (!reply.ok) return reply.error.code === 'UNKNOWN_NAME' || !link.isOnline() ? 'nothing' : 'some'
      // Pages of the feed from before the erasure can still arrive and would bring the erased rows back: wait for those
      // first.
      const waits = reply.value.findIndex(({ seq }) => sync.mayStillGet(seq))
      const ready = waits < 0 ? reply.value : reply.value.slice(0, waits)
      waiting = waits >= 0
      if (ready.length > 0) await erase(asked, ready)
      else return waiting ? 'some' : 'nothing'
    }
  }

  async function erase(of: string, erased: readonly Erased[]): Promise<void> {
    options.onTouched(await writer.scrub(of, erased))
    for (const { customerId } of erased) await options.onErased(customerId)
    await writer.cleanFiles()
    const erasureIds = erased.map(({ erasureId }) => erasureId)
    const receipt = await link.request('erasureDone', { erasureIds, setAside: await writer.setAside() })
    if (!receipt.ok) throw new Error(`The receipt of an erasure was not taken: ${receipt.error.code}`)
    await writer.erasuresConfirmed(erasureIds)
    log.info('customers erased', { count: erased.length })
  }

  return {
    begin: (of) => {
      epoch = of
      look()
    },
    look,
    progressed: () => {
      if (waiting && !running) look()
    },
  }
}
