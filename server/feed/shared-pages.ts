import type { FeedPage } from '../../protocol/wire.ts'
import type { Clock } from '../clock.ts'
import type { FeedStore } from './feed-store.ts'
import type { FeedPlace } from './read-log.ts'

export interface SharedPagesOptions {
  readonly store: Pick<FeedStore, 'page'>
  readonly place: () => FeedPlace
  readonly clock: Clock
  /** Called when a page was read from the database (`read`) or an earlier one was used again (`shared`). */
  readonly onServed: (how: 'read' | 'shared') => void
}

/**
 * A page is 4 MB at most, so these take the memory of a few such pages. Workstations that reconnect after a common
 * pause ask for the same ones.
 */
const PAGES_KEPT = 8
const KEPT_MS = 10_000

interface Kept {
  /** The feed's head when the page was asked for. */
  readonly head: number
  readonly coming: Promise<FeedPage>
  page: FeedPage | null
}

/**
 * Pages for workstations that were away, read once for all readers with the same scopes that ask for the same stretch.
 * A page that is still being read is shared too. A page that ends before the head never changes. The last page, up to
 * the head, is good only while the head stays the same: a later reader must get more.
 */
export function sharePages({ store, place, clock, onServed }: SharedPagesOptions): Pick<FeedStore, 'page'> {
  const pages = new Map<string, Kept>()
  const stillGood = ({ head, page }: Kept) => head === place().head || (page !== null && page.upTo < page.head)

  function read(key: string, scopes: readonly string[], cursor: number, limit: number): Promise<FeedPage> {
    const kept: Kept = { head: place().head, coming: store.page(scopes, cursor, limit), page: null }
    const forget = () => {
      if (pages.get(key) === kept) pages.delete(key)
    }
    pages.delete(key)
    pages.set(key, kept)
    const [oldest] = pages.keys()
    if (pages.size > PAGES_KEPT && oldest !== undefined) pages.delete(oldest)
    void follow(kept, forget)
    return kept.coming
  }

  async function follow(kept: Kept, forget: () => void): Promise<void> {
    try {
      kept.page = await kept.coming
      clock.after(KEPT_MS, forget)
    } catch {
      // The reader that asked gets the error.
      forget()
    }
  }

  return {
    page: (scopes, cursor, limit) => {
      const key = [place().epoch, cursor, limit, ...scopes].join('\n')
      const kept = pages.get(key)
      const isShared = kept !== undefined && stillGood(kept)
      onServed(isShared ? 'shared' : 'read')
      return isShared ? kept.coming : read(key, scopes, cursor, limit)
    },
  }
}
