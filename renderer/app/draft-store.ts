import { emptyDraft, type Draft, type DraftContent } from '../../protocol/draft.ts'
import type { Refusal } from '../../protocol/errors.ts'
import { CustomerId } from '../../protocol/scalars.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'

/** The time from the first unsaved key stroke to the write, whether or not the user pauses. */
export const SAVE_AFTER_MS = 250
const RETRY_AFTER_MS = 1500
/** The key of a draft without a call holds its customer's id. */
const CUSTOMER = 'customer:'

/** Whether a draft is saved. `tookMs`: the time from the first unsaved key stroke to the answer that it is on disk. */
export type SaveState =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'typing' }
  | { readonly kind: 'saved'; readonly at: number; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly error: Refusal }

export interface DraftView {
  readonly content: DraftContent
  readonly save: SaveState
}

interface Entry {
  view: DraftView
  firstUnsavedAt: number | null
  knownSavedAt: number
  timer: ReturnType<typeof setTimeout> | null
  saving: Promise<boolean> | null
}

/**
 * Holds what is being typed, outside of any component, so that no change of tab, screen or call can lose it. It saves
 * through the bridge without being asked; what could not be saved is kept and tried again until it is saved.
 */
export interface DraftStore {
  /** Takes a draft from the core, unless the text here is newer. */
  adopt(draft: Draft): void
  view(key: string): DraftView
  change(key: string, patch: Partial<DraftContent>): void
  /** Writes the unsaved text of this draft now; true when all of it is on disk. */
  flush(key: string): Promise<boolean>
  /**
   * Another window has wrapped up this draft: the text that was on disk is removed, and what was typed here since then
   * stays for the next draft.
   */
  settled(key: string): void
  /** Forgets a draft that is wrapped up or discarded. */
  forget(key: string): void
  /**
   * Another user has signed in: drafts that are on disk are dropped here, and text that could not be saved waits,
   * hidden, until its author signs in again. It is never written among the drafts of another user.
   */
  nowFor(userId: string): void
  /** Writes the unsaved text of all drafts; true when all of it is on disk. */
  flushAll(): Promise<boolean>
  hasUnsaved(): boolean
  subscribe(listener: () => void): () => void
}

const untouched: DraftView = { content: emptyDraft, save: { kind: 'untouched' } }

export function createDraftStore(bridge: ScreenBridge, now: () => number): DraftStore {
  let entries = new Map<string, Entry>()
  let writer: string | null = null
  const waiting = new Map<string, Map<string, Entry>>()
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
    const typedMeanwhile = entry.view.content !== content
    if (entries.get(key) !== entry) return result.ok && !typedMeanwhile
    if (!result.ok) {
      // Another window has just wrapped it up: what is typed here begins the next draft.
      if (result.error.code === 'ROW_UNKNOWN' && key.startsWith(CUSTOMER))
        await bridge.act('draft.open', { customerId: CustomerId.parse(key.slice(CUSTOMER.length)) })
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

  function forget(key: string): void {
    const entry = entries.get(key)
    if (entry?.timer) clearTimeout(entry.timer)
    entries.delete(key)
    tell()
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
      show(entry, {
        content: draft.content,
        save: draft.savedAt === null ? { kind: 'untouched' } : { kind: 'saved', at: savedAt, tookMs: 0 },
      })
    },
    view: (key) => entries.get(key)?.view ?? untouched,
    change(key, patch) {
      const entry = entryOf(key)
      entry.firstUnsavedAt ??= now()
      // The failure stays on the screen until a save succeeds.
      const save = entry.view.save.kind === 'failed' ? entry.view.save : { kind: 'typing' as const }
      show(entry, { content: { ...entry.view.content, ...patch }, save })
      saveSoon(key, entry, SAVE_AFTER_MS)
    },
    flush,
    settled(key) {
      const entry = entries.get(key)
      if (entry && entry.firstUnsavedAt === null && !entry.saving) forget(key)
    },
    forget,
    nowFor(userId) {
      if (writer === userId) return
      if (writer !== null) {
        const unsaved = [...entries].filter(([, entry]) => entry.firstUnsavedAt !== null)
        for (const [, { timer }] of unsaved) if (timer) clearTimeout(timer)
        const kept = new Map(
          unsaved.map(([key, entry]): [string, Entry] => [key, { ...entry, timer: null, saving: null }]),
        )
        if (kept.size > 0) waiting.set(writer, kept)
        // A save that was under way a moment ago may have succeeded.
        for (const [key, { saving }] of unsaved) void saving?.then((saved) => saved && kept.delete(key))
        entries = waiting.get(userId) ?? new Map<string, Entry>()
        waiting.delete(userId)
        for (const key of entries.keys()) void flush(key)
      }
      writer = userId
      tell()
    },
    flushAll: async () => (await Promise.all([...entries.keys()].map((key) => flush(key)))).every(Boolean),
    hasUnsaved: () =>
      [entries, ...waiting.values()].some((of) => [...of.values()].some((entry) => entry.firstUnsavedAt !== null)),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
