import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { Draft, DraftContent } from '../../protocol/draft.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import type { DeskStore } from './desk-store.ts'
import type { OpenTabs } from './open-tabs.ts'
import type { DraftStore, DraftView } from './draft-store.ts'

/** What outlives the components on the screen: the calls, what is being typed, and how each tab was left. */
export interface Stores {
  readonly desk: DeskStore
  readonly drafts: DraftStore
  /** By tab and name: which view was open, what stood in a small form. */
  readonly left: Map<string, unknown>
  readonly openTabs: OpenTabs
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

/** The draft under a key as typed, with how it stands on disk, and how to change it. */
export function useDraft(key: string): DraftView & { change: (patch: Partial<DraftContent>) => void } {
  const { drafts } = useStores()
  const view = useSyncExternalStore(drafts.subscribe, () => drafts.view(key))
  const change = useCallback((patch: Partial<DraftContent>) => drafts.change(key, patch), [drafts, key])
  return { ...view, change }
}

/** Takes in a draft that another window or the core has changed. */
export function useAdopted(draft: Draft | null | undefined): void {
  const { drafts } = useStores()
  useEffect(() => {
    if (draft) drafts.adopt(draft)
  }, [drafts, draft])
}

/** State that is found again as it was left when its tab is shown again. */
export function useLeft<T>(key: string, first: T): [T, (next: T) => void] {
  const { left } = useStores()
  const [, again] = useState(0)
  const value = left.has(key) ? (left.get(key) as T) : first
  return [value, (next) => {
    left.set(key, next)
    again((n) => n + 1)
  }]
}
