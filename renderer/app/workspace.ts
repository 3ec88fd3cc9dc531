import type { ScreenLanguage } from '../i18n/formats.ts'
import { shortName, type CustomerNames } from '../parts/record/customer-name.ts'
import { may, type Permission } from '../../domain/permissions.ts'
import type { Role } from '../../protocol/entities/user.ts'
import type { CallId, CustomerId } from '../../protocol/scalars.ts'

export const places = ['calls', 'search', 'callbacks', 'complaints', 'approvals'] as const
export type Place = (typeof places)[number]

/** Places that only some roles have; the others are everybody's. */
const rightOf: Partial<Record<Place, Permission>> = { approvals: 'price.approve' }

/** The places of somebody of this role, in the order of the rail. */
export function placesOf(role: Role | undefined): readonly Place[] {
  return places.filter((place) => {
    const right = rightOf[place]
    return right === undefined || (role !== undefined && may(role, right))
  })
}

/** A tab of the work: a call, or a customer opened without one. */
export type TabId = { readonly kind: 'call'; readonly callId: CallId } | { readonly kind: 'customer'; readonly customerId: CustomerId }

export const sameTab = (a: TabId | null, b: TabId | null): boolean => tabKey(a) === tabKey(b)
export const tabKey = (tab: TabId | null): string =>
  tab === null ? '' : tab.kind === 'call' ? `call:${tab.callId}` : `customer:${tab.customerId}`

export interface OpenedCustomer {
  readonly customerId: CustomerId
  /** What they were called when they were opened. */
  readonly name: string
  /** Their names, where they are known: an open tab changes its name with the language. */
  readonly names?: CustomerNames
}

/** What an opened customer is called in the language of the screen. */
export const nameIn = ({ name, names }: OpenedCustomer, language: ScreenLanguage): string => (names ? shortName(names, language) : name)

/** What is on the screen: derived things (the calls themselves) are not in here. */
export interface Workspace {
  readonly place: Place
  readonly active: TabId | null
  /** Customers opened by hand, in the order they were opened. */
  readonly customers: readonly OpenedCustomer[]
  /** Whom the agent was with before, the last one first. */
  readonly recent: readonly OpenedCustomer[]
  /** Calls that came while the agent was busy and were not looked at yet. */
  readonly waiting: readonly CallId[]
  /** The tab that was open before a reload, until it is there again or somebody has opened another one. */
  readonly wanted: TabId | null
}

/** One digit opens each of them. */
const MOST_RECENT = 9

export const emptyWorkspace: Workspace = { place: 'calls', active: null, customers: [], recent: [], waiting: [], wanted: null }

export type WorkspaceEvent =
  | { readonly kind: 'go'; readonly place: Place }
  | { readonly kind: 'show'; readonly tab: TabId }
  | { readonly kind: 'openCustomer'; readonly customer: OpenedCustomer }
  /** A tab of an earlier run: it is there again, and what is on the screen stays. */
  | { readonly kind: 'restored'; readonly customer: OpenedCustomer }
  | { readonly kind: 'close'; readonly tab: TabId }
  /** Done with a customer: kept at hand, as agents often look once more. */
  | { readonly kind: 'done'; readonly customer: OpenedCustomer }
  /** A customer was erased: nothing of them stays at hand, not even the name. */
  | { readonly kind: 'erased'; readonly customerId: CustomerId }
  /** `mayOpen` false: the agent is typing or talking; the tab waits, marked. */
  | { readonly kind: 'callCame'; readonly callId: CallId; readonly mayOpen: boolean }
  /**
   * The calls there are now, and the one that the agent is on. `taken`: whom those are with that somebody here has spoken on;
   * a tab of such a customer is one with the tab of the call.
   */
  | { readonly kind: 'calls'; readonly callIds: readonly CallId[]; readonly onCall: CallId | null; readonly taken: readonly CallOfCustomer[] }

export interface CallOfCustomer { readonly callId: CallId; readonly customerId: CustomerId }

const callTab = (callId: CallId): TabId => ({ kind: 'call', callId })
const seen = (workspace: Workspace, tab: TabId): readonly CallId[] =>
  tab.kind === 'call' ? workspace.waiting.filter((id) => id !== tab.callId) : workspace.waiting

/** The next workspace after an event; a call never closes or covers what the agent is writing. */
export function nextWorkspace(workspace: Workspace, event: WorkspaceEvent): Workspace {
  switch (event.kind) {
    case 'go':
      return { ...workspace, place: event.place, waiting: event.place === 'calls' && workspace.active ? seen(workspace, workspace.active) : workspace.waiting }
    case 'show':
      return { ...workspace, place: 'calls', active: event.tab, waiting: seen(workspace, event.tab), wanted: null }
    case 'openCustomer': {
      const known = workspace.customers.some((c) => c.customerId === event.customer.customerId)
      return {
        ...workspace,
        wanted: null,
        place: 'calls',
        active: { kind: 'customer', customerId: event.customer.customerId },
        customers: known ? workspace.customers.map((c) => (c.customerId === event.customer.customerId ? event.customer : c)) : [...workspace.customers, event.customer],
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
      const customers = tab.kind === 'customer' ? workspace.customers.filter((c) => c.customerId !== tab.customerId) : workspace.customers
      const closed = { ...workspace, customers }
      if (!sameTab(workspace.active, tab)) return closed
      // What was being written is done: a call that waited for that waits no longer, unless somebody looks something up elsewhere.
      const [first, ...others] = workspace.waiting
      if (first === undefined) return { ...closed, active: null }
      return { ...closed, active: callTab(first), waiting: workspace.place === 'calls' ? others : workspace.waiting }
    }
    case 'erased': {
      const { customerId } = event
      const isOther = (customer: OpenedCustomer): boolean => customer.customerId !== customerId
      return { ...nextWorkspace(workspace, { kind: 'close', tab: { kind: 'customer', customerId } }), recent: workspace.recent.filter(isOther) }
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
  // What is typed next is about who is on the line, and not about a call that waits for its wrap-up.
  const next = before ?? event.onCall ?? event.callIds[0]
  const waiting = workspace.waiting.filter((id) => event.callIds.includes(id))
  const nothingShown = gone || active === null
  if (!nothingShown || next === undefined) {
    return gone ? { ...workspace, active: lastCustomer(workspace), waiting } : sameLength(workspace, waiting)
  }
  return { ...workspace, active: callTab(next), waiting: waiting.filter((id) => id !== next), wanted: before === null ? wanted : null }
}

/** A customer who speaks has one tab, and that is the call's. */
function oneTabEach(workspace: Workspace, taken: readonly CallOfCustomer[]): Workspace {
  const callOf = (customerId: CustomerId): CallOfCustomer | undefined => taken.find((call) => call.customerId === customerId)
  const customers = workspace.customers.filter(({ customerId }) => !callOf(customerId))
  if (customers.length === workspace.customers.length) return workspace
  const call = workspace.active?.kind === 'customer' ? callOf(workspace.active.customerId) : undefined
  const shown: TabId | null = call ? callTab(call.callId) : workspace.active
  return { ...workspace, customers, active: shown, waiting: call ? workspace.waiting.filter((id) => id !== call.callId) : workspace.waiting }
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
