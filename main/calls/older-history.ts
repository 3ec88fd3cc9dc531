import type { Touched } from '../../db/apply/touched.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { Result } from '../../protocol/errors.ts'
import type { CustomerRecord } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ListPlace } from '../../protocol/wire.ts'
import type { Reply, ServerLink } from '../link/server-link.ts'
import { inBackground, type Log } from '../log.ts'

export interface OlderHistoryOptions {
  readonly link: Pick<ServerLink, 'request' | 'isOnline'>
  readonly writer: Pick<Remote<WriterCalls>, 'applyRows' | 'holdHistory' | 'useHistory' | 'cacheFile'>
  readonly log: Log
  readonly now: () => number
  readonly onTouched: (touched: readonly Touched[]) => void
}

export interface OlderHistory {
  /** A screen shows a record: what a partial cache lacks of it is fetched from the server, and nobody waits for it. */
  lookedAt(record: Pick<CustomerRecord, 'customer' | 'historyFrom'>): void
  /** The server is reached again: fetch the history of the records that were shown meanwhile. */
  resume(): void
}

/** Showing the same record counts as a use of its history at most once in this time. */
const LOOK_COUNTS_MS = 3_600_000
const REMEMBERED = 200

/** Fetches the older history of the customer whose record is shown; then the record is shown once more, complete. */
export function createOlderHistory({ link, writer, log, now, onTouched }: OlderHistoryOptions): OlderHistory {
  const fetching = new Set<CustomerId>()
  const missed = new Map<CustomerId, number>()
  const counted = new Map<CustomerId, number>()

  async function fetchAll(customerId: CustomerId, before: number): Promise<void> {
    const { path } = await writer.cacheFile()
    let after: ListPlace | null = null
    for (;;) {
      const page: Result<Reply<'history'>> = await link.request('history', { customerId, before, after })
      if (!page.ok) {
        if (page.error.code === 'CENTER_NOT_REACHED' || page.error.code === 'CENTER_BUSY')
          remember(missed, customerId, before)
        return
      }
      const { customerIds, changes }: Reply<'history'> = page.value
      if (changes.length > 0) onTouched([await writer.applyRows(changes)])
      after = page.value.next
      if (after) continue
      if (customerIds.length > 0) onTouched([await writer.holdHistory(customerIds, path, now())])
      return
    }
  }

  function bring(customerId: CustomerId, before: number): void {
    if (fetching.has(customerId)) return
    fetching.add(customerId)
    missed.delete(customerId)
    inBackground(
      log,
      fetchAll(customerId, before).finally(() => fetching.delete(customerId)),
      'older history',
    )
  }

  return {
    lookedAt: ({ customer, historyFrom }) => {
      if (historyFrom !== null) {
        bring(customer.id, historyFrom)
        return
      }
      if (now() - (counted.get(customer.id) ?? Number.NEGATIVE_INFINITY) < LOOK_COUNTS_MS) return
      remember(counted, customer.id, now())
      inBackground(log, writer.useHistory(customer.id, now()), 'history used')
    },
    resume: () => {
      for (const [customerId, before] of [...missed].toReversed()) bring(customerId, before)
    },
  }
}

/** Keeps only the newest entries: the map only saves work, so losing old ones does no harm. */
function remember(map: Map<CustomerId, number>, customerId: CustomerId, value: number): void {
  map.delete(customerId)
  map.set(customerId, value)
  for (const oldest of map.keys()) {
    if (map.size <= REMEMBERED) break
    map.delete(oldest)
  }
}
