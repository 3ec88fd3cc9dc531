import type { FeedPage } from '../../protocol/wire.ts'
import type { FeedPlace, LogEntry } from './read-log.ts'
import type { Sequenced } from './sequence-pending.ts'

/** The feed's part of the store of record. */
export interface FeedStore {
  place(): Promise<FeedPlace>
  /** Moves committed pending rows into the log with gapless numbers, a transaction's rows together; one node at a time. */
  sequence(scan: 'hot' | 'full'): Promise<Sequenced>
  /** The lines after `after`, oldest first, at most `limit`. */
  log(after: number, limit: number): Promise<LogEntry[]>
  /** A page for who was away, without what they may not have and what a later line replaces. */
  page(scopes: readonly string[], cursor: number, limit: number): Promise<FeedPage>
  /** Calls `heard` soon after lines were numbered, by whichever node; may miss some while it reconnects. */
  listen(heard: () => void): Promise<{ stop(): Promise<void> }>
}
