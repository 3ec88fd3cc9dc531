import { emptyDraft, type Draft, type DraftContent } from '../../protocol/draft.ts'
import type { Refusal } from '../../protocol/errors.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'

/** From the first unsaved stroke to the write: a quarter second, whether or not the typing pauses. */
export const SAVE_AFTER_MS = 250
const RETRY_AFTER_MS = 1500

/** How a draft stands. `tookMs`: from the first unsaved stroke to the answer that it is on disk. */
export type SaveState =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'typing' }
  | { readonly kind: 'saved'; readonly at: number; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly error: Refusal }

export interface DraftView { readonly content: DraftContent; readonly save: SaveState }

interface Entry {
  view: DraftView
  firstUnsavedAt: number | null
  knownSavedAt: number
  timer: ReturnType<typeof setTimeout> | null
  saving: Promise<boolean> | null
}

/**
 * Holds what is being typed, outside of any component: no change of tab, screen or call can lose it. Saves through the
 * bridge by itself; what could not be saved is kept and tried again until it is.
 */
export interface DraftStore {
  /** Takes in a draft as the core has it, unless something newer is typed here. */
  adopt(draft: Draft): void
  view(key: string): DraftView
  change(key: string, patch: Partial<DraftContent>): void
  /** Writes now what is unsaved; true when all of it is on disk. */
  flush(key: string): Promise<boolean>
  /** Forgets a draft that is wrapped up or discarded. */
  forget(key: string): void
  /** Lets go of all that is on disk: somebody else works here now. */
  forgetSaved(): void
  hasUnsaved(): boolean
  subscribe(listener: () => void): () => void
}

const untouched: DraftView = { content: emptyDraft, save: { kind: 'untouched' } }

export function createDraftStore(bridge: ScreenBridge, now: () => number): DraftStore {
  const entries = new Map<string, Entry>()
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const entryOf = (key: string): Entry => {
    let entry = entries.get(key)
    if (!entry) {
      entry = { view: untouched, firstUnsavedAt: null, knownSavedAt: 0, timer: null, saving: null }
      entries.set(key, entry)
    }
    return entry
  }
  const show = (entry: Entry, view: DraftView): void => {
    entry.view = view
    tell()
  }
  const saveSoon = (key: string, entry: Entry, afterMs: number): void => {
    entry.timer ??= setTimeout(() => {
      entry.timer = null
      void flush(key)
    }, afterMs)
  }

  async function write(key: string, entry: Entry): Promise<boolean> {
    const { content } = entry.view
    const since = entry.firstUnsavedAt ?? now()
    const result = await bridge.act('draft.save', { key, content })
    if (entries.get(key) !== entry) return result.ok
    const typedMeanwhile = entry.view.content !== content
    if (!result.ok) {
      show(entry, { content: entry.view.content, save: { kind: 'failed', error: result.error } })
      saveSoon(key, entry, RETRY_AFTER_MS)
      return false
    }
    entry.knownSavedAt = result.value.savedAt
    if (typedMeanwhile) {
      saveSoon(key, entry, SAVE_AFTER_MS)
    } else {
      entry.firstUnsavedAt = null
      show(entry, { content, save: { kind: 'saved', at: result.value.savedAt, tookMs: now() - since } })
    }
    return !typedMeanwhile
  }

  async function flush(key: string): Promise<boolean> {
    const entry = entries.get(key)
    if (!entry) return true
    if (entry.saving) await entry.saving
    if (entry.firstUnsavedAt === null) return true
    if (entry.timer) clearTimeout(entry.timer)
    entry.timer = null
    entry.saving = write(key, entry)
    const saved = await entry.saving
    entry.saving = null
    return saved
  }

  bridge.onConnection(() => {
    if (bridge.connection() === 'connected') for (const key of entries.keys()) void flush(key)
  })

  return {
    adopt(draft) {
      const entry = entryOf(draft.key)
      const savedAt = draft.savedAt ?? 0
      if (entry.firstUnsavedAt !== null || entry.saving) return
      if (entry.view !== untouched && savedAt <= entry.knownSavedAt) return
      entry.knownSavedAt = savedAt
      show(entry, { content: draft.content, save: draft.savedAt === null ? { kind: 'untouched' } : { kind: 'saved', at: savedAt, tookMs: 0 } })
    },
    view: (key) => entries.get(key)?.view ?? untouched,
    change(key, patch) {
      const entry = entryOf(key)
      entry.firstUnsavedAt ??= now()
      // A failure stays in words until a save succeeds.
      const save = entry.view.save.kind === 'failed' ? entry.view.save : { kind: 'typing' as const }
      show(entry, { content: { ...entry.view.content, ...patch }, save })
      saveSoon(key, entry, SAVE_AFTER_MS)
    },
    flush,
    forget(key) {
      const entry = entries.get(key)
      if (entry?.timer) clearTimeout(entry.timer)
      entries.delete(key)
      tell()
    },
    forgetSaved() {
      for (const [key, entry] of entries) if (entry.firstUnsavedAt === null) entries.delete(key)
      tell()
    },
    hasUnsaved: () => [...entries.values()].some((entry) => entry.firstUnsavedAt !== null),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
