import type { EventName, EventPayload } from '../protocol/workstation.ts'

type Listener = <E extends EventName>(name: E, payload: EventPayload<E>) => void

/** What the core tells without being asked: every screen hears every event. */
export interface Events {
  emit: Listener
  /** Returns a function that removes the listener. */
  on(listener: Listener): () => void
}

export function createEvents(): Events {
  const listeners = new Set<Listener>()
  return {
    emit: (name, payload) => {
      for (const listener of listeners) listener(name, payload)
    },
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
