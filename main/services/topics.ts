import type { Touched } from '../../db/apply/touched.ts'
import type { EntityName } from '../../protocol/entities.ts'
import type { QueryArgs, QueryName } from '../../protocol/workstation.ts'

/** What a live query depends on, and what a change is about. `customer:*`: too many to name. */
export type Topic = 'session' | 'sync' | 'unsent' | 'agent' | 'desk' | 'minute' | 'customer:*' | `customer:${string}` | `entity:${EntityName}` | `draft:${string}`

/** Whether a change of `changed` concerns who depends on `topic`. */
export const touches = (changed: Topic, topic: Topic): boolean =>
  changed === topic || (changed === 'customer:*' && topic.startsWith('customer:'))

/** What rows that a write touched are about. */
export function topicsOf({ entities, customerIds }: Touched): Topic[] {
  const topics: Topic[] = entities.map((entity): Topic => `entity:${entity}`)
  if (customerIds === null) topics.push('customer:*')
  else for (const id of customerIds) topics.push(`customer:${id}`)
  return topics
}

const ofCustomer = ({ customerId }: { customerId: string }): Topic[] => [`customer:${customerId}`, 'entity:user']

/** What each query of the contract depends on. */
export const queryTopics: { readonly [Q in QueryName]: (args: QueryArgs<Q>) => Topic[] } = {
  session: () => ['session'],
  'sync.state': () => ['sync'],
  'sync.unsent': () => ['unsent'],
  'agent.state': () => ['agent'],
  'desk.calls': () => ['desk'],
  // What is due or overdue changes with the clock too.
  'customer.record': (args) => [...ofCustomer(args), 'minute'],
  'customer.timeline': ofCustomer,
  'customer.search': () => ['entity:customer', 'entity:contactPoint'],
  'price.memory': (args) => [...ofCustomer(args), 'entity:quote', 'entity:product'],
  'product.search': () => ['entity:product'],
  draft: (args) => [`draft:${args.key}`],
  'tasks.open': () => ['entity:task', 'session'],
  'complaints.open': () => ['entity:complaint'],
  colleagues: () => ['entity:user'],
}
