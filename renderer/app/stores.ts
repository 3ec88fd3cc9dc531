import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from 'react'
import type { DraftContent } from '../../protocol/draft.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import { useBridge, useConnection } from '../bridge/bridge-context.ts'
import { useWatch } from '../bridge/use-watch.ts'
import type { DeskStore } from './desk-store.ts'
import type { FieldPlaces } from './field-places.ts'
import type { LeftStates } from './left-states.ts'
import type { OpenTabs } from './open-tabs.ts'
import type { DraftStore, DraftView } from './draft-store.ts'

/**
 * What outlives the components on the screen: the calls, what is being typed, and the state in which each tab was left.
 */
export interface Stores {
  readonly desk: DeskStore
  readonly drafts: DraftStore
  /** Keyed by tab and name: which view was open, what a small form held. */
  readonly left: LeftStates
  readonly openTabs: OpenTabs
  readonly places: FieldPlaces
}

export const StoresContext = createContext<Stores | null>(null)

export function useStores(): Stores {
  const stores = useContext(StoresContext)
  if (!stores) throw new Error('no stores above this component')
  return stores
}

export function useDeskCalls(): readonly DeskCall[] {
  const { desk } = useStores()
  return useSyncExternalStore(desk.subscribe, desk.calls)
}

/** The draft under a key: its text as typed, whether it is on disk, and how to change it. */
export function useDraft(key: string): DraftView & { change: (patch: Partial<DraftContent>) => void } {
  const { drafts } = useStores()
  const view = useSyncExternalStore(drafts.subscribe, () => drafts.view(key))
  const change = useCallback((patch: Partial<DraftContent>) => drafts.change(key, patch), [drafts, key])
  return { ...view, change }
}

/** The reason why a draft could not be opened (a full disk, a core that is just starting) may have passed by then. */
const OPEN_AGAIN_MS = 2000

/**
 * Opens the draft of a customer's tab and takes in what another window of this workstation changes in it. Where the
 * other window has wrapped it up, the next draft begins empty.
 */
export function useCustomerDraft(customerId: CustomerId): string {
  const bridge = useBridge()
  const { drafts } = useStores()
  const key = `customer:${customerId}`
  const connection = useConnection()
  const { value: draft } = useWatch('draft', { key })
  const gone = draft === null && connection === 'connected'
  useEffect(() => {
    if (!gone) return
    drafts.settled(key)
    let timer: ReturnType<typeof setTimeout> | undefined
    let here = true
    const open = async (): Promise<void> => {
      const result = await bridge.act('draft.open', { customerId })
      if (result.ok) drafts.adopt(result.value)
      else if (here) timer = setTimeout(() => void open(), OPEN_AGAIN_MS)
    }
    void open()
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [bridge, drafts, customerId, key, gone])
  useEffect(() => {
    if (draft) drafts.adopt(draft)
  }, [drafts, draft])
  return key
}

/** State that is kept while its tab is not shown. When code elsewhere sets it, the component shows it at once. */
export function useLeft<T>(key: string, first: T): [T, (next: T) => void] {
  const { left } = useStores()
  const kept = useSyncExternalStore(left.subscribe, () => left.get(key))
  const value = left.has(key) ? (kept as T) : first
  return [value, (next) => void left.set(key, next)]
}
