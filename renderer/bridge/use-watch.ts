import { useMemo, useSyncExternalStore } from 'react'
import type { Refusal, Result } from '../../protocol/errors.ts'
import type { QueryArgs, QueryName, QueryResult } from '../../protocol/workstation.ts'
import { useBridge } from './bridge-context.ts'
import type { ScreenBridge } from './screen-bridge.ts'

/** The latest result of a live query: `value` is undefined until the first answer; a failure keeps the last value. */
export interface Watched<T> {
  readonly value: T | undefined
  readonly error: Refusal | null
}

const idle = { subscribe: () => () => {}, read: (): Watched<never> => nothing }
const nothing: Watched<never> = { value: undefined, error: null }

/**
 * A seed is as new as its pop, so the query can wait until the pop is painted. A seed that is shown again is old, so
 * the query is sent at once.
 */
const ASK_AFTER_SEED_MS = 250
const shownBefore = new WeakSet<object>()

function liveQuery<Q extends QueryName>(
  bridge: ScreenBridge,
  query: Q,
  args: QueryArgs<Q>,
  seed: QueryResult<Q> | undefined,
) {
  let latest: Watched<QueryResult<Q>> = seed === undefined ? nothing : { value: seed, error: null }
  const take = (result: Result<QueryResult<Q>>, changed: () => void): void => {
    // The same answer again is not painted again.
    if (
      result.ok &&
      latest.value !== undefined &&
      latest.error === null &&
      JSON.stringify(result.value) === JSON.stringify(latest.value)
    )
      return
    latest = result.ok ? { value: result.value, error: null } : { value: latest.value, error: result.error }
    changed()
  }
  const ask = (changed: () => void): (() => void) => bridge.watch(query, args, (result) => take(result, changed))
  return {
    subscribe: (changed: () => void) => {
      if (typeof seed !== 'object' || seed === null || shownBefore.has(seed)) return ask(changed)
      let stop = (): void => {}
      const timer = setTimeout(() => {
        shownBefore.add(seed)
        stop = ask(changed)
      }, ASK_AFTER_SEED_MS)
      return () => {
        clearTimeout(timer)
        stop()
      }
    },
    read: () => latest,
  }
}

/**
 * Watches a query while the component is on the screen. With `args` null it does not watch now. `seed` is shown until
 * the first answer, so that a record which came with a pop is painted at once.
 */
export function useWatch<Q extends QueryName>(
  query: Q,
  args: QueryArgs<Q> | null,
  seed?: QueryResult<Q>,
): Watched<QueryResult<Q>> {
  const bridge = useBridge()
  const key = args === null ? null : JSON.stringify(args)
  const live = useMemo(
    () => (key === null ? idle : liveQuery(bridge, query, JSON.parse(key) as QueryArgs<Q>, seed)),
    // oxlint-disable-next-line react/memo-dependencies, react-hooks/exhaustive-deps -- the seed counts only when the query begins
    [bridge, query, key],
  )
  return useSyncExternalStore(live.subscribe, live.read)
}
