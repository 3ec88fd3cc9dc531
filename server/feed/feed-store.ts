import type { FeedPage } from '../../protocol/wire.ts'
import type { FeedPlace, LogEntry } from './read-log.ts'
import type { Sequenced } from './sequence-pending.ts'

/** The part of the store of record that the feed needs. */
export interface FeedStore {
  place(): Promise<FeedPlace>
  /**
   * Moves committed pending rows into the feed with gapless numbers, the rows of a transaction together. Only one node
   * does this at a time.
   */
  sequence(scan: 'hot' | 'full'): Promise<Sequenced>
  /** The lines after `after`, oldest first, at most `limit`. */
  log(after: number, limit: number): Promise<LogEntry[]>
  /**
   * A page for a workstation that was away, without rows that its user may not see and without lines that a later line
   * replaces.
   */
  page(scopes: readonly string[], cursor: number, limit: number): Promise<FeedPage>
  /** Calls `heard` soon after any node has numbered lines. It may miss some while it reconnects. */
  listen(heard: () => void): Promise<{ stop(): Promise<void> }>
}
