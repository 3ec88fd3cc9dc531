import type { CustomerRecord } from '../../protocol/record.ts'
import type { CallId, CustomerId } from '../../protocol/scalars.ts'
import type { DeskCall, Pop } from '../../protocol/workstation.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import type { DraftStore } from './draft-store.ts'

/** How long a pop is shown while the list of calls does not name it yet. */
const AHEAD_MS = 4000

/** The calls of this workstation: painted from the pop itself and kept up to date by the live list. */
export interface DeskStore {
  /** Oldest first. */
  calls(): readonly DeskCall[]
  /**
   * The record that came with a pop. It is the first value of the record's view, so that painting it needs no query.
   */
  seedOf(customerId: CustomerId): CustomerRecord | undefined
  /** Passes the calls' drafts to the draft store again, because another user has signed in. */
  adoptDrafts(): void
  subscribe(listener: () => void): () => void
  onPop(listener: (pop: Pop) => void): () => void
  close(): void
}

const newer = (a: DeskCall, b: DeskCall): DeskCall => (b.call.revision >= a.call.revision ? b : a)

export function createDeskStore(bridge: ScreenBridge, drafts: DraftStore, now: () => number): DeskStore {
  let listed: readonly DeskCall[] = []
  // A pop and the list arrive separately; a pop that the list does not name yet is shown until it does.
  const ahead = new Map<CallId, { desk: DeskCall; at: number }>()
  const everListed = new Set<CallId>()
  const seeds = new Map<CustomerId, CustomerRecord>()
  const listeners = new Set<() => void>()
  const popListeners = new Set<(pop: Pop) => void>()
  let shown: readonly DeskCall[] = []

  const adoptDrafts = (): void => {
    for (const desk of shown) drafts.adopt(desk.draft)
  }
  const update = (): void => {
    const merged = listed.map((desk) => {
      const popped = ahead.get(desk.call.callId)
      return popped ? newer(desk, popped.desk) : desk
    })
    for (const [callId, popped] of ahead) if (!listed.some((d) => d.call.callId === callId)) merged.push(popped.desk)
    shown = merged.toSorted((a, b) => a.call.offeredAt - b.call.offeredAt)
    const alive = new Set(shown.map((desk) => desk.customerId))
    for (const customerId of seeds.keys()) if (!alive.has(customerId)) seeds.delete(customerId)
    adoptDrafts()
    for (const listener of listeners) listener()
  }

  const stopList = bridge.watch('desk.calls', {}, (result) => {
    if (!result.ok) return
    listed = result.value
    for (const desk of listed) everListed.add(desk.call.callId)
    for (const [callId, popped] of ahead) {
      const stillListed = listed.find((desk) => desk.call.callId === callId)
      const settled = stillListed
        ? stillListed.call.revision >= popped.desk.call.revision
        : everListed.has(callId) || now() - popped.at > AHEAD_MS
      if (settled) ahead.delete(callId)
    }
    update()
  })
  const stopPops = bridge.on('pop', (pop) => {
    const { desk, record } = pop
    const known = shown.find((d) => d.call.callId === desk.call.callId)
    // The same link was opened again: nothing about the call is new, so it is only shown.
    const repeated =
      known !== undefined &&
      desk.local &&
      known.customerId === desk.customerId &&
      known.match.kind === desk.match.kind &&
      known.enriched === desk.enriched
    const isBack = known?.call.phase === 'ended' && desk.call.phase === 'ringing'
    // A late pop of a call that is already done opens nothing.
    if (!known && everListed.has(desk.call.callId)) return
    ahead.set(desk.call.callId, { desk, at: now() })
    if (record) seeds.set(record.customer.id, record)
    update()
    if (!known || repeated || isBack) for (const listener of popListeners) listener(pop)
  })

  return {
    calls: () => shown,
    seedOf: (customerId) => seeds.get(customerId),
    adoptDrafts,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onPop(listener) {
      popListeners.add(listener)
      return () => popListeners.delete(listener)
    },
    close() {
      stopList()
      stopPops()
    },
  }
}
