import type { ScreenLanguage } from '../i18n/formats.ts'
import { shortName, type CustomerNames } from '../parts/record/customer-name.ts'
import { may, type Permission } from '../../domain/permissions.ts'
import type { Role } from '../../protocol/entities/user.ts'
import type { CallId, CustomerId } from '../../protocol/scalars.ts'

export const places = ['calls', 'search', 'callbacks', 'complaints', 'approvals'] as const
export type Place = (typeof places)[number]

/** Places that only some roles have; all other places are for everybody. */
const rightOf: Partial<Record<Place, Permission>> = { approvals: 'price.approve' }

/** The places of a user with this role, in the order of the rail. */
export function placesOf(role: Role | undefined): readonly Place[] {
  return places.filter((place) => {
    const right = rightOf[place]
    return right === undefined || (role !== undefined && may(role, right))
  })
}

/** A tab of the work: a call, or a customer opened without one. */
export type TabId =
  | { readonly kind: 'call'; readonly callId: CallId }
  | { readonly kind: 'customer'; readonly customerId: CustomerId }

export const sameTab = (a: TabId | null, b: TabId | null): boolean => tabKey(a) === tabKey(b)
export const tabKey = (tab: TabId | null): string =>
  tab === null ? '' : tab.kind === 'call' ? `call:${tab.callId}` : `customer:${tab.customerId}`

export interface OpenedCustomer {
  readonly customerId: CustomerId
  /** The customer's name when the tab was opened. */
  readonly name: string
  /** The customer's names, where they are known: an open tab changes its name with the language. */
  readonly names?: CustomerNames
}

/** An opened customer's name in the language of the screen. */
export const nameIn = ({ name, names }: OpenedCustomer, language: ScreenLanguage): string =>
  names ? shortName(names, language) : name

/** What is on the screen. Things that can be derived (the calls themselves) are not in here. */
export interface Workspace {
  readonly place: Place
  readonly active: TabId | null
  /** Customers opened by hand, in the order they were opened. */
  readonly customers: readonly OpenedCustomer[]
  /** The customers whom the agent worked with before, the latest first. */
  readonly recent: readonly OpenedCustomer[]
  /** Calls that came while the agent was busy and that they have not looked at yet. */
  readonly waiting: readonly CallId[]
  /** The tab that was open before a reload, until it is shown again or the agent opens another one. */
  readonly wanted: TabId | null
}

/** Nine, because one digit opens each. */
const MOST_RECENT = 9

export const emptyWorkspace: Workspace = {
  place: 'calls',
  active: null,
  customers: [],
  recent: [],
  waiting: [],
  wanted: null,
}

export type WorkspaceEvent =
  | { readonly kind: 'go'; readonly place: Place }
  | { readonly kind: 'show'; readonly tab: TabId }
  | { readonly kind: 'openCustomer'; readonly customer: OpenedCustomer }
  /** A tab of an earlier run is restored; what is on the screen does not change. */
  | { readonly kind: 'restored'; readonly customer: OpenedCustomer }
  | { readonly kind: 'close'; readonly tab: TabId }
  /** The agent is done with a customer: they stay in the recent list, because agents often look once more. */
  | { readonly kind: 'done'; readonly customer: OpenedCustomer }
  /** A customer was erased: nothing of them stays in the lists, not even the name. */
  | { readonly kind: 'erased'; readonly customerId: CustomerId }
  /** `mayOpen` is false while the agent types or talks: then the tab waits, marked. */
  | { readonly kind: 'callCame'; readonly callId: CallId; readonly mayOpen: boolean }
  /**
   * The present calls, and the one that the agent is on. `taken`: the calls that an agent here has talked on, with
   * their customers; such a customer's own tab is merged into the tab of the call.
   */
  | {
      readonly kind: 'calls'
      readonly callIds: readonly CallId[]
      readonly onCall: CallId | null
      readonly taken: readonly CallOfCustomer[]
    }

export interface CallOfCustomer {
  readonly callId: CallId
  readonly customerId: CustomerId
}

const callTab = (callId: CallId): TabId => ({ kind: 'call', callId })
const seen = (workspace: Workspace, tab: TabId): readonly CallId[] =>
  tab.kind === 'call' ? workspace.waiting.filter((id) => id !== tab.callId) : workspace.waiting

