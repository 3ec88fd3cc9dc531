import type { Touched } from '../../db/apply/touched.ts'
import { entityNames, type EntityName } from '../../protocol/entities.ts'
import type { QueryArgs, QueryName } from '../../protocol/workstation.ts'

/**
 * What a live query depends on, and what a change is about. `customer:*` means so many customers that they are not
 * named.
 */
export type Topic =
  | 'session'
  | 'sync'
  | 'unsent'
  | 'agent'
  | 'colleagues'
  | 'desk'
  | 'drafts'
  | 'minute'
  | 'customer:*'
  | `customer:${string}`
  | `entity:${EntityName}`
  | `draft:${string}`

/** Whether a change of `changed` concerns a query that depends on `topic`. */
export const touches = (changed: Topic, topic: Topic): boolean =>
  changed === topic || (changed === 'customer:*' && topic.startsWith('customer:'))

/** All topics that may have changed when a thread that holds the files starts again. */
export const everyTopic: readonly Topic[] = [
  'session',
  'sync',
  'unsent',
  'desk',
  'drafts',
  'customer:*',
  ...entityNames.map((entity): Topic => `entity:${entity}`),
]

/** The topics of the rows that a write touched. */
export function topicsOf({ entities, customerIds }: Touched): Topic[] {
  const topics: Topic[] = entities.map((entity): Topic => `entity:${entity}`)
  if (customerIds === null) topics.push('customer:*')
  else for (const id of customerIds) topics.push(`customer:${id}`)
  return topics
}

const ofCustomer = ({ customerId }: { customerId: string }): Topic[] => [
  `customer:${customerId}`,
  'entity:user',
  'session',
]

/** What each query of the contract depends on. */
export const queryTopics: { readonly [Q in QueryName]: (args: QueryArgs<Q>) => Topic[] } = {
  session: () => ['session'],
  'sync.state': () => ['sync'],
  'sync.unsent': () => ['unsent', 'session'],
  'agent.state': () => ['agent'],
  'desk.calls': () => ['desk', 'session'],
  'calls.missed': () => ['desk', 'session'],
  // The record says what is due or overdue, so it is read again every minute even if no row changes.
  'customer.record': (args) => [...ofCustomer(args), 'minute'],
  'customer.conflicts': (args) => [...ofCustomer(args), 'unsent'],
  'customer.timeline': ofCustomer,
  'customer.search': () => ['entity:customer', 'entity:contactPoint', 'session'],
  'price.memory': (args) => [...ofCustomer(args), 'entity:quote', 'entity:product'],
  'product.search': () => ['entity:product', 'session'],
  draft: (args) => [`draft:${args.key}`, 'session'],
  'drafts.open': () => ['drafts', 'session', 'entity:customer'],
  'tasks.open': () => ['entity:task', 'session'],
  // What can still be undone also changes as time passes.
  'tasks.list': () => ['entity:task', 'entity:user', 'session', 'minute'],
  'approvals.waiting': () => ['entity:quote', 'entity:customer', 'session'],
  'approvals.decided': () => ['entity:quote', 'entity:customer', 'session'],
  'work.counts': () => ['entity:task', 'entity:complaint', 'entity:quote', 'session', 'minute'],
  'interaction.revisions': () => ['entity:interaction', 'entity:interactionRevision', 'session'],
  'complaints.open': () => ['entity:complaint', 'session'],
  colleagues: () => ['entity:user', 'session'],
  'colleagues.states': () => ['colleagues', 'session'],
}
