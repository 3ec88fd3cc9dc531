import type { FeedPage } from '../../protocol/wire.ts'
import type { Clock } from '../clock.ts'
import type { FeedStore } from './feed-store.ts'
import type { FeedPlace } from './read-log.ts'

export interface SharedPagesOptions {
  readonly store: Pick<FeedStore, 'page'>
  readonly place: () => FeedPlace
  readonly clock: Clock
  /** A page was read from the database, or is one that somebody else asked for. */
  readonly onServed: (how: 'read' | 'shared') => void
}

/** A page is 4 MB at most, so these hold the memory of a few; who reconnects after a common pause asks for the same ones. */
const PAGES_KEPT = 8
const KEPT_MS = 10_000

interface Kept {
  /** The head when it was asked for. */
  readonly head: number
  readonly coming: Promise<FeedPage>
  page: FeedPage | null
}

/**
 * Pages for who was away, read once for all with the same scopes who ask for the same stretch; one that is being read
 * is shared too. A page that was cut off before its head says the same whenever it is read. The last one, up to the
 * head, is only good as long as that is the head: who asks later knows of more.
 */
export function sharePages({ store, place, clock, onServed }: SharedPagesOptions): Pick<FeedStore, 'page'> {
  const pages = new Map<string, Kept>()
  const stillGood = ({ head, page }: Kept) => head === place().head || (page !== null && page.upTo < page.head)

  function read(key: string, scopes: readonly string[], cursor: number, limit: number): Promise<FeedPage> {
    const kept: Kept = { head: place().head, coming: store.page(scopes, cursor, limit), page: null }
    const forget = () => { if (pages.get(key) === kept) pages.delete(key) }
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
      // Who asked for it hears of it.
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
