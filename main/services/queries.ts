import { may } from '../../domain/permissions.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { ReaderCalls } from '../../db/worker/reader.ts'
import type { AgentState } from '../../protocol/calls.ts'
import type { CustomerRecord } from '../../protocol/record.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { QueryArgs, QueryName, QueryResult, SyncState } from '../../protocol/workstation.ts'
import type { Desk } from '../calls/desk.ts'
import type { ColleagueStates } from './colleague-states.ts'
import type { SessionService } from './session.ts'

export type Queries = { readonly [Q in QueryName]: (args: QueryArgs<Q>) => Promise<QueryResult<Q>> }

export interface QueriesOptions {
  readonly reader: Remote<ReaderCalls>
  readonly session: SessionService
  readonly desk: Desk
  readonly now: () => number
  readonly syncState: () => SyncState
  readonly agentState: () => AgentState | null
  readonly colleagueStates: Pick<ColleagueStates, 'ask'>
  /** Called when a screen shows a record. */
  readonly lookedAt: (record: CustomerRecord) => void
}

/** Answers each query of the contract, from the reader's thread or from what the core holds. */
export function createQueries({
  reader,
  session,
  desk,
  now,
  syncState,
  agentState,
  colleagueStates,
  lookedAt,
}: QueriesOptions): Queries {
  /**
   * Returns `none` while nobody is signed in: what the cache holds is for the signed-in user only, whoever sits at the
   * machine.
   */
  const signedIn = async <T>(read: (userId: UserId) => Promise<T>, none: T): Promise<T> => {
    const identity = session.identity()
    return identity ? read(identity.userId) : none
  }
  const decides = (): boolean => {
    const identity = session.identity()
    return identity !== null && may(identity.role, 'price.approve')
  }
  const context = () => ({ now: now(), timeZone: session.place().timeZone })
  return {
    session: async () => session.shown(),
    'sync.state': async () => syncState(),
    'sync.unsent': () => signedIn((userId) => reader['sync.unsent'](userId), []),
    'agent.state': async () => agentState(),
    'desk.calls': async () => desk.calls(),
    'calls.missed': async () =>
      desk.missed().map(({ call, number, match, customerId }) => ({ call, number, match, customerId })),
    'customer.record': (args) =>
      signedIn(async () => {
        const record = await reader['customer.record'](args, context())
        if (record) lookedAt(record)
        return record
      }, null),
    'customer.conflicts': ({ customerId }) =>
      signedIn((userId) => reader['customer.conflicts'](userId, customerId), []),
    'customer.timeline': (args) => signedIn(() => reader['customer.timeline'](args), { entries: [], before: null }),
    'customer.search': (args) => signedIn(() => reader['customer.search'](args), []),
    'price.memory': (args) => signedIn(() => reader['price.memory'](args, context()), null),
    'product.search': (args) => signedIn(() => reader['product.search'](args), []),
    draft: ({ key }) => signedIn((userId) => reader.draft(userId, key), null),
    'drafts.open': () => signedIn((userId) => reader['drafts.open'](userId), []),
    'tasks.open': () => signedIn((userId) => reader['tasks.open'](userId), []),
    'tasks.list': (args) =>
      signedIn((userId) => reader['tasks.list'](userId, args, context()), {
        items: [],
        counts: { mine: 0, team: 0, all: 0, ended: 0 },
      }),
    'approvals.waiting': () => signedIn(async (userId) => (decides() ? reader['approvals.waiting'](userId) : []), []),
    'approvals.decided': () => signedIn((userId) => reader['approvals.decided'](userId), []),
    'work.counts': () =>
      signedIn(
        (userId) =>
          reader['work.counts']({ userId, team: session.identity()?.team ?? '', decides: decides() }, context()),
        { callbacks: 0, complaints: 0, approvals: 0 },
      ),
    'interaction.revisions': (args) =>
      signedIn(() => reader['interaction.revisions'](args), { revisions: [], people: [] }),
    'complaints.open': () => signedIn(() => reader['complaints.open'](), []),
    colleagues: () => signedIn(() => reader.colleagues(), []),
    'colleagues.states': () => signedIn(() => colleagueStates.ask(), null),
  }
}