/** Returns the next workspace after an event; a call never closes or covers what the agent is writing. */
export function nextWorkspace(workspace: Workspace, event: WorkspaceEvent): Workspace {
  switch (event.kind) {
    case 'go':
      return {
        ...workspace,
        place: event.place,
        waiting: event.place === 'calls' && workspace.active ? seen(workspace, workspace.active) : workspace.waiting,
      }
    case 'show':
      return { ...workspace, place: 'calls', active: event.tab, waiting: seen(workspace, event.tab), wanted: null }
    case 'openCustomer': {
      const known = workspace.customers.some((c) => c.customerId === event.customer.customerId)
      return {
        ...workspace,
        wanted: null,
        place: 'calls',
        active: { kind: 'customer', customerId: event.customer.customerId },
        customers: known
          ? workspace.customers.map((c) => (c.customerId === event.customer.customerId ? event.customer : c))
          : [...workspace.customers, event.customer],
      }
    }
    case 'restored': {
      const { customerId } = event.customer
      if (workspace.customers.some((c) => c.customerId === customerId)) return workspace
      const tab: TabId = { kind: 'customer', customerId }
      const restored = { ...workspace, customers: [...workspace.customers, event.customer] }
      return sameTab(workspace.wanted, tab) ? { ...restored, active: tab, wanted: null } : restored
    }
    case 'close': {
      const { tab } = event
      const customers =
        tab.kind === 'customer'
          ? workspace.customers.filter((c) => c.customerId !== tab.customerId)
          : workspace.customers
      const closed = { ...workspace, customers }
      if (!sameTab(workspace.active, tab)) return closed
      // The agent has finished writing, so a call that waited for that is shown now. Where the agent is at another
      // place, the call still counts as waiting.
      const [first, ...others] = workspace.waiting
      if (first === undefined) return { ...closed, active: null }
      return { ...closed, active: callTab(first), waiting: workspace.place === 'calls' ? others : workspace.waiting }
    }
    case 'erased': {
      const { customerId } = event
      const isOther = (customer: OpenedCustomer): boolean => customer.customerId !== customerId
      return {
        ...nextWorkspace(workspace, { kind: 'close', tab: { kind: 'customer', customerId } }),
        recent: workspace.recent.filter(isOther),
      }
    }
    case 'done': {
      const others = workspace.recent.filter((c) => c.customerId !== event.customer.customerId)
      return { ...workspace, recent: [event.customer, ...others].slice(0, MOST_RECENT) }
    }
    case 'callCame':
      return event.mayOpen
        ? nextWorkspace(workspace, { kind: 'show', tab: callTab(event.callId) })
        : { ...workspace, waiting: [...workspace.waiting.filter((id) => id !== event.callId), event.callId] }
    case 'calls':
      return amongCalls(oneTabEach(workspace, event.taken), event)
    default:
      return unhandled(event)
  }
}

function amongCalls(workspace: Workspace, event: WorkspaceEvent & { kind: 'calls' }): Workspace {
  const { active, wanted } = workspace
  const gone = active?.kind === 'call' && !event.callIds.includes(active.callId)
  const before = wanted?.kind === 'call' && event.callIds.includes(wanted.callId) ? wanted.callId : null
  // Prefer the call that the agent is on: what they type next is about that caller, and not about a call that waits for
  // its wrap-up.
  const next = before ?? event.onCall ?? event.callIds[0]
  const waiting = workspace.waiting.filter((id) => event.callIds.includes(id))
  const nothingShown = gone || active === null
  if (!nothingShown || next === undefined) {
    return gone ? { ...workspace, active: lastCustomer(workspace), waiting } : sameLength(workspace, waiting)
  }
  return {
    ...workspace,
    active: callTab(next),
    waiting: waiting.filter((id) => id !== next),
    wanted: before === null ? wanted : null,
  }
}

/** A customer on a call has only one tab, the call's. */
function oneTabEach(workspace: Workspace, taken: readonly CallOfCustomer[]): Workspace {
  const callOf = (customerId: CustomerId): CallOfCustomer | undefined =>
    taken.find((call) => call.customerId === customerId)
  const customers = workspace.customers.filter(({ customerId }) => !callOf(customerId))
  if (customers.length === workspace.customers.length) return workspace
  const call = workspace.active?.kind === 'customer' ? callOf(workspace.active.customerId) : undefined
  const shown: TabId | null = call ? callTab(call.callId) : workspace.active
  return {
    ...workspace,
    customers,
    active: shown,
    waiting: call ? workspace.waiting.filter((id) => id !== call.callId) : workspace.waiting,
  }
}

const sameLength = (workspace: Workspace, waiting: readonly CallId[]): Workspace =>
  waiting.length === workspace.waiting.length ? workspace : { ...workspace, waiting }

const lastCustomer = (workspace: Workspace): TabId | null => {
  const last = workspace.customers.at(-1)
  return last ? { kind: 'customer', customerId: last.customerId } : null
}

function unhandled(event: never): never {
  throw new Error(`unhandled workspace event ${String((event as { kind?: unknown }).kind)}`)
}
