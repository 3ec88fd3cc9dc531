import type { CustomerId, UserId } from '../../protocol/scalars.ts'
import type { Pop, QueryArgs, QueryResult } from '../../protocol/workstation.ts'
import { CACHE_SCHEMA } from '../../protocol/version.ts'
import { journalPath } from '../files/open-files.ts'
import { journalMigrations } from '../journal/schema.ts'
import { readDraft } from '../journal/drafts.ts'
import { openReadable } from '../open.ts'
import { popOf, type CallerQuestion } from '../queries/caller.ts'
import { customerRecord, type QueryContext } from '../queries/customer-record.ts'
import { searchCustomers } from '../queries/search/search-customers.ts'
import { colleagues } from '../queries/people.ts'
import { fieldConflicts } from '../queries/field-conflicts.ts'
import { openDrafts } from '../queries/open-drafts.ts'
import { priceMemory } from '../queries/price-memory.ts'
import { searchProducts } from '../queries/product-search.ts'
import { decidedApprovals, waitingApprovals } from '../queries/approvals.ts'
import { revisionsOf } from '../queries/revisions.ts'
import { customerTimeline } from '../queries/timeline.ts'
import { unsentItems } from '../queries/unsent.ts'
import { openComplaints, openTasks, taskList, workCounts } from '../queries/work-lists.ts'

export interface ReaderOptions {
  readonly folder: string
  readonly journalKeyHex: string
  readonly cache: { readonly path: string; readonly keyHex: string }
}

/**
 * The only reader of both files, so that a screen pop never waits for a write. Each function sees one state of the
 * cache.
 */
export function createReader(options: ReaderOptions) {
  const openCache = ({ path, keyHex }: ReaderOptions['cache']) =>
    openReadable({ path, keyHex, purpose: 'cache', schema: CACHE_SCHEMA })
  let place = options.cache
  // The cache is opened when it is first needed: a thread that is restarted must start even while the cache is being
  // replaced.
  let opened: ReturnType<typeof openCache> | null = null
  const cache = () => (opened ??= openCache(place))
  const journal = openReadable({
    path: journalPath(options.folder),
    keyHex: options.journalKeyHex,
    purpose: 'journal',
    schema: journalMigrations.length,
  })
  const atOnce = <T>(work: () => T): T => cache().snapshot(work)

  return {
    useCache: (file: ReaderOptions['cache']) => {
      place = file
      opened?.close()
      opened = null
    },
    pop: (question: CallerQuestion): Pop => atOnce(() => popOf(cache(), question)),
    'customer.record': ({ customerId }: QueryArgs<'customer.record'>, context: QueryContext) =>
      atOnce(() => customerRecord(cache(), customerId, context)),
    'customer.timeline': ({ customerId, before }: QueryArgs<'customer.timeline'>) =>
      atOnce(() => customerTimeline(cache(), customerId, before)),
    'customer.search': ({ text, limit }: QueryArgs<'customer.search'>) =>
      atOnce(() => searchCustomers(cache(), text, limit)),
    'price.memory': ({ customerId, productId }: { customerId: CustomerId; productId: string }, { now }: QueryContext) =>
      atOnce(() => priceMemory(cache(), customerId, productId, now)),
    'product.search': ({ text, limit }: QueryArgs<'product.search'>) => searchProducts(cache(), text, limit),
    'tasks.open': (userId: UserId): QueryResult<'tasks.open'> => atOnce(() => openTasks(cache(), userId)),
    'tasks.list': (userId: UserId, { view }: QueryArgs<'tasks.list'>, { now }: QueryContext) =>
      atOnce(() => taskList(cache(), userId, view, now)),
    'approvals.waiting': (userId: UserId) => atOnce(() => waitingApprovals(cache(), userId)),
    'approvals.decided': (userId: UserId) => atOnce(() => decidedApprovals(cache(), userId)),
    'work.counts': (who: Parameters<typeof workCounts>[1], { now }: QueryContext) =>
      atOnce(() => workCounts(cache(), who, now)),
    'interaction.revisions': ({ interactionId }: QueryArgs<'interaction.revisions'>) =>
      atOnce(() => revisionsOf(cache(), interactionId)),
    'complaints.open': () => atOnce(() => openComplaints(cache())),
    colleagues: () => colleagues(cache()),
    draft: (userId: UserId, key: string) => readDraft(journal, userId, key),
    'drafts.open': (userId: UserId) => openDrafts(journal, cache(), userId),
    'customer.conflicts': (userId: UserId, customerId: CustomerId) => fieldConflicts(journal, userId, customerId),
    'sync.unsent': (userId: UserId) => unsentItems(journal, cache(), userId),
    close: () => {
      opened?.close()
      journal.close()
    },
  }
}

export type ReaderCalls = ReturnType<typeof createReader>
